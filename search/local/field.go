package local

import (
	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"
)

// field is a field of an entry whose terms are known already.
type field struct {
	name    string
	options index.FieldIndexingOptions
	terms   index.TokenFrequencies
	value   []byte // what is stored
}

var _ document.Field = (*field)(nil)

func (f *field) Name() string                                     { return f.name }
func (f *field) ArrayPositions() []uint64                         { return nil }
func (f *field) Options() index.FieldIndexingOptions              { return f.options }
func (f *field) Analyze()                                         {}
func (f *field) Value() []byte                                    { return f.value }
func (f *field) NumPlainTextBytes() uint64                        { return 0 }
func (f *field) Size() int                                        { return len(f.value) + 64*len(f.terms) }
func (f *field) EncodedFieldType() byte                           { return 't' }
func (f *field) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }

// AnalyzedLength is 1 for every field: bleve writes it beside every occurrence, and how long a letter is lies once in
// its facts.
func (f *field) AnalyzedLength() int { return 1 }
