package portal

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"time"
)

// mostSeen bounds what is remembered of a day, some 10 MB. Behind it nothing is counted until the next day: counted
// without being remembered, a text could be made to look as if many had asked it.
const mostSeen = 200_000

// seen is who asked what on one day, as hashes by a key of that day. Key and hashes are in memory alone and end with the
// day, so that they tell nobody anything, and later not even whether a given address asked a given text.
type seen struct {
	day   int64
	key   [sha256.Size]byte
	pairs map[[16]byte]struct{}
}

// first says that the visitor did not ask the text on this day before, and remembers that he did now.
func (s *seen) first(day time.Time, visitor, text string) bool {
	if s.pairs == nil || s.day != day.UnixMilli() {
		s.day, s.pairs = day.UnixMilli(), map[[16]byte]struct{}{}
		rand.Read(s.key[:]) // never fails: it ends the program rather
	}
	sum := hmac.New(sha256.New, s.key[:])
	sum.Write([]byte(visitor + "\x00" + text))
	pair := [16]byte(sum.Sum(nil))
	if _, ok := s.pairs[pair]; ok || len(s.pairs) >= mostSeen {
		return false
	}
	s.pairs[pair] = struct{}{}
	return true
}
