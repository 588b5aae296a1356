package search

import (
	_ "embed" // alike.txt
	"strings"
)

//go:embed alike.txt
var alikeText string

// alikes are characters that are taken for each other by their form, each group on its own: one is read, or picked from the
// keyboard's list, for the other.
var alikes = strings.Fields(alikeText)

// lookAlike says whether one character may be taken for the other by its form.
func lookAlike(a, b rune) bool {
	for _, group := range alikes {
		if strings.ContainsRune(group, a) && strings.ContainsRune(group, b) {
			return true
		}
	}
	return false
}
