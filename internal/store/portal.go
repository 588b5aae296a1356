package store

import (
	"context"
	"fmt"
)

// CountSurveyAnswers is how many forms a survey has, for lists that show no more.
func (s *Store) CountSurveyAnswers(ctx context.Context, survey string) (n int, err error) {
	if err := s.db.QueryRowContext(ctx, `SELECT COUNT(*) FROM survey_answers WHERE survey = $1`, survey).Scan(&n); err != nil {
		return 0, fmt.Errorf("count answers to %s: %w", survey, err)
	}
	return n, nil
}
