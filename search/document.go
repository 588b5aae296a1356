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
	Unit      string        `json:"unit,omitempty"` // id of the unit that answered
	Title     string        `json:"title"`
	Body      string        `json:"body,omitempty"`
	Reply     string        `json:"reply,omitempty"`
	Answered  time.Time     `json:"answered,omitzero"` // zero: answered at an unknown time
	Published time.Time     `json:"published,omitzero"`
	SourceID  string        `json:"source_id,omitempty"` // the letter's id in the file it was imported from
}

// DocumentOf is the letter as an index keeps it.
func DocumentOf(p letter.Public) Document {
	return Document{
		Number: p.Number, Kind: p.Kind, Column: p.Column, Category: p.Category, Unit: p.Unit,
		Title: p.Title, Body: p.Body, Reply: p.Reply,
		Answered: p.Answered, Published: p.Published, SourceID: p.SourceID,
	}
}
