package search

import "strings"

// The bounds of a list of suggestions.
const (
	DefaultSuggestions = 8
	MaxSuggestions     = 20
)

// maxTyped is how much of what is typed is read for suggestions, in characters.
const maxTyped = 60

// Typed is what somebody has typed so far: Han, pinyin in full or its initials, or both.
type Typed struct {
	Text string
	Most int // suggestions wanted; 0 means DefaultSuggestions, at most MaxSuggestions
}

// Check fills in what was left out and keeps within the bounds; nothing typed is refused.
func (t Typed) Check() Typed {
	t.Text = firstRunes(strings.TrimSpace(t.Text), maxTyped)
	if t.Most <= 0 {
		t.Most = DefaultSuggestions
	}
	t.Most = min(t.Most, MaxSuggestions)
	return t
}

// Suggestion is one thing that may be meant: a word to search for, or a letter to open.
type Suggestion struct {
	Text    string // the word, or the letter's title
	Heading Marked // Text with what was typed marked in it
	Number  string // of the letter, empty for a word
	Letters int    // how many letters a word finds; 0 for a letter
}

// TitlesOf are the titles of letters as suggestions, each once, at most so many.
func TitlesOf(hits []Hit, most int) []Suggestion {
	var all []Suggestion
	seen := map[string]bool{}
	for _, hit := range hits {
		if seen[hit.Title] || len(all) == most {
			continue
		}
		seen[hit.Title] = true
		all = append(all, Suggestion{Text: hit.Title, Heading: hit.Heading, Number: hit.Number})
	}
	return all
}
