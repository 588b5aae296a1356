package store_test

import (
	"slices"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
)

func TestOpenLettersAreListedOnFromANumber(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var numbers []string
		for i := range 5 {
			l := written(i + 1)
			if err := s.Insert(t.Context(), l, nil); err != nil {
				t.Fatal(err)
			}
			numbers = append(numbers, l.Number)
		}
		_, err := s.Update(t.Context(), numbers[2], func(l *letter.Letter) error {
			return l.Record(letter.Withdrawal, letter.SenderActor, l.Received.Add(time.Hour), letter.Facts{}, letter.Facts{})
		})
		if err != nil {
			t.Fatal(err)
		}
		if n, err := s.CountOpen(t.Context()); err != nil || n != 4 {
			t.Errorf("%d open, %v", n, err)
		}
		for after, want := range map[string][]string{
			"": {numbers[0], numbers[1], numbers[3]}, numbers[1]: {numbers[3], numbers[4]}, numbers[4]: nil,
		} {
			if got, err := s.OpenAfter(t.Context(), after, 3); err != nil || !slices.Equal(got, want) {
				t.Errorf("after %q: %v, want %v, %v", after, got, want, err)
			}
		}
	})
}

// Versions of a rule are never lost: clocks go by the one of their start.
func TestAllVersionsOfARuleAreThere(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		item := func(body string, from time.Time) []letter.CityItem {
			return []letter.CityItem{{Kind: "policy", ID: "p", Body: []byte(body), From: from}, {Kind: "unit", ID: "p", Body: []byte(body), From: from}}
		}
		for i, from := range []time.Time{day, {}, day.AddDate(0, 0, 2)} {
			if err := s.PutCityItems(t.Context(), item(string(rune('1'+i)), from), day); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.EndCityItem(t.Context(), "policy", "p", day.AddDate(0, 0, 3), day); err != nil {
			t.Fatal(err)
		}
		list, err := s.CityHistory(t.Context(), "policy")
		if err != nil || len(list) != 3 || !list[0].From.IsZero() || string(list[0].Body) != "2" || string(list[2].Body) != "3" || list[2].Ended.IsZero() {
			t.Errorf("%+v, %v", list, err)
		}
	})
}
