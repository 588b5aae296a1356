package local

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"huiyin/search"
)

// leastNumber is how many digits of a number narrow a search: fewer are in every letter of a year.
const leastNumber = 4

// numberLength is the length of a letter's number, see letter.NewNumber.
const numberLength = 14

// Find answers a member's question from the letters that his rights let him find.
func (d *Desk) Find(ctx context.Context, q search.DeskQuery) (search.DeskFound, error) {
	if err := ctx.Err(); err != nil {
		return search.DeskFound{}, err
	}
	asked, err := search.Query{Text: q.Text, Page: q.Page, PerPage: q.PerPage, NoFacets: true}.Check()
	if err != nil {
		return search.DeskFound{}, err
	}
	v, err := d.index.view()
	if err != nil {
		return search.DeskFound{}, err
	}
	defer v.release()
	question, err := d.index.questionOf(v, asked.Text)
	if err != nil {
		return search.DeskFound{}, err
	}
	if err := question.ofMember(v, q, asked.Text); err != nil {
		return search.DeskFound{}, err
	}
	found, err := d.index.find(ctx, v, asked, question)
	if err != nil {
		return search.DeskFound{}, err
	}
	return v.deskFound(found, asked, question.sent)
}

// ofMember adds to a question what only members ask for, and what this one may find.
func (q *question) ofMember(v *view, asked search.DeskQuery, text string) error {
	from, to, isNumber := numbersOf(text)
	q.number = q.number || isNumber
	n := len(v.parts)
	q.within, q.named, q.sent = make([]*roaring.Bitmap, n), make([]*roaring.Bitmap, n), make([]*roaring.Bitmap, n)
	for i, p := range v.parts {
		var err error
		if q.within[i], err = p.within(asked); err != nil {
			return err
		}
		if q.sent[i], err = p.sent(asked); err != nil {
			return err
		}
		q.named[i] = q.sent[i]
		if isNumber {
			q.named[i] = or(q.named[i], p.numbered(from, to))
		}
	}
	return nil
}

// sent is the letters of a part that came from who is asked for.
func (p *part) sent(asked search.DeskQuery) (*roaring.Bitmap, error) {
	letters, err := p.union(senderField, asked.Sender)
	if err != nil {
		return nil, err
	}
	named, err := p.union(nameField, asked.Name)
	return or(letters, named), err
}

// numbersOf reads the text as a number or its beginning, as people type it, and gives the numbers that it can be.
func numbersOf(text string) (from, to uint64, ok bool) {
	digits := strings.NewReplacer(" ", "", "　", "", "-", "").Replace(narrow(text))
	if len(digits) < leastNumber || len(digits) > numberLength {
		return 0, 0, false
	}
	from, err := strconv.ParseUint(digits, 10, 64)
	if err != nil || digits[0] == '+' {
		return 0, 0, false
	}
	step := uint64(1)
	for range numberLength - len(digits) {
		step *= 10
	}
	return from * step, from*step + step - 1, true
}

// narrow writes full-width digits as ordinary ones.
func narrow(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' {
			return r - '０' + '0'
		}
		return r
	}, text)
}

// numbered is the letters of a part with these numbers. They are read from the column: the numbers that begin with four
// digits are a month's letters, and their terms would be walked one by one.
func (p *part) numbered(from, to uint64) *roaring.Bitmap {
	letters := roaring.New()
	for letter, number := range p.column.tie {
		if number >= from && number <= to {
			letters.Add(uint32(letter))
		}
	}
	return letters
}

// within is the letters of a part that the member may find and wants.
func (p *part) within(q search.DeskQuery) (*roaring.Bitmap, error) {
	letters, err := p.readable(q.Rights)
	if err != nil || letters == nil {
		return nil, err
	}
	if len(q.States) > 0 {
		states := make([]string, len(q.States))
		for i, s := range q.States {
			states[i] = string(s)
		}
		wanted, err := p.union(stateField, states...)
		if err != nil {
			return nil, err
		}
		letters = and([]*roaring.Bitmap{letters, wanted})
	}
	if q.Unit != "" {
		wanted, err := p.union(unitField, q.Unit)
		if err != nil {
			return nil, err
		}
		letters = and([]*roaring.Bitmap{letters, wanted})
	}
	return letters, nil
}

// readable is the letters of a part that the rights let their member find.
func (p *part) readable(r search.Rights) (*roaring.Bitmap, error) {
	kept, err := p.union(guardField, r.Guards...)
	if err != nil {
		return nil, err
	}
	open, err := p.unguarded(r)
	return or(kept, open), err
}

// unguarded is those of them that no guard keeps.
func (p *part) unguarded(r search.Rights) (*roaring.Bitmap, error) {
	letters, err := p.union(sharedField, yes)
	if err != nil {
		return nil, err
	}
	if !r.All {
		ways, err := p.ways(r)
		if err != nil {
			return nil, err
		}
		letters = and([]*roaring.Bitmap{letters, ways})
	}
	if letters == nil || r.Own == "" {
		return letters, nil
	}
	accusing, err := p.union(accusedField, r.Own)
	if err != nil || accusing == nil {
		return letters, err
	}
	return roaring.AndNot(letters, accusing), nil
}

// ways is the letters that somebody has to do with who may not read all of them.
func (p *part) ways(r search.Rights) (*roaring.Bitmap, error) {
	units, err := p.union(unitField, r.Units...)
	if err != nil {
		return nil, err
	}
	helping, err := p.union(helpingField, r.Units...)
	if err != nil {
		return nil, err
	}
	letters := or(units, helping)
	if !r.Urgent {
		return letters, nil
	}
	urgent, err := p.union(urgentField, yes)
	return or(letters, urgent), err
}

// union is the letters of a part that hold one of the terms in a field; an empty term is in none.
func (p *part) union(field string, terms ...string) (*roaring.Bitmap, error) {
	var letters *roaring.Bitmap
	for _, term := range terms {
		if term == "" {
			continue
		}
		l, err := p.list(field, term)
		if err != nil {
			return nil, err
		}
		letters = or(letters, l.letters)
	}
	return letters, nil
}

func (v *view) deskFound(f found, q search.Query, sent []*roaring.Bitmap) (search.DeskFound, error) {
	out := search.DeskFound{Total: f.total, Exact: f.exact, Marks: f.marks}
	page := f.page(q)
	out.Nearest = len(page)
	for i, one := range page {
		number, err := v.parts[one.part].segment.DocID(uint64(one.letter))
		if err != nil {
			return out, fmt.Errorf("search: %w", err)
		}
		out.Numbers = append(out.Numbers, string(number))
		if by := sent[one.part]; by != nil && by.Contains(one.letter) {
			out.Senders = append(out.Senders, string(number))
		}
		if !one.exact {
			out.Nearest = min(out.Nearest, i)
		}
	}
	return out, nil
}
