package store_test

import (
	"cmp"
	"slices"
	"testing"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
)

// marked is a letter with these keys, received so many days after day.
func marked(serial, days int, unit, guard string, keys ...int64) *letter.Letter {
	l := placed(serial, unit, guard)
	l.Received = day.AddDate(0, 0, days)
	l.Mark = letter.Fingerprint{Keys: keys, Sketch: []byte{1, 2, 3, 4, 5}}
	return l
}

// alikeFor finds as intake and desk do: keys first, then letters.
func alikeFor(t *testing.T, s *store.Store, reader *store.Reader, keys []int64, days, perKey int) []letter.Alike {
	t.Helper()
	near, err := s.Near(t.Context(), keys, day.AddDate(0, 0, -days), day, perKey)
	must(err)
	var all []string
	for _, n := range near {
		all = append(all, n.Number)
	}
	var found []letter.Alike
	if reader == nil {
		found, err = s.Alike(t.Context(), all)
	} else {
		found, err = s.AlikeFor(t.Context(), *reader, all)
	}
	must(err)
	slices.SortFunc(found, func(a, b letter.Alike) int {
		return cmp.Or(b.Received.Compare(a.Received), cmp.Compare(b.Number, a.Number))
	})
	return found
}

func foundNumbers(list []letter.Alike) []string {
	var all []string
	for _, a := range list {
		all = append(all, a.Number)
	}
	return all
}

const big = int64(-1) << 62 // keys are hashes: any whole number

func TestLettersAlikeShareAKeyAndWereReceivedInTheWindow(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		old, a, b, other := marked(1, -9, "cgj", "", big, 7), marked(2, -2, "cgj", "", big, 7), marked(3, -1, "jtj", "", 7, 8), marked(4, -1, "cgj", "", 9)
		insert(t, s, old, a, b, other)
		for _, c := range []struct {
			keys   []int64
			days   int // of the window, up to day
			perKey int
			want   []string
		}{
			{[]int64{big, 7}, 5, 20, []string{b.Number, a.Number}}, // newest first, each once
			{[]int64{big, 7}, 10, 20, []string{b.Number, a.Number, old.Number}},
			{[]int64{7}, 10, 1, []string{b.Number}},
			{[]int64{9, 8, 7, 6, 5, 4}, 1, 20, []string{other.Number, b.Number}},
			{[]int64{10}, 10, 20, nil},
			{nil, 10, 20, nil},
		} {
			found := alikeFor(t, s, nil, c.keys, c.days, c.perKey)
			if !slices.Equal(foundNumbers(found), c.want) {
				t.Errorf("%v in %d days: %v, want %v", c.keys, c.days, foundNumbers(found), c.want)
			}
		}
		found := alikeFor(t, s, nil, []int64{9}, 5, 20)
		if len(found) != 1 || found[0].Title != other.Title || found[0].Sender != "s" || found[0].Unit != "cgj" ||
			found[0].State != letter.Assigned || found[0].Assigned || !found[0].Received.Equal(other.Received) {
			t.Errorf("%+v", found)
		}
	})
}

// What is kept from readers teaches nobody and is shown to nobody, from its first or from a later moment on.
func TestGuardedAndAccusingLettersAreAlikeToNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		guarded, accusing, later := marked(1, -1, "cgj", letter.GuardDuty, 7), marked(2, -1, "cgj", "", 7), marked(3, -1, "cgj", "", 7)
		accusing.Accused = []string{"jtj"}
		insert(t, s, guarded, accusing, later)
		if found := alikeFor(t, s, nil, []int64{7}, 5, 20); !slices.Equal(foundNumbers(found), []string{later.Number}) {
			t.Fatalf("%v", foundNumbers(found))
		}
		_, err := s.Update(t.Context(), later.Number, func(l *letter.Letter) error {
			return l.Record(letter.Objection, letter.Actor{Party: letter.ByUnit, Member: "m", Unit: "cgj"}, day, letter.Facts{Guard: letter.GuardDuty, Reason: "x"}, letter.Facts{Basis: "x"})
		})
		must(err)
		if found := alikeFor(t, s, nil, []int64{7}, 5, 20); len(found) != 0 {
			t.Errorf("sealed and found: %v", foundNumbers(found))
		}
		duty := store.ReaderOf(staff.Member{Login: "d", Roles: []staff.Role{staff.Duty, staff.Dispatcher}})
		if found := alikeFor(t, s, &duty, []int64{7}, 5, 20); len(found) != 0 {
			t.Errorf("sealed and shown: %v", foundNumbers(found))
		}
	})
}

func TestAMemberFindsOnlyLettersAlikeThatHeMayRead(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		own, foreign := marked(1, -1, "cgj", "", 7), marked(2, -2, "jtj", "", 7)
		insert(t, s, own, foreign)
		for _, c := range []struct {
			reader store.Reader
			want   []string
		}{
			{store.Reader{All: true}, []string{own.Number, foreign.Number}},
			{store.Reader{Units: []string{"cgj"}, Own: "cgj"}, []string{own.Number}},
			{store.Reader{}, nil},
		} {
			found := alikeFor(t, s, &c.reader, []int64{7}, 5, 20)
			if !slices.Equal(foundNumbers(found), c.want) {
				t.Errorf("%+v reads %v, want %v", c.reader, foundNumbers(found), c.want)
			}
		}
	})
}

// A unit is sure of its letter when it signed for it, or when a person found it.
func TestAUnitThatSignedIsSure(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		guessed, signed, found := marked(1, -1, "cgj", "", 7), marked(2, -2, "cgj", "", 7), marked(3, -3, "", "", 7)
		must(signed.Record(letter.Acceptance, letter.Actor{Party: letter.ByUnit, Member: "m", Unit: "cgj"}, day, letter.Facts{}, letter.Facts{}))
		found.Placement.Queue = letter.DispatchQueue
		must(found.Record(letter.Assignment, letter.Actor{Party: letter.ByDispatcher, Member: "p"}, day, letter.Facts{Unit: "cgj"}, letter.Facts{}))
		insert(t, s, guessed, signed, found)
		list := alikeFor(t, s, nil, []int64{7}, 5, 20)
		if len(list) != 3 || list[0].Assigned || !list[1].Assigned || !list[2].Assigned {
			t.Errorf("%+v", list)
		}
	})
}
