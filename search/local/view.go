package local

import (
	"fmt"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segments "github.com/blevesearch/scorch_segment_api/v2"

	"huiyin/internal/segment"
)

// columns are those of an open index. Its segments never change: a letter more is a small segment more, and what is
// merged is a new one.
type columns struct {
	values [len(facetFields)]*names
	often  often
	mu     sync.Mutex
	made   map[uint64]func() (*column, error) // by the segment's id
}

func newColumns() *columns {
	c := &columns{made: map[uint64]func() (*column, error){}}
	for i := range c.values {
		c.values[i] = newNames()
	}
	return c
}

// of gives the columns of a snapshot's segments, made or read, and forgets those of segments that are gone.
func (c *columns) of(all []*scorch.SegmentSnapshot) ([]*column, error) {
	c.mu.Lock()
	now := make(map[uint64]func() (*column, error), len(all))
	for _, one := range all {
		made := c.made[one.Id()]
		if made == nil {
			made = sync.OnceValues(func() (*column, error) { return readColumn(one.Segment(), &c.values) })
		}
		now[one.Id()] = made
	}
	for id := range c.made {
		if now[id] == nil {
			c.often.forget(func(segment uint64) bool { return now[segment] == nil })
			break
		}
	}
	c.made = now
	c.mu.Unlock()
	out := make([]*column, len(all))
	for i, one := range all {
		var err error
		if out[i], err = now[one.Id()](); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// view is the index as it is at one moment: every part of a search sees the same letters. It must be released.
type view struct {
	snapshot *scorch.IndexSnapshot
	parts    []*part
	values   *[len(facetFields)]*names
	often    *often
	cut      *segment.Segmenter // that its letters were cut with
	letters  float64            // of all parts, also those deleted since they were written
	length   float64            // mean, in terms
	newest   int64              // answer
	rarities map[string]float32 // of the terms asked for so far, see rarity
	leave    func()
}

// part is a segment. Letters go by their number in it.
type part struct {
	id      uint64
	segment segments.Segment
	gone    *roaring.Bitmap // nil: none
	column  *column
	fields  map[string]segments.TermDictionary
	lists   map[string]termList
}

// view looks at the index that is current. It keeps Rebuild and Close from taking it away.
func (x *Index) view() (*view, error) {
	x.reading.RLock()
	v, err := viewOf(x.answering, x.columns)
	if err != nil {
		x.reading.RUnlock()
		return nil, fmt.Errorf("search: %w", err)
	}
	v.cut, v.leave = x.segmenter, x.reading.RUnlock
	return v, nil
}

func viewOf(from bleve.Index, columns *columns) (*view, error) {
	engine, err := from.Advanced()
	if err != nil {
		return nil, err
	}
	reader, err := engine.Reader()
	if err != nil {
		return nil, err
	}
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, fmt.Errorf("index is %T", reader)
	}
	v := &view{snapshot: snapshot, values: &columns.values, often: &columns.often, length: 1, newest: unknownTime, rarities: map[string]float32{}}
	made, err := columns.of(snapshot.Segments())
	if err != nil {
		snapshot.Close()
		return nil, err
	}
	total := uint64(0)
	for i, one := range snapshot.Segments() {
		v.parts = append(v.parts, &part{
			id: one.Id(), segment: one.Segment(), gone: one.Deleted(), column: made[i],
			fields: map[string]segments.TermDictionary{}, lists: map[string]termList{},
		})
		v.letters += float64(one.FullSize())
		v.newest = max(v.newest, made[i].newest)
		total += made[i].total
	}
	if v.letters > 0 {
		v.length = max(1, float64(total)/v.letters)
	}
	return v, nil
}

func (v *view) release() {
	v.snapshot.Close()
	if v.leave != nil {
		v.leave()
	}
}

// frequency is how many letters hold the term in the field, those deleted not yet left out.
func (v *view) frequency(field, term string) (n uint64, err error) {
	for _, p := range v.parts {
		l, err := p.list(field, term)
		if err != nil {
			return 0, err
		}
		n += l.count
	}
	return n, nil
}

// termList is which letters of a part hold a term.
type termList struct {
	count    uint64
	letters  *roaring.Bitmap // not to be changed; nil: none
	postings segments.PostingsList
}

func (p *part) list(field, term string) (termList, error) {
	key := field + "\x00" + term
	if l, ok := p.lists[key]; ok {
		return l, nil
	}
	dictionary := p.fields[field]
	if dictionary == nil {
		var err error
		if dictionary, err = p.segment.Dictionary(field); err != nil {
			return termList{}, fmt.Errorf("search: %w", err)
		}
		p.fields[field] = dictionary
	}
	postings, err := dictionary.PostingsList([]byte(term), nil, nil)
	if err != nil {
		return termList{}, fmt.Errorf("search: %w", err)
	}
	l := termList{count: postings.Count(), postings: postings}
	if l.count > 0 {
		l.letters = lettersOf(postings)
	}
	p.lists[key] = l
	return l, nil
}

func lettersOf(postings segments.PostingsList) *roaring.Bitmap {
	walk := postings.Iterator(false, false, false, nil)
	if ready, ok := walk.(segments.OptimizablePostingsIterator); ok {
		if letters := ready.ActualBitmap(); letters != nil {
			return letters
		}
		if one, ok := ready.DocNum1Hit(); ok {
			return roaring.BitmapOf(uint32(one))
		}
	}
	letters := roaring.New()
	for one, err := walk.Next(); err == nil && one != nil; one, err = walk.Next() {
		letters.Add(uint32(one.Number()))
	}
	return letters
}

// live is the letters of a part that are still there, of those given.
func (p *part) live(letters *roaring.Bitmap) *roaring.Bitmap {
	if letters == nil || p.gone == nil {
		return letters
	}
	return roaring.AndNot(letters, p.gone)
}

// every is all letters of a part.
func (p *part) every() *roaring.Bitmap {
	all := roaring.New()
	all.AddRange(0, p.segment.Count())
	return p.live(all)
}
