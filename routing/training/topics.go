// Package training learns from the city's own history: models and hot topics.
package training

import (
	"cmp"
	"slices"
	"time"

	"huiyin/internal/letter"
)

// Topics gathers letters into topics, one after the other in the order of their receipt: each joins the nearest topic
// that is near enough, or begins one, and topics that turn out to be one are joined. It holds the topics it was given
// and those it began; what a letter costs is bounded by MostCompared, whatever lies in the archive.
type Topics struct {
	terms  *Terms
	memory time.Duration
	byID   map[string]*topic
	found  map[Feature][]*topic // in the order of their latest letters
	order  int
	joined map[string]string
	merged map[string]string

	Compared int // topics that the last letter was compared with
}

// topic is a letter.Topic at work.
type topic struct {
	letter.Topic
	centre  features
	found   []Feature
	changed bool
	order   int
}

// MostCompared is how many topics a letter is compared with at most.
const MostCompared = 64

const (
	bodyWords  = 24 // the most telling words of a letter
	foundTitle = 14 // features that a topic is found by: its rarest
	foundBody  = 6
	askTitle   = 14 // features that a letter asks with
	askBody    = 8
	mostPer    = 32 // topics that one feature leads to, the latest ones
)

// NewTopics begins with the terms of the city and no topic; memory is how long a topic waits for its next letter.
func NewTopics(terms *Terms, memory time.Duration) *Topics {
	return &Topics{terms: terms, memory: memory, byID: map[string]*topic{}, found: map[Feature][]*topic{},
		joined: map[string]string{}, merged: map[string]string{}}
}

// Add finds the topic of a letter or begins one. words are those of title and body.
func (t *Topics) Add(l letter.Reported, words []string) (id string) {
	return t.add(l, read(l, words))
}

func (t *Topics) add(l letter.Reported, r reading) (id string) {
	t.terms.add(r)
	f := t.terms.features(r)
	candidates := t.candidates(f, l.Received)
	t.Compared = len(candidates)
	best := t.nearest(f, l.Received, candidates)
	if best == nil {
		best = t.begin(letter.Topic{ID: letter.TopicID(l.Number), First: l.Received, Last: l.Received})
	}
	t.join(best, l, f)
	best = t.unite(best, candidates)
	t.joined[l.Number] = best.ID
	return best.ID
}

func (t *Topics) begin(known letter.Topic) *topic {
	x := &topic{Topic: known, order: t.order}
	t.order++
	t.byID[x.ID] = x
	return x
}

func (t *Topics) join(to *topic, l letter.Reported, f features) {
	to.Letters++
	to.First, to.Last = earlier(to.First, l.Received), later(to.Last, l.Received)
	to.centre = mixed(to.centre, f, 1/float64(min(to.Letters, mostLetters)))
	to.changed = true
	t.index(to)
}

// index lets a topic be found by its rarest features.
func (t *Topics) index(x *topic) {
	t.unindex(x)
	x.found = t.terms.foundBy(x.centre)
	for _, f := range x.found {
		t.found[f] = append(t.found[f], x)
	}
}

func (t *Topics) unindex(x *topic) {
	for _, f := range x.found {
		t.found[f] = slices.DeleteFunc(t.found[f], func(y *topic) bool { return x == y })
	}
}

// candidates are the topics within memory that share most telling features with the letter.
func (t *Topics) candidates(f features, at time.Time) []*topic {
	shared := map[*topic]int{}
	var list []*topic
	for _, feature := range t.terms.asks(f) {
		taken := 0
		for i := len(t.found[feature]) - 1; i >= 0 && taken < mostPer; i-- {
			c := t.found[feature][i]
			if c.gap(at) > t.memory {
				continue
			}
			if shared[c]++; shared[c] == 1 {
				list = append(list, c)
			}
			taken++
		}
	}
	slices.SortFunc(list, func(a, b *topic) int { return cmp.Or(cmp.Compare(shared[b], shared[a]), cmp.Compare(a.ID, b.ID)) })
	return list[:min(len(list), MostCompared)]
}

// gap is the time between a letter and the nearest end of a topic, 0 within it.
func (x *topic) gap(at time.Time) time.Duration { return max(0, at.Sub(x.Last), x.First.Sub(at)) }

// nearest is the topic a letter belongs to, nil when none is near enough.
func (t *Topics) nearest(f features, at time.Time, candidates []*topic) *topic {
	var best *topic
	most := nearEnough
	for _, c := range candidates {
		if n := nearness(f, c.centre, t.terms) - apart(c.gap(at)); n > most {
			best, most = c, n
		}
	}
	return best
}

// unite joins a topic that has a new letter with those that are now seen to be the same.
func (t *Topics) unite(x *topic, candidates []*topic) *topic {
	if x.Letters == 1 {
		return x
	}
	for {
		var best *topic
		most := mergeEnough
		for _, c := range candidates {
			if c == x || t.byID[c.ID] != c {
				continue
			}
			if n := nearness(x.centre, c.centre, t.terms) - apart(max(0, x.First.Sub(c.Last), c.First.Sub(x.Last))); n > most {
				best, most = c, n
			}
		}
		if best == nil {
			return x
		}
		x = t.merge(x, best)
	}
}

// merge makes the smaller of two topics part of the greater.
func (t *Topics) merge(a, b *topic) *topic {
	if cmp.Or(cmp.Compare(a.Letters, b.Letters), b.First.Compare(a.First), cmp.Compare(b.ID, a.ID)) < 0 {
		a, b = b, a
	}
	a.centre = mixed(a.centre, b.centre, float64(b.Letters)/float64(a.Letters+b.Letters))
	a.Letters += b.Letters
	a.First, a.Last = earlier(a.First, b.First), later(a.Last, b.Last)
	if a.Started.IsZero() || !b.Started.IsZero() {
		a.Started = earliest(a.Started, b.Started)
	}
	a.changed = true
	t.unindex(b)
	delete(t.byID, b.ID)
	t.merged[b.ID] = a.ID
	for number, id := range t.joined {
		if id == b.ID {
			t.joined[number] = a.ID
		}
	}
	t.index(a)
	return a
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// earliest is the earlier of two moments of which either may not have come.
func earliest(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// Of is the topic of a letter that was added.
func (t *Topics) Of(number string) string { return t.joined[number] }
