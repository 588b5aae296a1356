package local

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

const (
	// maxTerms bounds how many terms of a long text are asked for: the rarest, which tell letters apart.
	maxTerms = 24
	// pieceMin and pieceMax bound the pieces, in characters, in which a long text is cut to terms.
	pieceMin, pieceMax = 12, 28
)

// terms cuts a text of any length to the terms that a letter should hold, at most maxTerms, each once.
func (v *view) terms(text string) ([]string, error) {
	var all []string
	seen := map[string]bool{}
	for _, piece := range pieces(text) {
		for _, term := range v.cut.Query(piece) {
			if !seen[term] {
				seen[term] = true
				all = append(all, term)
			}
		}
	}
	if len(all) <= maxTerms {
		return all, nil
	}
	return v.rarest(all, maxTerms)
}

// pieces cuts a text at its punctuation into pieces short enough for the segmenter to keep all their terms.
func pieces(text string) []string {
	if utf8.RuneCountInString(text) <= pieceMax {
		return []string{text}
	}
	var out []string
	from, length := 0, 0
	for at, r := range text {
		length++
		ends := !unicode.IsLetter(r) && !unicode.IsDigit(r)
		if length >= pieceMax || ends && length >= pieceMin {
			end := at + utf8.RuneLen(r)
			out = append(out, text[from:end])
			from, length = end, 0
		}
	}
	return append(out, text[from:])
}

// rarest keeps the terms that fewest letters hold, at most so many, without those that none holds.
func (v *view) rarest(terms []string, most int) ([]string, error) {
	letters := make(map[string]uint64, len(terms))
	for _, term := range terms {
		n, err := v.frequency(textField, term)
		if err != nil {
			return nil, err
		}
		letters[term] = n
	}
	known := slices.DeleteFunc(slices.Clone(terms), func(term string) bool { return letters[term] == 0 })
	if len(known) == 0 {
		return terms[:min(len(terms), most)], nil
	}
	slices.SortStableFunc(known, func(a, b string) int {
		// A rare single character is mostly a piece of a name cut up; words first.
		if single(a) != single(b) {
			if single(a) {
				return 1
			}
			return -1
		}
		return int(letters[a]) - int(letters[b])
	})
	return known[:min(len(known), most)], nil
}

func single(term string) bool {
	r, size := utf8.DecodeRuneInString(term)
	return size == len(term) && unicode.Is(unicode.Han, r)
}

// parted cuts terms of three characters and more into the dictionary's words within them, and the characters in none.
func (v *view) parted(terms []string) []string {
	var out []string
	add := func(term string) {
		if !slices.Contains(out, term) {
			out = append(out, term)
		}
	}
	for _, term := range terms {
		tokens := v.cut.Index(term)
		covered := make([]bool, len(term))
		parts := 0
		for _, token := range tokens {
			if whole := token.Start == 0 && token.End == len(term); whole || single(token.Term) {
				continue
			}
			add(token.Term)
			parts++
			for at := token.Start; at < token.End; at++ {
				covered[at] = true
			}
		}
		if parts == 0 {
			add(term)
			continue
		}
		for _, token := range tokens {
			if single(token.Term) && !covered[token.Start] {
				add(token.Term)
			}
		}
	}
	return out
}
