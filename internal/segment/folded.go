package segment

// Folded is a text as it is compared, character by character, each with its place in the text as it was given.
type Folded struct{ line glyphs }

// Fold gives a text as questions and indexes compare it: narrow, lower case, accents off, Simplified.
func Fold(text string) Folded { return Folded{glyphsOf(text)} }

// Len is the number of characters that can be seen.
func (f Folded) Len() int { return len(f.line) }

// At is the character at a place.
func (f Folded) At(i int) rune { return f.line[i].r }

// Bytes are the bytes in the given text of the characters from one place up to another.
func (f Folded) Bytes(from, to int) (start, end int) { return f.line[from].start, f.line[to-1].end }

// InRun says that the character at a place is a letter or digit that is no Han: such are words only in a whole run.
func (f Folded) InRun(i int) bool {
	return i >= 0 && i < len(f.line) && sortOf(f.line[i].r) == word
}
