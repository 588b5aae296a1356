package citypack

import (
	"encoding/json"
	"fmt"
	"time"

	"huiyin/internal/letter"
	"huiyin/routing"
)

// Kinds of rows, in the order in which they are written.
const (
	kindCity     = "city"
	kindUnit     = "unit"
	kindCategory = "category"
	kindRule     = "rule"
	kindCues     = "kind-cues"
	kindUrgency  = "urgency"
	kindFlag     = "flag"
	kindLeader   = "leader"
	kindRouting  = "routing" // thresholds, word lists, vocabulary of local matters
	kindHours    = "hours"
	kindPolicy   = "policy"
	kindCalendar = "calendar"
	kindOverlay  = "overlay" // local orders over the calendar
)

// KindCity is the kind of the row that holds the facts of the city itself.
const KindCity = kindCity

// KindPolicy is the kind of rows whose whole history counts, see Remember.
const KindPolicy = kindPolicy

// Items gives the pack as rows, staff excepted, who have a table of their own.
func (p *Pack) Items() ([]letter.CityItem, error) {
	w := writer{}
	w.add(kindCity, "city", p.City, "")
	r := p.Routing
	for _, u := range r.Units {
		w.add(kindUnit, u.ID, u, u.Source)
	}
	for _, c := range r.Categories {
		w.add(kindCategory, c.Code, c, "")
	}
	for _, x := range r.Rules {
		w.add(kindRule, x.ID, x, x.Source)
	}
	for _, x := range r.Kinds {
		w.add(kindCues, string(x.Kind), x, "")
	}
	for _, x := range r.Urgency {
		w.add(kindUrgency, x.ID, x, "")
	}
	for _, x := range r.Flags {
		w.add(kindFlag, x.ID, x, "")
	}
	for _, x := range r.Leaders {
		w.add(kindLeader, x.ID, x, "")
	}
	r.Units, r.Categories, r.Rules, r.Kinds, r.Urgency, r.Flags, r.Leaders = nil, nil, nil, nil, nil, nil, nil
	w.add(kindRouting, "routing", r, "")
	w.add(kindHours, "hours", p.Time.Hours, "")
	for _, x := range p.Time.Policies {
		w.add(kindPolicy, x.ID, x, x.Source)
	}
	w.years(p.Years)
	for _, x := range p.Overlays {
		w.add(kindOverlay, x.ID, x, x.Source)
	}
	for _, x := range p.Search.Synonyms {
		w.add(KindSynonyms, x.ID, x, "")
	}
	if len(p.Search.Weak) > 0 {
		w.add(KindWeak, KindWeak, p.Search.Weak, "")
	}
	return w.items, w.err
}

type writer struct {
	items []letter.CityItem
	err   error
}

func (w *writer) add(kind, id string, body any, source string) {
	b, err := json.Marshal(body)
	if err != nil && w.err == nil {
		w.err = fmt.Errorf("write %s %s: %w", kind, id, err)
	}
	w.items = append(w.items, letter.CityItem{Kind: kind, ID: id, Place: len(w.items), Body: b, Source: source})
}

// FromItems builds the pack from the rows in force, in their order.
func FromItems(items []letter.CityItem) (*Pack, error) {
	p := &Pack{}
	// The row of thresholds goes first: it is decoded over the whole routing part.
	for _, it := range items {
		if it.Kind == kindRouting {
			if err := json.Unmarshal(it.Body, &p.Routing); err != nil {
				return nil, fmt.Errorf("row %s %s: %w", it.Kind, it.ID, err)
			}
		}
	}
	for _, it := range items {
		if err := p.take(it); err != nil {
			return nil, fmt.Errorf("row %s %s: %w", it.Kind, it.ID, err)
		}
	}
	return p, nil
}

func (p *Pack) take(it letter.CityItem) error {
	r := &p.Routing
	switch it.Kind {
	case kindCity:
		return json.Unmarshal(it.Body, &p.City)
	case kindUnit:
		return appendTo(&r.Units, it.Body)
	case kindCategory:
		return appendTo(&r.Categories, it.Body)
	case kindRule:
		return appendTo(&r.Rules, it.Body)
	case kindCues:
		return appendTo(&r.Kinds, it.Body)
	case kindUrgency:
		return appendTo(&r.Urgency, it.Body)
	case kindFlag:
		return appendTo(&r.Flags, it.Body)
	case kindLeader:
		return appendTo(&r.Leaders, it.Body)
	case kindHours:
		return json.Unmarshal(it.Body, &p.Time.Hours)
	case kindPolicy:
		return appendTo(&p.Time.Policies, it.Body)
	case kindCalendar:
		return appendTo(&p.Years, it.Body)
	case kindOverlay:
		return appendTo(&p.Overlays, it.Body)
	case KindSynonyms:
		return appendTo(&p.Search.Synonyms, it.Body)
	case KindWeak:
		return json.Unmarshal(it.Body, &p.Search.Weak)
	}
	return nil
}

func appendTo[T any](list *[]T, body []byte) error {
	var x T
	if err := json.Unmarshal(body, &x); err != nil {
		return err
	}
	*list = append(*list, x)
	return nil
}

// ChooseAtMostWrong gives the row of thresholds with the city's choice of how many letters sent without a person may go
// wrong, in force from a moment; false when the rows hold none.
func ChooseAtMostWrong(items []letter.CityItem, share float64, by string, from time.Time) (letter.CityItem, bool, error) {
	for _, it := range items {
		if it.Kind != kindRouting {
			continue
		}
		var cfg routing.Config
		if err := json.Unmarshal(it.Body, &cfg); err != nil {
			return it, false, fmt.Errorf("row %s %s: %w", it.Kind, it.ID, err)
		}
		cfg.AtMostWrong = share
		body, err := json.Marshal(cfg)
		if err != nil {
			return it, false, fmt.Errorf("write %s %s: %w", it.Kind, it.ID, err)
		}
		it.Body, it.Source, it.From, it.Ended = body, by, from, time.Time{}
		return it, true, nil
	}
	return letter.CityItem{}, false, nil
}
