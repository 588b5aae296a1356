package supervise

import (
	"context"
	"math"
	"time"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/routing"
	"huiyin/routing/training"
)

// learned is what the router learned and what there is to choose from.
type learned struct {
	InUse   *edition // nil: rules alone
	Damaged string   // version of a model that should be in use and cannot be read
	Models  []edition
	Refused []edition
	Course  training.Course
	Waiting bool
	Running bool
	Took    int // seconds the last training took

	Offers []offer
	Tried  int  // letters that the offers were measured on
	Few    bool // so few that they only give an idea
}

// edition is a model as the page shows it.
type edition struct {
	routing.Edition
	training.Comparison
	Head routing.HeadCard // about units
}

// May be gone back to.
func (e edition) Usable() bool { return e.State == routing.Kept && e.Whole }

// Right is how often the first unit was right on letters not seen, in percent.
func (e edition) Right() string { return percentText(e.Unseen.Accuracy) }

// offer is a line of the choice of thresholds.
type offer struct {
	training.Offer
	Chosen bool
}

// Value is what the form sends.
func (o offer) Value() string { return percentText(o.AtMost) }

// RoutedText and WrongText are shares in percent.
func (o offer) RoutedText() string { return percentText(o.Routed) }
func (o offer) WrongText() string  { return percentText(o.Wrong) }

// Sureness is the threshold in percent, "" where the rules state it.
func (o offer) Sureness() string {
	if o.AtMost == 0 || o.Certain > 1 {
		return ""
	}
	return percentText(o.Certain)
}

// Of models in use before and of those refused so many are shown.
const (
	modelsShown  = 5
	refusedShown = 3
	modelsRead   = 40
	fewTried     = 200
)

func (s *Server) whatWasLearned(ctx context.Context, city *citypack.Snapshot, now time.Time) (learned, error) {
	v := learned{Damaged: city.Damaged}
	var err error
	if v.Course, err = s.Teacher.Course(ctx); err != nil {
		return v, err
	}
	v.Waiting, v.Running, v.Took = v.Course.Waiting(), v.Course.Running(now), seconds(v.Course.Took())
	list, err := s.Store.Models(ctx, modelsRead)
	if err != nil {
		return v, err
	}
	inUse := ""
	if m := city.Router.Model(); m != nil {
		inUse = m.Card().Version
	}
	v.Tried = v.Course.Letters
	offers := v.Course.Rules
	for _, e := range list {
		shown, err := editionOf(e)
		if err != nil {
			return v, err
		}
		if e.Version == inUse {
			v.InUse, v.Tried, offers = &shown, shown.Unseen.N, shown.Offers
		}
		switch {
		case e.State == routing.Refused && len(v.Refused) < refusedShown:
			v.Refused = append(v.Refused, shown)
		case e.State != routing.Refused && (e.Whole || e.State == routing.Active) && len(v.Models) < modelsShown:
			v.Models = append(v.Models, shown)
		}
	}
	v.Few = v.Tried < fewTried
	for _, o := range offers {
		v.Offers = append(v.Offers, offer{o, math.Abs(o.AtMost-city.Pack.Routing.AtMostWrong) < 1e-9})
	}
	return v, nil
}

func editionOf(e routing.Edition) (edition, error) {
	c, err := training.TrialOf(e)
	if err != nil {
		return edition{}, err
	}
	shown := edition{Edition: e, Comparison: c}
	for _, h := range e.Card.Heads {
		if h.Target == routing.TellsUnit {
			shown.Head = h
		}
	}
	return shown, nil
}

var errNoLevel = letter.Invalid("请从列出的比例中选择一个。", map[string]string{"at_most": "请从列出的比例中选择一个。"})
