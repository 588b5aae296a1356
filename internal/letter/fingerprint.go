package letter

import "time"

// Alike is what must be known of an earlier letter that may be on the same matter as another.
type Alike struct {
	Number   string
	Sender   string // keyed hash, "" when unknown
	Title    string
	Unit     string
	State    State
	Merged   string // number of its lead letter
	Received time.Time
	Sketch   []byte // of its matter (routing.Fingerprint)
}

// Settled says that people agreed to the unit: it signed for the letter, or a person found it because the router could
// not. What the router alone believed must not teach the router.
func (l *Letter) Settled() bool {
	return !l.AssignedAt.IsZero() && (!l.AcceptedAt.IsZero() || l.Placement.Queue == DispatchQueue)
}
