package search

import (
	"time"

	"huiyin/internal/letter"
)

// The names of the facets in a Result.
const (
	DepartmentFacet = "department"
	CategoryFacet   = "category"
	KindFacet       = "kind"
)

// Result is one page of the answer to a Query.
type Result struct {
	Total int // all letters that match, on all pages
	Hits  []Hit
	// Facets counts all letters that match by department, category and kind, most frequent first; a letter without
	// category is in none of them.
	Facets map[string][]Facet
	// Relaxed says that no letter holds everything asked for, and that these hold the most of it that any do.
	Relaxed bool
	Took    time.Duration
}

// Facet is how many matching letters have the value ID in one field.
type Facet struct {
	ID    string
	Count int
}

// Hit is one letter of a Result.
type Hit struct {
	Number   string
	Title    string
	Heading  Marked // the title with the words found in it marked
	Snippet  Marked // about 80 characters of the reply or the letter, around the words found
	Unit     string // id of the unit that answered
	Category string
	Kind     letter.Kind
	Column   letter.Column
	Answered time.Time
	SourceID string
}
