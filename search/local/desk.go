package local

import (
	"context"
	"fmt"
	"iter"
	"strconv"
	"time"

	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"

	"huiyin/internal/segment"
	"huiyin/search"
)

// Desk is the members' index: the same engine as Index, over all letters, in a folder of its own. It stores no text.
type Desk struct{ index *Index }

var _ search.Desk = (*Desk)(nil)

// deskEdition is raised when the fields below change.
const deskEdition = "-desk1"

// OpenDesk opens the members' index in dir as Open does the public one.
func OpenDesk(dir string, segmenter *segment.Segmenter, words ...string) (*Desk, error) {
	x, err := open(dir, deskEdition, segmenter, words)
	if err != nil {
		return nil, err
	}
	return &Desk{x}, nil
}

// The fields that a letter has for members beside those of entry.go.
const (
	stateField   = "state"
	guardField   = "guard"
	sharedField  = "shared" // no guard keeps it: a letter that lacks both is shown to nobody
	accusedField = "accused"
	helpingField = "helping"
	urgentField  = "urgent"
	senderField  = "sender"
	nameField    = "name"
)

// yes is the term of a field that holds nothing else.
const yes = "y"

// deskRecord is a letter for members.
type deskRecord search.DeskDocument

func ofDesk(d search.DeskDocument) record { return deskRecord(d) }

func (d deskRecord) number() string { return d.Number }

func (d deskRecord) entry(cut *segment.Segmenter) (*document.Document, error) {
	e := fieldsOf(search.Document{Number: d.Number, Unit: d.Unit, Title: d.Title, Body: d.Body, Reply: d.Reply, Answered: d.Received}, cut)
	add := func(name string, values ...string) {
		terms := index.TokenFrequencies{}
		for _, value := range values {
			if value != "" {
				terms[value] = oneTerm(value)[value]
			}
		}
		if len(terms) > 0 {
			e.AddField(&field{name: name, options: plain, terms: terms})
		}
	}
	add(stateField, string(d.State))
	add(guardField, d.Guard)
	add(accusedField, d.Accused...)
	add(helpingField, d.Helping...)
	add(senderField, d.Sender)
	add(nameField, d.Name)
	if d.Guard == "" {
		add(sharedField, yes)
	}
	if d.Urgent {
		add(urgentField, yes)
	}
	return e, nil
}

// Put adds or replaces letters; they are safe from a crash once it returns.
func (d *Desk) Put(ctx context.Context, documents ...search.DeskDocument) error {
	return d.index.putAll(ctx, recordsOf(documents, ofDesk))
}

// Delete takes letters out.
func (d *Desk) Delete(ctx context.Context, numbers ...string) error {
	return d.index.Delete(ctx, numbers...)
}

// Rebuild replaces the whole index, as Index.Rebuild does; it then holds what happened up to the moment given.
func (d *Desk) Rebuild(ctx context.Context, through time.Time, documents iter.Seq2[search.DeskDocument, error]) error {
	if err := d.index.rebuild(ctx, eachRecord(documents, ofDesk)); err != nil {
		return err
	}
	return d.SetThrough(ctx, through)
}

var throughKey = []byte("huiyin-through")

// Through is the moment up to which the index holds what happened to letters; zero: a rebuild must tell.
func (d *Desk) Through() (time.Time, error) {
	value, err := d.remembered(throughKey)
	if err != nil || len(value) == 0 {
		return time.Time{}, err
	}
	ms, err := strconv.ParseInt(string(value), 10, 64)
	if err != nil {
		return time.Time{}, fmt.Errorf("search index: through %q: %w", value, err)
	}
	return time.UnixMilli(ms).UTC(), nil
}

// SetThrough keeps that moment in the index itself, so that it is never ahead of what is in it.
func (d *Desk) SetThrough(ctx context.Context, at time.Time) error {
	return d.remember(ctx, throughKey, strconv.AppendInt(nil, at.UnixMilli(), 10))
}

var grantedKey = []byte("huiyin-granted")

// Granted is the wish for a rebuild that this index came to be by, as Grant was told; empty: none, or not complete.
func (d *Desk) Granted() ([]byte, error) { return d.remembered(grantedKey) }

// Grant keeps in the index which wish it was built by, so that the same one does not build it again.
func (d *Desk) Grant(ctx context.Context, wish []byte) error {
	return d.remember(ctx, grantedKey, wish)
}

func (d *Desk) remembered(key []byte) ([]byte, error) {
	d.index.writing.Lock()
	defer d.index.writing.Unlock()
	value, err := d.index.current.GetInternal(key)
	if err != nil {
		return nil, fmt.Errorf("search index: %w", err)
	}
	return value, nil
}

func (d *Desk) remember(ctx context.Context, key, value []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	d.index.writing.Lock()
	defer d.index.writing.Unlock()
	if err := d.index.current.SetInternal(key, value); err != nil {
		return fmt.Errorf("search index: %w", err)
	}
	return nil
}

// Use takes over a vocabulary, as Index.Use does.
func (d *Desk) Use(ctx context.Context, vocabulary search.Vocabulary) error {
	return d.index.Use(ctx, vocabulary)
}

// NeedsRebuild says that the index may lack letters, see Index.NeedsRebuild.
func (d *Desk) NeedsRebuild() bool { return d.index.NeedsRebuild() }

// Health says why the index cannot answer.
func (d *Desk) Health(ctx context.Context) error { return d.index.Health(ctx) }

// Count is the number of letters in the index.
func (d *Desk) Count(ctx context.Context) (int, error) { return d.index.Count(ctx) }

// Close gives the folder free.
func (d *Desk) Close() error { return d.index.Close() }
