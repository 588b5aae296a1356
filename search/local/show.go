package local

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"

	"huiyin/search"
)

// show reads the letters of one page and marks the terms in them.
func (v *view) show(places []place, marks []string) ([]search.Hit, error) {
	if len(places) == 0 {
		return nil, nil
	}
	finder := search.NewFinder(marks)
	page := make([]search.Hit, 0, len(places))
	for _, one := range places {
		d, err := v.document(one)
		if err != nil {
			return nil, err
		}
		hit := hitOf(d, finder)
		hit.Exact = one.exact
		page = append(page, hit)
	}
	return page, nil
}

// document is the letter as it was put.
func (v *view) document(one place) (search.Document, error) {
	var d search.Document
	missing := errors.New("a letter is not stored")
	// The visitor never ends the walk: bleve would give what it reads with to two searches. The value is lent.
	err := v.parts[one.part].segment.VisitStoredFields(uint64(one.letter), func(field string, _ byte, value []byte, _ []uint64) bool {
		if field == sourceField {
			missing = json.Unmarshal(value, &d)
		}
		return true
	})
	if err = cmp.Or(err, missing); err != nil {
		return d, fmt.Errorf("search: %w", err)
	}
	return d, nil
}

func hitOf(d search.Document, finder *search.Finder) search.Hit {
	snippet, weight := search.Excerpt(d.Reply, finder.Find(d.Reply))
	if other, better := search.Excerpt(d.Body, finder.Find(d.Body)); better > weight || d.Reply == "" {
		snippet = other
	}
	return search.Hit{
		Number: d.Number, Title: d.Title, Snippet: snippet, Heading: search.Mark(d.Title, finder.Find(d.Title)),
		Unit: d.Unit, Category: d.Category, Kind: d.Kind, Column: d.Column, Answered: d.Answered, SourceID: d.SourceID,
	}
}
