package letter

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"strings"
	"time"
)

// Actor is who took a step: the part played, the member's login and the unit
// for which it was done. Written "unit:lina@cgj".
type Actor struct {
	Party  Party
	Member string
	Unit   string
}

// The actors that are not members.
var (
	SenderActor   = Actor{Party: BySender}
	RouterActor   = Actor{Party: ByRouter}
	TimeActor     = Actor{Party: ByTime}
	ImporterActor = Actor{Party: ByImporter}
)

// String is the form in which the actor is stored and hashed.
func (a Actor) String() string {
	s := string(a.Party)
	if a.Member != "" {
		s += ":" + a.Member
	}
	if a.Unit != "" {
		s += "@" + a.Unit
	}
	return s
}

// ParseActor reads what String wrote.
func ParseActor(s string) Actor {
	s, unit, _ := strings.Cut(s, "@")
	party, member, _ := strings.Cut(s, ":")
	return Actor{Party: Party(party), Member: member, Unit: unit}
}

// Event is one thing that happened. Payloads are kept as the bytes that were
// stored, because those are what the hash covers.
type Event struct {
	Seq        int // 1 for the first event of the letter
	Step       Step
	Actor      Actor
	At         time.Time // the moment it holds for, in milliseconds
	From       State
	To         State
	Public     []byte
	Private    []byte // nil after erasure
	Commitment []byte // HMAC of Private under the letter's key, nil when there is none
	Prev       []byte
	Hash       []byte

	known *Facts // Public as read, nil before the letter is replayed
}

// PublicFacts gives what the public payload says.
func (e Event) PublicFacts() (Facts, error) {
	if e.known != nil {
		return *e.known, nil
	}
	return parseFacts(e.Public)
}

// PrivateFacts reads the private payload, empty after erasure.
func (e Event) PrivateFacts() (Facts, error) { return parseFacts(e.Private) }

// commit is the commitment to a private payload (contracts.md, hash chain).
func commit(key, private []byte) []byte {
	if len(private) == 0 {
		return nil
	}
	m := hmac.New(sha256.New, key)
	m.Write(private)
	return m.Sum(nil)
}

// sum is the hash of an event within its letter's chain.
func (e Event) sum(number string) []byte {
	h := sha256.New()
	h.Write([]byte("huiyin/event/1"))
	field(h, []byte(number))
	integer(h, int64(e.Seq))
	field(h, []byte(e.Step))
	field(h, []byte(e.Actor.String()))
	integer(h, e.At.UnixMilli())
	field(h, []byte(e.From))
	field(h, []byte(e.To))
	field(h, e.Public)
	field(h, e.Commitment)
	field(h, e.Prev)
	return h.Sum(nil)
}

func field(h hash.Hash, b []byte) {
	integer(h, int64(len(b)))
	h.Write(b)
}

func integer(h hash.Hash, n int64) {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(n))
	h.Write(b[:])
}
