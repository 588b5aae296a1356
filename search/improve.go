package search

import (
	"context"
	"unicode/utf8"
)

const (
	// maxTried is how many corrections are searched for.
	maxTried = 6
	// fewLetters is how few found are taken for a sign of a mistake, and manyTimes how many times as many a correction
	// must find to be offered then.
	fewLetters = 3
	manyTimes  = 10
	maxMayMean = 3
)

// Asking is how an index is asked.
type Asking struct {
	// Search answers a query without correcting it.
	Search func(context.Context, Query) (Result, error)
	// Exact is how many letters hold everything the query asks for, as it is typed.
	Exact func(context.Context, Query) (int, error)
}

// Improve answers a query, and looks for a mistake in one that no letter answers whole, or hardly any. Where none does and
// a correction finds some, its answer is given, with what was searched for; what else may be meant is offered.
func (r Reader) Improve(ctx context.Context, q Query, ask Asking) (Result, error) {
	found, err := ask.Search(ctx, q)
	if err != nil || q.Exactly || q.Text == "" {
		return found, err
	}
	unsaid, err := r.unsaid(ctx, q, ask)
	if err != nil || found.Exact >= fewLetters && !unsaid {
		return found, err
	}
	least := max(1, manyTimes*found.Exact)
	if unsaid {
		least = found.Exact + 1
	}
	may, err := r.likelier(ctx, q, least, ask)
	if err != nil || len(may) == 0 {
		return found, err
	}
	if found.Exact > 0 && !unsaid {
		found.MayMean = may[:min(len(may), maxMayMean)]
		return found, nil
	}
	q.Text, q.Exactly = may[0], true
	better, err := ask.Search(ctx, q)
	better.Corrected, better.MayMean, better.Took = may[0], may[1:min(len(may), 1+maxMayMean)], better.Took+found.Took
	return better, err
}

// unsaid says that a short text has a likely mistake in it that no letter writes: 公 and 基金 stand in many, 公基金 in none.
func (r Reader) unsaid(ctx context.Context, q Query, ask Asking) (bool, error) {
	if r.Lexicon.Len() == 0 || utf8.RuneCountInString(q.Text) > maxShort {
		return false, nil
	}
	fixes := r.fixes(q.Text)
	if len(fixes) == 0 || fixes[0].likely < sameForm {
		return false, nil
	}
	at := fixes[0]
	q.Text, q.Exactly = q.Text[:at.start]+"“"+q.Text[at.start:at.end]+"”"+q.Text[at.end:], true
	n, err := ask.Exact(ctx, q)
	return n == 0, err
}

// likelier are the corrections that find at least so many letters.
func (r Reader) likelier(ctx context.Context, q Query, least int, ask Asking) ([]string, error) {
	var may []string
	q.Exactly = true
	for _, text := range r.Corrections(q.Text, maxTried) {
		q.Text = text
		n, err := ask.Exact(ctx, q)
		if err != nil {
			return nil, err
		}
		if n >= least {
			may = append(may, text)
		}
	}
	return may, nil
}
