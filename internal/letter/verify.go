package letter

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
)

// Fault is one thing that verify found wrong with a letter.
type Fault struct {
	Number string
	Seq    int // 0 when the fault is the letter's, not an event's
	What   string
}

func (f Fault) String() string {
	if f.Seq == 0 {
		return fmt.Sprintf("%s: %s", f.Number, f.What)
	}
	return fmt.Sprintf("%s event %d: %s", f.Number, f.Seq, f.What)
}

// Kept is what the letter's row remembers of its events.
type Kept struct {
	Count       int
	Head        []byte
	State       State
	Unit        string
	Guard       string
	PublishedAt time.Time
}

// Verify checks the chain of a loaded letter: every hash and commitment, the
// order and number of events against what the row kept, and the status they
// lead to. The first broken event is named; what follows it in the chain cannot
// be trusted and is not listed.
func (l *Letter) Verify(row Kept) []Fault {
	fault := func(seq int, what string) []Fault { return []Fault{{l.Number, seq, what}} }
	var prev []byte
	for i, e := range l.Events {
		switch {
		case e.Seq != i+1:
			return fault(i+1, "missing or out of order")
		case !bytes.Equal(e.Prev, prev):
			return fault(e.Seq, "does not follow the event before it")
		case !bytes.Equal(e.Hash, e.sum(l.Number)):
			return fault(e.Seq, "changed: its hash does not match")
		case len(l.Key) > 0 && !hmac.Equal(e.Commitment, commit(l.Key, e.Private)):
			return fault(e.Seq, "changed: its private payload does not match the commitment")
		}
		prev = e.Hash
	}
	if len(l.Events) != row.Count {
		return fault(len(l.Events)+1, fmt.Sprintf("missing: the letter counts %d events, %d are there", row.Count, len(l.Events)))
	}
	if !bytes.Equal(prev, row.Head) {
		return fault(len(l.Events), "is not the newest the letter remembers")
	}
	return l.verifyRow(row)
}

// verifyRow compares the row with what the events lead to.
func (l *Letter) verifyRow(row Kept) []Fault {
	s, err := Replay(l.Events)
	if err != nil {
		return []Fault{{l.Number, 0, "its events cannot be read: " + err.Error()}}
	}
	switch {
	case s.State != row.State:
		return []Fault{{l.Number, 0, fmt.Sprintf("state is %q, its events lead to %q", row.State, s.State)}}
	case s.Unit != row.Unit || s.Guard != row.Guard:
		return []Fault{{l.Number, 0, "unit or guard is not what its events lead to"}}
	case !s.PublishedAt.Equal(row.PublishedAt):
		return []Fault{{l.Number, 0, "published or not is not what its events lead to"}}
	}
	if len(l.Events) == 0 {
		return []Fault{{l.Number, 0, "has no events"}}
	}
	first, err := l.Events[0].PublicFacts()
	if err != nil {
		return []Fault{{l.Number, 1, "cannot be read"}}
	}
	if len(l.Key) > 0 && first.Digest != l.Digest() {
		return []Fault{{l.Number, 0, "its text or contact is not what was submitted"}}
	}
	if len(l.Key) > 0 && !l.saysWhatItsEventsSay() {
		return []Fault{{l.Number, 0, "its answer or published text is not what its events give"}}
	}
	return nil
}

// saysWhatItsEventsSay compares the words that the row shows, the public ones
// above all, with those of the steps that gave them.
func (l *Letter) saysWhatItsEventsSay() bool {
	var given Letter
	for _, e := range l.Events {
		pub, errPub := e.PublicFacts()
		priv, errPriv := e.PrivateFacts()
		if errPub != nil || errPriv != nil {
			return false
		}
		given.take(e.Step, pub, priv)
	}
	return given.Reply == l.Reply && given.Open == l.Open
}

// Digest fingerprints what the row holds of the sender's words under the
// letter's own key, so that erasing the key leaves nothing to guess at.
func (l *Letter) Digest() string {
	m := hmac.New(sha256.New, l.Key)
	for _, b := range [][]byte{[]byte(l.Title), []byte(l.Body), []byte(l.Place), l.Contact} {
		field(m, b)
	}
	return hex.EncodeToString(m.Sum(nil))
}
