package training

import (
	"huiyin/routing"
)

// Levels are the shares of wrong letters among those sent without a person that a city may choose between.
var Levels = []float64{0.01, 0.02, 0.03, 0.05, 0.10}

// Offer is what one choice would have done with the city's own letters.
type Offer struct {
	AtMost  float64 `json:"at_most"` // share wrong that was asked for; 0: thresholds as the rules state them
	Certain float64 `json:"certain"` // least sureness that keeps to it; above 1 nothing is sent
	Routed  float64 `json:"routed"`  // share of letters sent without a person
	Wrong   float64 `json:"wrong"`   // share of those that went wrong
}

// nothing is the threshold that no letter reaches.
const nothing = 2

// outcome is a letter placed by a router that did not know where it belongs.
type outcome struct {
	at    int  // in the history
	Trial      // Sure is 0 where the router asks however low the threshold
	usual bool // it is sent with the thresholds of the rules
}

// placed tries a router on those letters that pass, or all, as it decides in earnest: what it would ask a person whatever
// the threshold, it asks.
func placed(r *routing.Router, h history, pass func(i int) bool) []outcome {
	willing := r.Sending(0)
	var list []outcome
	for i, e := range h.examples {
		if pass != nil && !pass(i) {
			continue
		}
		p := willing.Decide(e.Draft, e.Words, nil)
		if p.Guard != "" || len(p.Flags) > 0 {
			continue // off the ordinary way: no threshold decides about it
		}
		o := outcome{at: i, Trial: Trial{Truth: e.Labels[routing.TellsUnit]}}
		for _, c := range p.Top {
			o.Said = append(o.Said, c.Unit)
		}
		if p.Unit != "" {
			o.Sure = p.Top[0].Sure()
			o.usual = r.Decide(e.Draft, e.Words, nil).Unit != ""
		}
		list = append(list, o)
	}
	return list
}

// offersOf is what there is to choose from: first the thresholds of the rules, then the levels.
func offersOf(list []outcome) []Offer {
	if len(list) == 0 {
		return nil
	}
	offers := []Offer{usualOf(list)}
	curve := Curve(trialsOf(list))
	for _, level := range Levels {
		o := Offer{AtMost: level, Certain: nothing}
		if c, ok := AtMost(curve, level); ok {
			o.Certain, o.Routed, o.Wrong = c.Certain, c.Routed, c.Wrong
			if c.Certain == curve[len(curve)-1].Certain { // all went well, so that nothing tells what less would do
				o.Certain = min(o.Certain, 1-level)
			}
		}
		offers = append(offers, o)
	}
	return offers
}

func usualOf(list []outcome) Offer {
	sent, wrong := 0, 0
	for _, o := range list {
		if o.usual {
			sent++
			if !o.right() {
				wrong++
			}
		}
	}
	return Offer{Routed: round(portion(sent, len(list))), Wrong: round(portion(wrong, sent))}
}

func trialsOf(list []outcome) []Trial {
	trials := make([]Trial, len(list))
	for i, o := range list {
		trials[i] = o.Trial
	}
	return trials
}

// chosen is the offer the city took: the thresholds of the rules where it chose nothing, or nothing that low was measured.
func chosen(offers []Offer, atMost float64) Offer {
	if o, ok := offerFor(offers, atMost); ok {
		return o
	}
	return offers[0]
}

// willingly gives the router the threshold that the city's choice comes to.
func willingly(r *routing.Router, offers []Offer, atMost float64) *routing.Router {
	if o, ok := offerFor(offers, atMost); ok {
		return r.Sending(o.Certain)
	}
	return r
}

// offerFor is the one that keeps to what the city chose: the next lower level that was measured.
func offerFor(offers []Offer, atMost float64) (Offer, bool) {
	best, found := Offer{}, false
	for _, o := range offers {
		if o.AtMost > 0 && o.AtMost <= atMost+1e-9 {
			best, found = o, true
		}
	}
	return best, found
}
