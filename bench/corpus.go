package bench

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"huiyin/internal/letter"
	"huiyin/internal/segment"
	"huiyin/search"
)

// Corpus makes published letters whose words are as frequent as in ordinary Chinese, which the ten matters of Letter are
// not: what a search costs depends on how many letters hold a word.
type Corpus struct {
	words []string // of two to four characters, the most frequent first
	sums  []int    // frequencies up to and with each
}

// Published letters lie with so many units and so on, as in a city of some millions.
const (
	corpusUnits      = 40
	corpusCategories = 20
	corpusDistricts  = 10
	corpusYears      = 8
)

// NewCorpus reads the segmenter's dictionary.
func NewCorpus() (*Corpus, error) {
	list, err := segment.Dictionary()
	if err != nil {
		return nil, err
	}
	type known struct {
		word string
		n    int
	}
	var all []known
	for word, n := range list {
		if length := utf8.RuneCountInString(word); length >= 2 && length <= 4 && n > 2 {
			all = append(all, known{word, n})
		}
	}
	slices.SortStableFunc(all, func(a, b known) int { return b.n - a.n })
	c := &Corpus{}
	sum := 0
	for _, one := range all {
		sum += one.n
		c.words, c.sums = append(c.words, one.word), append(c.sums, sum)
	}
	return c, nil
}

// frames are sentences with room for words.
var frames = []string{
	"我住在%s，这里的%s已经%s好几天了，%s也没有人管。", "多次向%s反映%s的%s，得到的答复是%s。",
	"请问%s和%s应当怎样%s，需要带哪些%s。", "上个月%s以后，%s一直在%s，对%s影响很大。",
	"附近的%s都在%s，希望%s能够%s。", "按照%s的规定，%s是不是应当%s，谁来%s。",
}

var answers = []string{
	"经%s核查，您反映的%s情况属实，已责令%s于近期%s。", "您好，%s由%s负责，请到%s办理%s。",
	"下一步%s将加强%s，对%s发现的%s及时处理。", "根据%s，%s可以%s，具体以%s为准。",
}

// word draws a word by its frequency.
func (c *Corpus) word(r *rand.Rand) string {
	at, _ := slices.BinarySearch(c.sums, 1+r.IntN(c.sums[len(c.sums)-1]))
	return c.words[at]
}

// band draws a word by its place among the most frequent, each alike.
func (c *Corpus) band(r *rand.Rand, from, to int) string { return c.words[from+r.IntN(to-from)] }

func (c *Corpus) fill(r *rand.Rand, frame string) string {
	for strings.Contains(frame, "%s") {
		frame = strings.Replace(frame, "%s", c.word(r), 1)
	}
	return frame
}

// text is so many sentences.
func (c *Corpus) text(r *rand.Rand, frames []string, sentences int) string {
	var b strings.Builder
	for range sentences {
		b.WriteString(c.fill(r, frames[r.IntN(len(frames))]))
	}
	return b.String()
}

// Letter is the nth letter with its answer, the same for the same n: 167 to 400 characters.
func (c *Corpus) Letter(n uint64) search.Document {
	r := rand.New(rand.NewPCG(n, 20261126))
	answered := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC).Add(-time.Duration(r.IntN(corpusYears*365*24*60)) * time.Minute)
	return search.Document{
		Number: fmt.Sprintf("2611%010d", n), Kind: []letter.Kind{letter.Complaint, letter.Consultation, letter.Help, letter.Suggestion}[r.IntN(4)],
		Unit: c.unit(r.IntN(corpusUnits)), Category: fmt.Sprintf("c%d", r.IntN(corpusCategories)),
		District: fmt.Sprintf("第%d区", r.IntN(corpusDistricts)), Year: answered.Year(), Satisfied: r.IntN(6),
		Title: c.word(r) + c.word(r) + "的" + c.word(r) + c.word(r), Body: c.text(r, frames, 4+r.IntN(8)), Reply: c.text(r, answers, 2+r.IntN(3)),
		Answered: answered, Published: answered.Add(time.Hour),
	}
}

func (c *Corpus) unit(n int) string { return fmt.Sprintf("u%d", n) }

// Letters are so many letters, for a rebuild.
func (c *Corpus) Letters(n int) func(yield func(search.Document, error) bool) {
	return func(yield func(search.Document, error) bool) {
		for i := range n {
			if !yield(c.Letter(uint64(i)), nil) {
				return
			}
		}
	}
}

// Question is the nth question, the same for the same n: of ten, four are single words, from the most frequent to the
// rare, four two words, one the title of a letter with two words changed, and one three words, all of one letter.
func (c *Corpus) Question(n uint64, letters int) string {
	r := rand.New(rand.NewPCG(n, 5))
	bands := [][2]int{{0, 500}, {500, 5_000}, {5_000, 50_000}}
	band := func() string { b := bands[r.IntN(len(bands))]; return c.band(r, b[0], b[1]) }
	switch kind := n % 10; {
	case kind < 4:
		return band()
	case kind < 8:
		return c.word(r) + " " + band()
	case kind < 9:
		// The title's own words come first in the letter's generator.
		d := c.Letter(uint64(r.IntN(letters)))
		return c.word(r) + string([]rune(d.Title)[2:]) + c.word(r)
	default:
		d := []rune(c.Letter(uint64(r.IntN(letters))).Body)
		at := r.IntN(len(d) - 12)
		return string(d[at : at+12])
	}
}
