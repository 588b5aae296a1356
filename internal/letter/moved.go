package letter

import "time"

// Promise is the date that the sender was told with the receipt, so that a repeated
// request is answered with it whatever the rules became.
type Promise struct {
	Due         int64  `json:"due"` // UTC milliseconds
	Calendar    string `json:"calendar"`
	Provisional bool   `json:"provisional,omitempty"`
}

// Moved is one clock in a redating, with both of its due moments, so that the
// history keeps the one that was told. Times are UTC milliseconds.
type Moved struct {
	Clock    string `json:"clock"`
	Part     int    `json:"part,omitempty"`
	Was      int64  `json:"was"`                // as it was told
	Until    int64  `json:"until"`              // as the present rules give it
	Past     bool   `json:"past,omitempty"`     // Was had passed: it stays (domain.md 2.8 no. 10)
	Calendar string `json:"calendar,omitempty"` // version by which Until was counted
	Policy   string `json:"policy,omitempty"`
}

// Told is the due moment that holds from the redating on. A date that was told
// is never moved earlier, and one that has passed is not moved at all.
func (m Moved) Told() time.Time {
	if m.Past || m.Until < m.Was {
		return time.UnixMilli(m.Was)
	}
	return time.UnixMilli(m.Until)
}

// Why a redating moved dates.
const (
	MovedByCalendar = "calendar" // another notice, other office hours, a local order
	MovedByPolicy   = "policy"
)

// toldSender is the date that the sender was told before a redating and the one
// that it gives him, zero when his stays.
func toldSender(moves []Moved) (was, told time.Time) {
	for _, m := range moves {
		if m.Clock == SenderClock && m.Told().UnixMilli() != m.Was {
			return time.UnixMilli(m.Was), m.Told()
		}
	}
	return was, told
}
