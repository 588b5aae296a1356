package training

import (
	"cmp"
	"fmt"
	"slices"

	"huiyin/internal/letter"
)

// Load adds topics that were kept, so that new letters may join them.
func (t *Topics) Load(list []letter.Topic) error {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b letter.Topic) int { return cmp.Or(a.Last.Compare(b.Last), cmp.Compare(a.ID, b.ID)) })
	for _, known := range list {
		if t.byID[known.ID] != nil {
			continue
		}
		centre, err := kept(known.Centre)
		if err != nil {
			return fmt.Errorf("topic %s: %w", known.ID, err)
		}
		x := t.begin(known)
		x.centre = centre
		for _, f := range known.Found {
			x.found = append(x.found, Feature(f))
			t.found[Feature(f)] = append(t.found[Feature(f)], x)
		}
	}
	return nil
}

// Round is what was added since the topics were opened, to be kept.
func (t *Topics) Round() letter.TopicRound {
	r := letter.TopicRound{Terms: t.terms.Bytes(), Joined: t.joined, Merged: map[string]string{}}
	for from := range t.merged {
		r.Merged[from] = mergedInto(t.merged, from)
	}
	for _, x := range t.byID {
		if x.changed {
			x.Centre, x.Found = x.centre.keep(), numbers(x.found)
			r.Topics = append(r.Topics, x.Topic)
		}
	}
	slices.SortFunc(r.Topics, func(a, b letter.Topic) int { return cmp.Compare(a.ID, b.ID) })
	return r
}

// mergedInto follows a topic to the one it is part of now.
func mergedInto(merged map[string]string, id string) string {
	for merged[id] != "" {
		id = merged[id]
	}
	return id
}

func numbers(list []Feature) []uint32 {
	out := make([]uint32, len(list))
	for i, f := range list {
		out[i] = uint32(f)
	}
	return out
}

func sortByReceipt(list []letter.Reported) {
	slices.SortFunc(list, func(a, b letter.Reported) int {
		return cmp.Or(a.Received.Compare(b.Received), cmp.Compare(a.Number, b.Number))
	})
}
