package store

import "context"

// DueRate is how many letters were due in a period and how many of them were
// answered in time.
type DueRate struct {
	Period    Period
	Due       int
	DueOnTime int
}

// DueRates counts, for each period, the letters that the reader may see.
func (s *Store) DueRates(ctx context.Context, reader Reader, periods []Period) ([]DueRate, error) {
	list := make([]DueRate, 0, len(periods))
	for _, p := range periods {
		rate := DueRate{Period: p}
		var err error
		if rate.Due, err = s.Count(ctx, reader, Filter{Figure: DueIn, Period: p}); err != nil {
			return nil, err
		}
		if rate.DueOnTime, err = s.Count(ctx, reader, Filter{Figure: DueOnTime, Period: p}); err != nil {
			return nil, err
		}
		list = append(list, rate)
	}
	return list, nil
}
