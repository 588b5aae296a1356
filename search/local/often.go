package local

import (
	"container/list"
	"fmt"
	"math"
	"sync"

	segments "github.com/blevesearch/scorch_segment_api/v2"
)

const (
	// oftenShare is which share of a segment's letters hold a term that is kept: one of so many. bleve finds out how
	// often a letter holds a term by walking all letters before it, so such terms cost most, and long questions have them.
	oftenShare = 16
	// oftenLeast is how many letters must hold it: fewer are walked in no time.
	oftenLeast = 512
	// oftenTerms and oftenMost bound what is kept: so many bytes for each letter of the index, and in all.
	oftenTerms = 128
	oftenMost  = 64 << 20
)

// often is how often each letter of a segment holds a term, for the terms last asked for. The zero value is ready.
type often struct {
	mu    sync.Mutex
	kept  map[oftenKey]*list.Element
	order list.List // of *oftenTerm, the last asked in front
	bytes int
}

type oftenKey struct {
	segment uint64
	term    string
}

type oftenTerm struct {
	key   oftenKey
	freqs []uint8 // by the letter's number
}

// of gives the frequencies of a term that many letters hold; nil: few do.
func (o *often) of(p *part, term string, l termList, letters float64) ([]uint8, error) {
	n := int(p.segment.Count())
	if l.count < oftenLeast || l.count*oftenShare < uint64(n) {
		return nil, nil
	}
	key := oftenKey{p.id, term}
	o.mu.Lock()
	if at := o.kept[key]; at != nil {
		o.order.MoveToFront(at)
		o.mu.Unlock()
		return at.Value.(*oftenTerm).freqs, nil
	}
	o.mu.Unlock()
	freqs, err := frequencies(n, l.postings)
	if err != nil {
		return nil, err
	}
	o.keep(&oftenTerm{key, freqs}, min(int(letters)*oftenTerms, oftenMost))
	return freqs, nil
}

func (o *often) keep(one *oftenTerm, most int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.kept == nil {
		o.kept = map[oftenKey]*list.Element{}
	}
	if o.kept[one.key] != nil {
		return
	}
	o.kept[one.key] = o.order.PushFront(one)
	for o.bytes += len(one.freqs); o.bytes > most; {
		o.drop(o.order.Back())
	}
}

func (o *often) drop(at *list.Element) {
	one := o.order.Remove(at).(*oftenTerm)
	delete(o.kept, one.key)
	o.bytes -= len(one.freqs)
}

// forget drops what belongs to segments that are gone.
func (o *often) forget(gone func(segment uint64) bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for key, at := range o.kept {
		if gone(key.segment) {
			o.drop(at)
		}
	}
}

func frequencies(letters int, postings segments.PostingsList) ([]uint8, error) {
	freqs := make([]uint8, letters)
	walk := postings.Iterator(true, false, false, nil)
	for {
		one, err := walk.Next()
		if err != nil {
			return nil, fmt.Errorf("search: %w", err)
		}
		if one == nil {
			return freqs, nil
		}
		freqs[one.Number()] = uint8(min(one.Frequency(), math.MaxUint8))
	}
}
