package store

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// SearchCount is how often a text was searched for on one day, or in a period.
type SearchCount struct {
	Day     time.Time // its first moment in the city's zone
	Text    string
	Asked   int
	Nothing int // times that no letter held every word
}

// AnswerCount is how often a published answer spared somebody a letter.
type AnswerCount struct {
	Day    time.Time
	Number string
	Title  string // filled in by the store, as published
	Chosen int
}

var (
	searchColumns = strings.Fields("day text asked missed")
	chosenColumns = strings.Fields("day letter chosen")
)

// CountSearches adds to what is counted, all of it or nothing. No day and text, and no day and number, may stand twice.
func (s *Store) CountSearches(ctx context.Context, asked []SearchCount, chosen []AnswerCount) error {
	searches := batch{table: "searches", columns: searchColumns, instead: ` ON CONFLICT (day, text)
		DO UPDATE SET asked = searches.asked + excluded.asked, missed = searches.missed + excluded.missed`}
	for _, c := range asked {
		searches.add(c.Day.UnixMilli(), c.Text, c.Asked, c.Nothing)
	}
	answers := batch{table: "answers_chosen", columns: chosenColumns, instead: ` ON CONFLICT (day, letter)
		DO UPDATE SET chosen = answers_chosen.chosen + excluded.chosen`}
	for _, c := range chosen {
		answers.add(c.Day.UnixMilli(), c.Number, c.Chosen)
	}
	err := s.write(ctx, func(ctx context.Context, q querier) error {
		if err := searches.insert(ctx, q); err != nil {
			return err
		}
		return answers.insert(ctx, q)
	})
	if err != nil {
		return fmt.Errorf("count searches: %w", err)
	}
	return nil
}

// CommonSearches are the texts searched for most often in a period, at least so many times.
func (s *Store) CommonSearches(ctx context.Context, p Period, least, limit int) ([]SearchCount, error) {
	return s.searches(ctx, p, least, limit, "SUM(asked) >= $3", "SUM(asked) DESC")
}

// EmptySearches are those of them for which no letter held every word, most often first.
func (s *Store) EmptySearches(ctx context.Context, p Period, least, limit int) ([]SearchCount, error) {
	return s.searches(ctx, p, least, limit, "SUM(asked) >= $3 AND SUM(missed) > 0", "SUM(missed) DESC")
}

func (s *Store) searches(ctx context.Context, p Period, least, limit int, having, order string) ([]SearchCount, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT text, SUM(asked), SUM(missed) FROM searches WHERE day >= $1 AND day < $2
		GROUP BY text HAVING `+having+` ORDER BY `+order+`, text LIMIT $4`, p.From.UnixMilli(), p.To.UnixMilli(), least, limit)
	if err != nil {
		return nil, fmt.Errorf("read searches: %w", err)
	}
	return collect(rows, func(c *SearchCount) []any { return []any{&c.Text, &c.Asked, &c.Nothing} })
}

// SearchTotals counts all searches of a period, also those too rare to be shown, and the letters that answers spared.
func (s *Store) SearchTotals(ctx context.Context, p Period) (t SearchCount, spared int, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT COALESCE(SUM(asked), 0), COALESCE(SUM(missed), 0),
		(SELECT COALESCE(SUM(chosen), 0) FROM answers_chosen WHERE day >= $1 AND day < $2) FROM searches WHERE day >= $1 AND day < $2`,
		p.From.UnixMilli(), p.To.UnixMilli()).Scan(&t.Asked, &t.Nothing, &spared)
	if err != nil {
		return t, 0, fmt.Errorf("count searches: %w", err)
	}
	return t, spared, nil
}

// ChosenAnswers are the answers that spared most letters in a period, of those that the public may still read.
func (s *Store) ChosenAnswers(ctx context.Context, p Period, limit int) ([]AnswerCount, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT c.letter, c.n, l.open_title FROM (
			SELECT letter, SUM(chosen) AS n FROM answers_chosen WHERE day >= $1 AND day < $2 GROUP BY letter) c
		JOIN letters l ON l.number = c.letter WHERE l.published_at IS NOT NULL AND l.guard = '' ORDER BY c.n DESC, c.letter LIMIT $3`,
		p.From.UnixMilli(), p.To.UnixMilli(), limit)
	if err != nil {
		return nil, fmt.Errorf("read chosen answers: %w", err)
	}
	return collect(rows, func(c *AnswerCount) []any { return []any{&c.Number, &c.Chosen, &c.Title} })
}
