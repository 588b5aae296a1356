package bench_test

import (
	"testing"
	"unicode/utf8"

	"huiyin/bench"
)

func TestCorpusIsTheSameEachTime(t *testing.T) {
	c, err := bench.NewCorpus()
	if err != nil {
		t.Fatal(err)
	}
	sum, seen := 0, map[string]bool{}
	for n := range uint64(200) {
		d := c.Letter(n)
		if d != c.Letter(n) || c.Question(n, 200) != c.Question(n, 200) {
			t.Fatalf("letter %d differs from itself", n)
		}
		length := utf8.RuneCountInString(d.Title + d.Body + d.Reply)
		sum += length
		seen[c.Question(n, 200)] = true
	}
	if mean := sum / 200; mean < 200 || mean > 400 {
		t.Errorf("letters of %d characters on average", mean)
	}
	if len(seen) < 190 {
		t.Errorf("%d different questions of 200", len(seen))
	}
}
