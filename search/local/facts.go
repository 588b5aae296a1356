package local

import (
	"fmt"
	"hash/fnv"
	"math"
	"strconv"
	"strings"

	"huiyin/search"
)

// facts are what an order needs of a letter. They are one term of it, so that a segment's are read in one walk.
type facts struct {
	answered int64  // milliseconds, as the database has them; unknownTime: not known
	length   int    // in terms, each as often as it weighs
	tie      uint64 // puts letters alike in all else in one order, whatever segments they lie in
}

// unknownTime is before every other.
const unknownTime = math.MinInt64

func factsOf(d search.Document, length int) facts {
	f := facts{answered: unknownTime, length: length, tie: tieOf(d.Number)}
	if !d.Answered.IsZero() {
		f.answered = d.Answered.UnixMilli()
	}
	return f
}

// tieOf is a number of 14 digits as it is, and of others something that depends on nothing else.
func tieOf(number string) uint64 {
	if n, err := strconv.ParseUint(number, 10, 64); err == nil {
		return n
	}
	sum := fnv.New64a()
	sum.Write([]byte(number))
	return sum.Sum64()
}

func (f facts) term() string {
	return strconv.FormatInt(f.answered, 36) + " " + strconv.Itoa(f.length) + " " + strconv.FormatUint(f.tie, 36)
}

func readFacts(term string) (facts, error) {
	answered, rest, _ := strings.Cut(term, " ")
	length, tie, _ := strings.Cut(rest, " ")
	var f facts
	var err error
	if f.answered, err = strconv.ParseInt(answered, 36, 64); err != nil {
		return f, fmt.Errorf("search index: facts %q: %w", term, err)
	}
	if f.length, err = strconv.Atoi(length); err != nil {
		return f, fmt.Errorf("search index: facts %q: %w", term, err)
	}
	if f.tie, err = strconv.ParseUint(tie, 36, 64); err != nil {
		return f, fmt.Errorf("search index: facts %q: %w", term, err)
	}
	return f, nil
}
