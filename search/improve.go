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

// Improve looks for a mistake in a question that no letter answers whole, or hardly any. Where none does and a correction
// finds some, its answer is given, with what was searched for; what else may be meant is offered. ask answers a query that
// is Exactly without correcting it.
func (r Reader) Improve(ctx context.Context, q Query, found Result, ask func(context.Context, Query) (Result, error)) (Result, error) {
	if q.Exactly || q.Text == "" || found.Exact >= fewLetters {
		return found, nil
	}
	corrected := ""
	var may []string
	for _, text := range r.Corrections(q.Text, maxTried) {
		lean := q
		lean.Text, lean.Exactly, lean.Page, lean.PerPage, lean.NoFacets, lean.NoMarks = text, true, 1, 1, true, true
		other, err := ask(ctx, lean)
		if err != nil {
			return Result{}, err
		}
		if other.Exact == 0 || other.Exact < manyTimes*found.Exact {
			continue
		}
		if found.Exact == 0 && corrected == "" {
			corrected = text
		} else if len(may) < maxMayMean {
			may = append(may, text)
		}
	}
	if corrected == "" {
		found.MayMean = may
		return found, nil
	}
	q.Text, q.Exactly = corrected, true
	better, err := ask(ctx, q)
	better.Corrected, better.MayMean, better.Took = corrected, may, better.Took+found.Took
	return better, err
}
