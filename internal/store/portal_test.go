package store_test

import (
	"testing"

	"huiyin/intake/survey"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
)

// A second form of the same person is not counted, and surveys are counted apart.
func TestSurveyAnswersAreCountedOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for _, f := range []struct{ survey, id, once string }{{"bus", "1", "a"}, {"bus", "2", "b"}, {"bus", "3", "a"}, {"meals", "4", "a"}} {
			if _, err := s.AddSurveyAnswer(t.Context(), f.survey, survey.Form{ID: f.id, Once: f.once, Body: []byte("{}"), At: day}); err != nil {
				t.Fatal(err)
			}
		}
		for id, want := range map[string]int{"bus": 2, "meals": 1, "none": 0} {
			if n, err := s.CountSurveyAnswers(t.Context(), id); err != nil || n != want {
				t.Errorf("%s: %d, %v; want %d", id, n, err, want)
			}
		}
	})
}
