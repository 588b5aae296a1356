package store_test

import (
	"slices"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
)

// Due are the letters that were owed an answer in the period: open or answered, late or not, but not what was
// withdrawn, and nothing that the reader may not see.
func TestDueRatesCountWhatWasOwed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		onTime, late, open, withdrawn := placed(1, "cgj", ""), placed(2, "cgj", ""), placed(3, "cgj", ""), placed(4, "cgj", "")
		guarded, accusing := placed(5, "jw", letter.GuardUnit("jw")), placed(6, "gaj", "")
		accusing.Accused = []string{"zfb"}
		answer(onTime, day.Add(10*time.Hour))
		answer(late, day.Add(100*time.Hour))
		must(withdrawn.Record(letter.Withdrawal, letter.SenderActor, day.Add(time.Hour), letter.Facts{}, letter.Facts{}))
		insert(t, s, onTime, late, open, withdrawn, guarded, accusing)

		due := day.Add(72 * time.Hour)
		periods := []store.Period{{From: day, To: due}, {From: due, To: due.Add(time.Millisecond)}}
		for own, n := range map[string]int{"": 4, "zfb": 3} {
			reader := store.Reader{All: true, Own: own}
			rates, err := s.DueRates(t.Context(), reader, periods)
			want := []store.DueRate{{Period: periods[0]}, {Period: periods[1], Due: n, DueOnTime: 1}}
			if err != nil || !slices.Equal(rates, want) {
				t.Errorf("own unit %q: %+v %v, want %+v", own, rates, err, want)
			}
			whole, err := s.Whole(t.Context(), reader, periods[1], day)
			if err != nil || whole.Due != n || whole.DueOnTime != 1 {
				t.Errorf("own unit %q: %+v %v", own, whole, err)
			}
		}
	})
}
