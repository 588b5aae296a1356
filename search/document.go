package search

import (
	"time"

	"huiyin/internal/letter"
)

// Document is a published letter as an index keeps it. It is built from letter.Public alone, so nothing that is not
// public can be found.
type Document struct {
	Number    string        `json:"number"`
	Kind      letter.Kind   `json:"kind,omitempty"`
	Column    letter.Column `json:"column,omitempty"`
	Category  string        `json:"category,omitempty"`
	Unit      string        `json:"unit,omitempty"`      // id of the unit that answered
	District  string        `json:"district,omitempty"`  // of the city, as the public text or the unit tells it; empty: none
	Year      int           `json:"year,omitempty"`      // of the answer, in the city's zone; 0: unknown
	Satisfied int           `json:"satisfied,omitempty"` // as letter.Public has it; 0: not rated
	Title     string        `json:"title"`
	Body      string        `json:"body,omitempty"`
	Reply     string        `json:"reply,omitempty"`
	Answered  time.Time     `json:"answered,omitzero"` // zero: answered at an unknown time
	Published time.Time     `json:"published,omitzero"`
	SourceID  string        `json:"source_id,omitempty"` // the letter's id in the file it was imported from
}

// DocumentOf is the letter as an index keeps it. The city says what no public letter has and no index can know: which
// of its districts the public text names, and how its zone counts years.
func DocumentOf(p letter.Public, city City) Document {
	d := Document{
		Number: p.Number, Kind: p.Kind, Column: p.Column, Category: p.Category, Unit: p.Unit, Satisfied: p.Satisfied,
		District: city.District(p.Unit, p.Title, p.Body, p.Reply),
		Title:    p.Title, Body: p.Body, Reply: p.Reply,
		Answered: p.Answered, Published: p.Published, SourceID: p.SourceID,
	}
	if !p.Answered.IsZero() {
		d.Year = p.Answered.In(city.Zone()).Year()
	}
	return d
}

// City is what a document needs of the city, see citypack.Snapshot.
type City interface {
	// District is the district that the first of the public texts to name a place names, else that of the unit that
	// answered, if it serves one alone; empty: nobody knows.
	District(unit string, texts ...string) string
	Zone() *time.Location
}
