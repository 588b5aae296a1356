package api

import (
	"unicode/utf8"

	"huiyin/search"
)

// marks says where in a hit the words stand that it was found by.
type marks struct {
	Title   [][2]int `json:"title"`
	Snippet [][2]int `json:"snippet"`
}

// stretches are what was found, in characters from the start of the text, the second one past the end.
func stretches(text search.Marked) [][2]int {
	found := [][2]int{}
	at := 0
	for _, piece := range text.Pieces() {
		end := at + utf8.RuneCountInString(piece.Text)
		if piece.Found {
			found = append(found, [2]int{at, end})
		}
		at = end
	}
	return found
}
