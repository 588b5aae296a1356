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
	DistrictFacet   = "district"
	YearFacet       = "year" // of the answer
)

// Result is one page of the answer to a Query.
type Result struct {
	// Total is how many letters can be turned to on all pages: the Exact ones, and where those do not fill the first
	// page, the nearest others after them, at most MaxNearest.
	Total int
	// Exact is how many letters hold every word asked for, or a synonym of it, or bear the number asked for. In every
	// order they stand before the others. Without text it is Total.
	Exact int
	Hits  []Hit
	// Facets counts the letters of Total by each of the facets named above, most frequent first, then by ID; a letter
	// without category, district or year is in none of its. Nil when the query wants none.
	Facets map[string][]Facet
	// Corrected is what was searched for instead of the text, which no letter answers whole, or none writes as it is
	// typed (公 and 基金 stand in many, 公基金 in none); empty: the text itself.
	Corrected string
	// MayMean are texts to offer instead of the one that was searched for, likeliest first.
	MayMean []string
	// Read says as what the pinyin in the text was read.
	Read []Reading
	Took time.Duration
}

// Relaxed says that no letter holds everything asked for, and that those found hold the most of it that any do.
func (r Result) Relaxed() bool { return r.Exact == 0 && r.Total > 0 }

// Reading is a stretch of the text in Latin letters, ludeng, and the words it was searched for as, 路灯.
type Reading struct {
	Typed string
	Words []string
}

// Facet is how many of the letters found have the value ID in one field; a year is written in digits.
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
	Exact    bool // holds everything asked for, see Result
}
