package meili

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"huiyin/internal/letter"
	"huiyin/internal/segment"
)

const (
	// maxWords is how many words the server reads of a question, counted as it cuts them; it drops the rest silently.
	maxWords = 10
	// piece is in how many characters a long text is cut to terms, so that the segmenter keeps them all.
	piece = 28
	// maxCode is the longest text, in bytes, that can be the id of a letter in its source.
	maxCode = 64
)

// question is what a reader typed, as the server can be asked for it.
type question struct {
	words []string // folded, in the order typed, at most what the server reads
	code  string   // what may be a number or a source id, else empty
}

func (x *Index) questionOf(text string) question {
	c, weak := x.cutter.Load(), x.vocabulary.Load().Weak
	q := question{words: fewest(c, strong(c, terms(c, text), weak))}
	if number, err := letter.ParseNumber(text); err == nil {
		q.code = number
	} else if len(text) <= maxCode && strings.ContainsFunc(text, unicode.IsDigit) && quotable(text) {
		q.code = text
	}
	return q
}

// text is the question for the server. Its words hold nothing that the server takes for syntax, since the segmenter left
// letters, digits and Han characters only.
func (q question) text() string { return strings.Join(q.words, " ") }

// terms cuts a text of any length, each term once. The server would take a question of stop words alone for one without
// words, and answer with every letter: such a text has no terms.
func terms(c *cutter, text string) []string {
	var all []string
	for _, part := range pieces(text) {
		for _, term := range c.Query(part) {
			if !slices.Contains(all, term) && !isStop(term) {
				all = append(all, term)
			}
		}
	}
	return all
}

// pieces cuts a text at everything that is no letter or digit, and where there is none for long.
func pieces(text string) []string {
	var out []string
	from, length := 0, 0
	for at, r := range text {
		length++
		if ends := !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Cf, r); length >= piece || ends && length > 1 {
			end := at + max(utf8.RuneLen(r), 1)
			out = append(out, text[from:end])
			from, length = end, 0
		}
	}
	return append(out, text[from:])
}

// strong leaves out the city's weak words unless nothing else is asked for.
func strong(c *cutter, terms, weak []string) []string {
	if len(weak) == 0 {
		return terms
	}
	set := weakOf(c, weak)
	kept := slices.DeleteFunc(slices.Clone(terms), func(term string) bool { return set[term] })
	if len(kept) == 0 {
		return terms
	}
	return kept
}

func weakOf(c *cutter, weak []string) map[string]bool {
	set := make(map[string]bool, len(weak))
	for _, word := range weak {
		set[folded(word, c.Index(word))] = true
	}
	return set
}

// fewest keeps as many terms as the server reads: the rarest, words before single characters, in the order typed.
func fewest(c *cutter, terms []string) []string {
	if pieceCount(terms) <= maxWords {
		return terms
	}
	byWorth := slices.Clone(terms)
	slices.SortStableFunc(byWorth, func(a, b string) int {
		if single(a) != single(b) {
			if single(a) {
				return 1
			}
			return -1
		}
		switch ra, rb := c.Rarity(a), c.Rarity(b); {
		case ra > rb:
			return -1
		case ra < rb:
			return 1
		}
		return 0
	})
	for pieceCount(byWorth) > maxWords {
		byWorth = byWorth[:len(byWorth)-1]
	}
	return slices.DeleteFunc(slices.Clone(terms), func(term string) bool { return !slices.Contains(byWorth, term) })
}

// pieceCount is how many words the server makes of the terms: it cuts what is longer than two characters into twos.
func pieceCount(terms []string) int {
	n := 0
	for _, term := range terms {
		if first, _ := utf8.DecodeRuneInString(term); unicode.Is(unicode.Han, first) {
			n += (utf8.RuneCountInString(term) + 1) / 2
		} else {
			n++
		}
	}
	return n
}

func single(term string) bool {
	r, size := utf8.DecodeRuneInString(term)
	return size == len(term) && unicode.Is(unicode.Han, r)
}

func isStop(term string) bool {
	_, found := slices.BinarySearch(stopWords, term)
	return found
}

var stopWords = segment.StopWords()

// near is the question for letters near by: every smallest word in the text, also one that the cut went across, as 路灯 in
// 路灯不亮. Single characters are near to everything.
func (x *Index) near(text string) question {
	c := x.cutter.Load()
	var all []string
	for _, token := range smallest(c.Index(text)) {
		if !single(token.Term) && !isStop(token.Term) && !slices.Contains(all, token.Term) {
			all = append(all, token.Term)
		}
	}
	return question{words: fewest(c, strong(c, all, x.vocabulary.Load().Weak))}
}

// smallest leaves out the words that hold another of two characters and more. Tokens come by their start.
func smallest(tokens []segment.Token) []segment.Token {
	var all []segment.Token
	for i, token := range tokens {
		first := i
		for first > 0 && tokens[first-1].Start == token.Start {
			first--
		}
		holds := false
		for _, other := range tokens[first:] {
			if other.Start >= token.End {
				break
			}
			holds = holds || !single(other.Term) && other.End <= token.End && other.End-other.Start < token.End-token.Start
		}
		if !holds {
			all = append(all, token)
		}
	}
	return all
}

// marked are the terms to mark for a question: its words, the words within them, and their synonyms.
func (x *Index) marked(q question) []string {
	c := x.cutter.Load()
	var all []string
	add := func(word string) { all = append(append(all, word), words(c.Index(word))...) }
	for _, word := range q.words {
		add(word)
		for _, group := range x.vocabulary.Load().Synonyms {
			if slices.Contains(group, word) {
				for _, other := range group {
					add(other)
				}
			}
		}
	}
	return wordSet(all)
}
