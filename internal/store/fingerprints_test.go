package store_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/routing"
)

// marked is a letter of a matter with these words, received so many days after day.
func marked(serial, days int, unit, guard string, words ...byte) *letter.Letter {
	l := placed(serial, unit, guard)
	l.Received = day.AddDate(0, 0, days)
	l.Sketch = sketch(words...)
	return l
}

// sketch is that of a letter whose telling words these are, the most telling first.
func sketch(words ...byte) (list []byte) {
	for _, w := range words {
		list = append(list, 0, 0, 0, w, 9)
	}
	return list
}

// window of so many days up to day.
func window(days int) (from, to time.Time) { return day.AddDate(0, 0, -days), day }

func foundNumbers(list []letter.Alike) []string {
	var all []string
	for _, a := range list {
		all = append(all, a.Number)
	}
	slices.Sort(all)
	return all
}

func TestLettersAlikeShareAKeyAndWereReceivedInTheWindow(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		old, a, b, other := marked(1, -9, "cgj", "", 1, 2, 3), marked(2, -2, "cgj", "", 1, 2, 3), marked(3, -1, "jtj", "", 3, 2, 7), marked(4, -1, "cgj", "", 20, 21, 22)
		insert(t, s, old, a, b, other)
		for _, c := range []struct {
			words []byte
			days  int
			want  []string
		}{
			{[]byte{1, 2, 3}, 5, []string{a.Number, b.Number}}, // each once
			{[]byte{1, 2, 3}, 10, []string{old.Number, a.Number, b.Number}},
			{[]byte{8, 9, 10, 11, 3, 7}, 10, []string{b.Number}}, // the fifth and the sixth word
			{[]byte{21, 8, 20, 9}, 1, []string{other.Number}},
			{[]byte{1, 20, 7}, 10, nil}, // one word in common is none
			{nil, 10, nil},
		} {
			from, to := window(c.days)
			found, err := s.Alike(t.Context(), routing.Asks(sketch(c.words...)), from, to)
			must(err)
			if !slices.Equal(foundNumbers(found), c.want) {
				t.Errorf("%v in %d days: %v, want %v", c.words, c.days, foundNumbers(found), c.want)
			}
		}
		from, to := window(5)
		found, err := s.Alike(t.Context(), routing.Asks(other.Sketch), from, to)
		must(err)
		if len(found) != 1 || found[0].Title != other.Title || found[0].Sender != "s" || found[0].Unit != "cgj" ||
			found[0].State != letter.Assigned || !found[0].Received.Equal(other.Received) || !bytes.Equal(found[0].Sketch, other.Sketch) {
			t.Errorf("%+v", found)
		}
	})
}

// What is kept from readers teaches nobody and is shown to nobody, from its first or from a later moment on.
func TestGuardedAndAccusingLettersAreAlikeToNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		guarded, accusing, later := marked(1, -1, "cgj", letter.GuardDuty, 1, 2, 3), marked(2, -1, "cgj", "", 1, 2, 3), marked(3, -1, "cgj", "", 1, 2, 3)
		accusing.Accused = []string{"jtj"}
		for _, l := range []*letter.Letter{guarded, accusing, later} {
			sign(l)
		}
		insert(t, s, guarded, accusing, later)
		duty := store.ReaderOf(staff.Member{Login: "d", Roles: []staff.Role{staff.Duty, staff.Dispatcher}})
		from, to := window(5)
		finds := func(want ...string) {
			t.Helper()
			keys := routing.Asks(later.Sketch)
			for name, find := range map[string]func() ([]letter.Alike, error){
				"teachers": func() ([]letter.Alike, error) { return s.Teachers(t.Context(), keys, from, to) },
				"alike":    func() ([]letter.Alike, error) { return s.Alike(t.Context(), keys, from, to) },
				"for duty": func() ([]letter.Alike, error) { return s.AlikeFor(t.Context(), duty, keys, from, to) },
			} {
				found, err := find()
				must(err)
				if !slices.Equal(foundNumbers(found), want) {
					t.Errorf("%s: %v, want %v", name, foundNumbers(found), want)
				}
			}
		}
		finds(later.Number)
		_, err := s.Update(t.Context(), later.Number, func(l *letter.Letter) error {
			return l.Record(letter.Objection, letter.Actor{Party: letter.ByUnit, Member: "m", Unit: "cgj"}, day, letter.Facts{Guard: letter.GuardDuty, Reason: "x"}, letter.Facts{Basis: "x"})
		})
		must(err)
		finds()
	})
}

// sign lets the unit sign for its letter.
func sign(l *letter.Letter) {
	must(l.Record(letter.Acceptance, letter.Actor{Party: letter.ByUnit, Member: "m", Unit: l.Unit}, day, letter.Facts{}, letter.Facts{}))
}

func TestAMemberFindsOnlyLettersAlikeThatHeMayRead(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		own, foreign := marked(1, -1, "cgj", "", 1, 2, 3), marked(2, -2, "jtj", "", 1, 2, 3)
		insert(t, s, own, foreign)
		from, to := window(5)
		for _, c := range []struct {
			reader store.Reader
			want   []string
		}{
			{store.Reader{All: true}, []string{own.Number, foreign.Number}},
			{store.Reader{Units: []string{"cgj"}, Own: "cgj"}, []string{own.Number}},
			{store.Reader{}, nil},
		} {
			found, err := s.AlikeFor(t.Context(), c.reader, routing.Asks(own.Sketch), from, to)
			must(err)
			if !slices.Equal(foundNumbers(found), c.want) {
				t.Errorf("%+v reads %v, want %v", c.reader, foundNumbers(found), c.want)
			}
		}
	})
}

// A letter teaches when its unit signed for it, from the start or later, or when a person found the unit; not any more
// when it is given to another unit.
func TestALetterTeachesWhilePeopleAgreeToItsUnit(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		guessed, signed, found := marked(1, -1, "cgj", "", 1, 2, 3), marked(2, -2, "cgj", "", 1, 2, 3), marked(3, -3, "", "", 1, 2, 3)
		sign(signed)
		found.Placement.Queue = letter.DispatchQueue
		must(found.Record(letter.Assignment, letter.Actor{Party: letter.ByDispatcher, Member: "p"}, day, letter.Facts{Unit: "cgj"}, letter.Facts{}))
		insert(t, s, guessed, signed, found)
		from, to := window(5)
		teach := func(want ...string) {
			t.Helper()
			list, err := s.Teachers(t.Context(), routing.Asks(guessed.Sketch), from, to)
			must(err)
			if !slices.Equal(foundNumbers(list), want) {
				t.Errorf("%v teach, want %v", foundNumbers(list), want)
			}
		}
		teach(signed.Number, found.Number)
		_, err := s.Update(t.Context(), guessed.Number, func(l *letter.Letter) error { sign(l); return nil })
		must(err)
		teach(guessed.Number, signed.Number, found.Number)
		_, err = s.Update(t.Context(), guessed.Number, func(l *letter.Letter) error {
			return l.Record(letter.Transfer, letter.Actor{Party: letter.ByUnit, Member: "m", Unit: "cgj"}, day, letter.Facts{Unit: "jtj"}, letter.Facts{})
		})
		must(err)
		teach(signed.Number, found.Number)
	})
}

// What was stored without a sketch gets one, and is found and teaches as if it had always had it; what is kept from
// readers gets none.
func TestLettersSketchedLaterAreFound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		old, signed, sealed := marked(1, -2, "cgj", ""), marked(2, -1, "cgj", ""), marked(3, -1, "cgj", letter.GuardDuty)
		sign(signed)
		insert(t, s, old, signed, sealed)
		list, err := s.Unsketched(t.Context(), 10)
		must(err)
		if len(list) != 2 || list[0].Number != old.Number || list[1].Number != signed.Number {
			t.Fatalf("without a sketch: %+v", list)
		}
		words := sketch(1, 2, 3)
		must(s.KeepSketches(t.Context(), map[string][]byte{old.Number: words, signed.Number: words, sealed.Number: words}))
		from, to := window(5)
		found, err := s.Alike(t.Context(), routing.Asks(words), from, to)
		must(err)
		teachers, err := s.Teachers(t.Context(), routing.Asks(words), from, to)
		must(err)
		if !slices.Equal(foundNumbers(found), []string{old.Number, signed.Number}) || !slices.Equal(foundNumbers(teachers), []string{signed.Number}) {
			t.Errorf("found %v, teach %v", foundNumbers(found), foundNumbers(teachers))
		}
		if list, err = s.Unsketched(t.Context(), 10); err != nil || len(list) != 0 {
			t.Errorf("again: %v, %v", list, err)
		}
	})
}
