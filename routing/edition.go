package routing

import "time"

// Edition is a model as the city keeps it: what it was learned from, how it did against the one before, what became of it.
type Edition struct {
	Version string
	State   EditionState
	Trained time.Time
	Adopted time.Time // zero: never used
	Retired time.Time // zero: still used, or never
	By      string    // login of the member who put it in use or out of use last, "" when the program did
	Card    Card
	Trial   []byte // JSON of training.Comparison
	Body    []byte // the model's file; nil when it is no longer kept, or in lists
	Whole   bool   // the body is kept
}

// EditionState is what became of a model.
type EditionState string

// The states: at most one is active.
const (
	Active  EditionState = "active"
	Kept    EditionState = "kept"    // was in use before
	Refused EditionState = "refused" // was not better than the one in use
)

// AtMostWrong is the share of letters sent without a person that may go wrong, as the city chose; 0: it chose nothing.
func (r *Router) AtMostWrong() float64 { return r.cfg.AtMostWrong }

// Sending gives a router of the same rules and model that sends a letter without a person when it is at least so sure of
// the first unit: in probability where a model takes part, in share of points otherwise. Above 1 it sends none.
func (r *Router) Sending(least float64) *Router {
	other := *r
	other.cfg.Threshold, other.cfg.Certain = least, max(least, 1e-9)
	return &other
}
