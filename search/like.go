package search

import "strings"

// The bounds of a list of similar letters.
const (
	DefaultSimilar = 4
	MaxSimilar     = 20
)

// Like is the matter that similar letters are looked up by: that of the letter Number, or where the index does not
// hold it, that of the Text. The letter Number itself is never found. Neither of the two known finds nothing.
type Like struct {
	Number string // of a letter, published or not
	Text   string // its title and what else is known of it, or what somebody is writing
	Most   int    // letters wanted; 0 means DefaultSimilar, at most MaxSimilar
}

// Check fills in what was left out and keeps within the bounds; nothing is refused.
func (l Like) Check() Like {
	l.Text = firstRunes(strings.TrimSpace(l.Text), maxText)
	if l.Most <= 0 {
		l.Most = DefaultSimilar
	}
	l.Most = min(l.Most, MaxSimilar)
	return l
}
