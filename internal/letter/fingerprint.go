package letter

import "time"

// Fingerprint is by what a letter is known as being about the same matter as
// another: keys to find it by and a sketch to compare (routing.Fingerprint).
type Fingerprint struct {
	Keys   []int64
	Sketch []byte
}

// Near is an earlier letter that shares a key with another.
type Near struct {
	Number string
	Sketch []byte
}

// Alike is what must be known of an earlier letter on a like matter.
type Alike struct {
	Number   string
	Sender   string // keyed hash, "" when unknown
	Title    string
	Unit     string
	State    State
	Merged   string // number of its lead letter
	Assigned bool   // a person gave it to its unit, or the unit signed for it
	Received time.Time
}
