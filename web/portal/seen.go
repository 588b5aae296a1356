package portal

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"time"
)

// Bounds of what is remembered of a day, some 10 MB. Behind them nothing is counted until the next day: counted without
// being remembered, a text could be made to look as if many had asked it.
const (
	mostSeen  = 200_000
	mostTexts = 200 // by one visitor, or a single one could end the counting for all
)

// seen is who asked what on one day, as hashes by a key of that day. Key and hashes are in memory alone and end with the
// day, so that they tell nobody anything, and later not even whether a given address asked a given text.
type seen struct {
	day   int64
	key   [sha256.Size]byte
	pairs map[hash]struct{}
	texts map[hash]int // by visitor
}

type hash [16]byte

// first says that the visitor did not ask the text on this day before, and remembers that he did now.
func (s *seen) first(day time.Time, visitor, text string) bool {
	s.forget(day)
	if s.pairs == nil {
		s.day, s.pairs, s.texts = day.UnixMilli(), map[hash]struct{}{}, map[hash]int{}
		rand.Read(s.key[:]) // never fails: it ends the program rather
	}
	who, pair := s.hashed(visitor), s.hashed(visitor+"\x00"+text)
	if _, ok := s.pairs[pair]; ok || len(s.pairs) >= mostSeen || s.texts[who] >= mostTexts {
		return false
	}
	s.pairs[pair] = struct{}{}
	s.texts[who]++
	return true
}

// forget drops what is of another day than this.
func (s *seen) forget(day time.Time) {
	if s.day != day.UnixMilli() {
		*s = seen{}
	}
}

func (s *seen) hashed(text string) hash {
	sum := hmac.New(sha256.New, s.key[:])
	sum.Write([]byte(text))
	return hash(sum.Sum(nil))
}
