package local

import (
	"iter"

	"github.com/blevesearch/bleve/v2/document"

	"huiyin/internal/segment"
	"huiyin/search"
)

// record is a letter on its way into an index: as the public reads it, or as members do, see Desk.
type record interface {
	number() string
	entry(cut *segment.Segmenter) (*document.Document, error)
}

// publicRecord is a published letter.
type publicRecord search.Document

func (d publicRecord) number() string { return d.Number }

func (d publicRecord) entry(cut *segment.Segmenter) (*document.Document, error) {
	return entryOf(search.Document(d), cut)
}

func ofPublic(d search.Document) record { return publicRecord(d) }

func recordsOf[D any](documents []D, of func(D) record) []record {
	list := make([]record, len(documents))
	for i, d := range documents {
		list[i] = of(d)
	}
	return list
}

func eachRecord[D any](documents iter.Seq2[D, error], of func(D) record) iter.Seq2[record, error] {
	return func(yield func(record, error) bool) {
		for d, err := range documents {
			if !yield(of(d), err) {
				return
			}
		}
	}
}
