package search

import "context"

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
	if err != nil || q.Exactly || q.Text == "" || found.Exact >= fewLetters {
		return found, err
	}
	may, err := r.likelier(ctx, q, found.Exact, ask)
	if err != nil || len(may) == 0 {
		return found, err
	}
	if found.Exact > 0 {
		found.MayMean = may[:min(len(may), maxMayMean)]
		return found, nil
	}
	q.Text, q.Exactly = may[0], true
	better, err := ask.Search(ctx, q)
	better.Corrected, better.MayMean, better.Took = may[0], may[1:min(len(may), 1+maxMayMean)], better.Took+found.Took
	return better, err
}

// likelier are the corrections that find letters, and many times as many as the text as it was typed.
func (r Reader) likelier(ctx context.Context, q Query, exact int, ask Asking) ([]string, error) {
	var may []string
	q.Exactly = true
	for _, text := range r.Corrections(q.Text, maxTried) {
		q.Text = text
		n, err := ask.Exact(ctx, q)
		if err != nil {
			return nil, err
		}
		if n > 0 && n >= manyTimes*exact {
			may = append(may, text)
		}
	}
	return may, nil
}
