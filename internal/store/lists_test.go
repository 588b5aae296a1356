package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
)

// placed is a letter with a unit and a guard; unit "" leaves it received.
func placed(serial int, unit, guard string) *letter.Letter {
	l := &letter.Letter{
		Number: letter.NewNumber(day, serial), Key: []byte("k"), Channel: letter.Web, Column: letter.Complaints, Kind: letter.Help,
		Urgency: letter.Normal, Title: fmt.Sprint("信 ", serial), Body: "正文", Consent: true, Sender: "s", Received: day,
		Placement: letter.Placement{Unit: unit, Queue: letter.UnitQueue, Guard: guard},
	}
	must(l.Record(letter.Submission, letter.SenderActor, day, letter.Facts{Guard: guard}, letter.Facts{}))
	if unit != "" {
		must(l.Record(letter.Assignment, letter.RouterActor, day, letter.Facts{Unit: unit, Guard: guard}, letter.Facts{}))
	}
	l.Clocks = []letter.Clock{
		{Name: letter.SenderClock, Started: day, Due: day.Add(72 * time.Hour)},
		{Name: letter.UnitClock, Unit: unit, Started: day, Due: day.Add(time.Duration(100-serial) * time.Hour)},
	}
	return l
}

// The lists show each member exactly the letters that staff lets him open one by one.
func TestListsHoldWhatTheMemberMayRead(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var letters []*letter.Letter
		add := func(l *letter.Letter) *letter.Letter {
			letters = append(letters, l)
			return l
		}
		n := 0
		for _, unit := range []string{"", "cgj", "cgj-ld", "gaj"} {
			for _, guard := range []string{"", letter.GuardDuty, letter.GuardUnit("cgj"), letter.GuardUnit("jw"), letter.GuardMember("lina")} {
				n++
				add(placed(n, unit, guard))
			}
		}
		add(placed(30, "gaj", "")).Urgency = letter.Critical
		add(placed(31, "gaj", "")).Placement.Queue = letter.DutyQueue
		add(placed(32, "gaj", "")).Accused = []string{"cgj", "gaj"}
		helped := add(placed(33, "gaj", ""))
		must(helped.Record(letter.Acceptance, letter.TimeActor, day, letter.Facts{}, letter.Facts{}))
		must(helped.Record(letter.Part, letter.Actor{Party: letter.ByUnit, Member: "wu", Unit: "gaj"}, day, letter.Facts{Unit: "cgj"}, letter.Facts{Text: "请协助"}))
		helped.Clocks = append(helped.Clocks, letter.Clock{Name: letter.PartClock, Part: 1, Unit: "cgj", Started: day, Due: day})
		insert(t, s, letters...)

		roleSets := [][]staff.Role{{}, {staff.Admin}, {staff.Duty, staff.Handler}}
		for _, r := range staff.Roles {
			roleSets = append(roleSets, []staff.Role{r})
		}
		for _, roles := range roleSets {
			for _, unit := range []string{"", "cgj", "gaj", "jw"} {
				m := staff.Member{Login: "lina", Unit: unit, Roles: roles}
				if unit == "cgj" {
					m.Covers = []string{"cgj-ld"}
				}
				checkReads(t, s, m, letters)
				m.Disabled = true
				checkReads(t, s, m, letters)
			}
		}
	})
}

func checkReads(t *testing.T, s *store.Store, m staff.Member, letters []*letter.Letter) {
	t.Helper()
	list, total, err := s.List(t.Context(), store.ReaderOf(m), store.Filter{}, store.Page{Number: 1, Size: 100})
	if err != nil {
		t.Fatal(err)
	}
	var want, got []string
	for _, l := range letters {
		if m.MayRead(l) {
			want = append(want, l.Number)
		}
	}
	for _, r := range list {
		got = append(got, r.Number)
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) || total != len(want) {
		t.Errorf("%v of %q disabled=%v: lists %v, may read %v", m.Roles, m.Unit, m.Disabled, got, want)
	}
}

// every list that the desk shows keeps guarded letters from those not named.
func TestNoQueueShowsAGuardedLetter(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for i, guard := range []string{letter.GuardDuty, letter.GuardUnit("jw"), letter.GuardMember("lina")} {
			l := placed(2*i+1, "cgj", guard)
			answer(l, day.Add(80*time.Hour))
			insert(t, s, placed(2*i+2, "cgj", guard), l, placed(2*i+21, "", guard))
		}
		p := store.Period{From: day.Add(-time.Hour), To: day.Add(1000 * time.Hour)}
		late := day.Add(500 * time.Hour)
		filters := []store.Filter{{}, store.DispatchQueue(), store.DutyQueue(), store.UnitQueue("cgj"), store.ReviewQueue(),
			store.PublicationQueue(), store.ExtensionQueue(), store.OverdueQueue(late), {Sender: "s"}, {Number: "260302"}}
		for _, f := range store.Figures {
			filters = append(filters, store.Filter{Figure: f, Period: p, Now: late})
		}
		readers := []store.Reader{{}, {All: true}, {Units: []string{"cgj"}, Own: "cgj"}, {All: true, Own: "cgj", Guards: []string{letter.GuardUnit("cgj")}}}
		for _, reader := range readers {
			for _, f := range filters {
				if n, err := s.Count(t.Context(), reader, f); err != nil || n != 0 {
					t.Errorf("%+v counts %d in %+v: %v", reader, n, f, err)
				}
				if list, n, err := s.List(t.Context(), reader, f, store.Page{Number: 1, Size: 10}); err != nil || n != 0 || len(list) != 0 {
					t.Errorf("%+v sees %d in %+v: %v", reader, n, f, err)
				}
			}
			if units, err := s.Units(t.Context(), reader, p, late); err != nil || len(units) != 0 {
				t.Errorf("%+v counts %+v: %v", reader, units, err)
			}
		}
		duty := store.Reader{Guards: []string{letter.GuardDuty}}
		if n, err := s.Count(t.Context(), duty, store.DutyQueue()); err != nil || n != 2 {
			t.Errorf("the duty officer sees %d %v, want 2", n, err)
		}
		if own, n, err := s.SentBy(t.Context(), "s", store.Page{Number: 1, Size: 100}); err != nil || n != 9 || len(own) != 9 {
			t.Errorf("the sender sees %d of his own letters: %v", n, err)
		}
	})
}

// answer takes a letter to its answer, as casework does.
func answer(l *letter.Letter, at time.Time) {
	lina := letter.Actor{Party: letter.ByUnit, Member: "lina", Unit: "cgj"}
	must(l.Record(letter.Acceptance, lina, at, letter.Facts{}, letter.Facts{}))
	must(l.Record(letter.DraftReply, lina, at, letter.Facts{}, letter.Facts{Text: "已修好。"}))
	must(l.Record(letter.Review, lina, at, letter.Facts{}, letter.Facts{}))
	must(l.Record(letter.Approval, letter.Actor{Party: letter.ByReviewer, Member: "zhao"}, at, letter.Facts{}, letter.Facts{Text: "已修好。"}))
	due := l.Clocks[0].Due
	l.Figures = letter.Figures{DueAt: due, WorkingMinutes: int(at.Sub(l.Received).Minutes()), Late: at.After(due)}
	for i := range l.Clocks {
		l.Clocks[i].Stopped = at
	}
}

func publish(l *letter.Letter, at time.Time) {
	must(l.Record(letter.Publication, letter.Actor{Party: letter.ByReviewer, Member: "qian"}, at, letter.Facts{},
		letter.Facts{Open: &letter.OpenText{Title: "路灯", Body: "某路", Reply: "已修好。"}}))
}

var all = store.Reader{All: true}

func numbers(list []store.Row) []string {
	out := make([]string, len(list))
	for i, r := range list {
		out[i] = r.Number
	}
	return out
}

func TestQueuesAreInOrderOfDueTimeAndPaged(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		insert(t, s, placed(1, "cgj", ""), placed(2, "cgj", ""), placed(3, "cgj", ""), placed(4, "gaj", ""), placed(5, "", ""))
		n := func(serials ...int) []string {
			var list []string
			for _, i := range serials {
				list = append(list, letter.NewNumber(day, i))
			}
			return list
		}
		for _, c := range []struct {
			name   string
			filter store.Filter
			page   store.Page
			want   []string
			total  int
		}{
			{"a later number is due earlier", store.UnitQueue("cgj"), store.Page{Number: 1, Size: 2}, n(3, 2), 3},
			{"second page", store.UnitQueue("cgj"), store.Page{Number: 2, Size: 2}, n(1), 3},
			{"past the end the count still stands", store.UnitQueue("cgj"), store.Page{Number: 9, Size: 2}, n(), 3},
			{"two units", store.UnitQueue("cgj", "gaj"), store.Page{Number: 1, Size: 9}, n(4, 3, 2, 1), 4},
			{"dispatch", store.DispatchQueue(), store.Page{Number: 1, Size: 9}, n(5), 1},
			{"one number", store.Filter{Number: letter.NewNumber(day, 4)}, store.Page{Number: 1, Size: 9}, n(4), 1},
			{"newest", store.Filter{Number: "2603020", Order: store.ByNewest}, store.Page{Number: 1, Size: 2}, n(5, 4), 5},
		} {
			list, total, err := s.List(t.Context(), all, c.filter, c.page)
			if err != nil || total != c.total || !slices.Equal(numbers(list), append([]string{}, c.want...)) {
				t.Errorf("%s: %v of %d %v, want %v of %d", c.name, numbers(list), total, err, c.want, c.total)
			}
		}
	})
}

func TestFiguresOpenTheLettersBehindThem(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		onTime, late, open, paused := placed(1, "cgj", ""), placed(2, "cgj", ""), placed(3, "cgj", ""), placed(4, "cgj", "")
		other, imported := placed(5, "gaj", ""), placed(6, "cgj", "")
		answer(onTime, day.Add(10*time.Hour))
		answer(late, day.Add(72*time.Hour+time.Millisecond))
		answer(other, day.Add(72*time.Hour)) // at the due moment itself is on time
		answer(imported, day.Add(time.Hour))
		imported.Figures, imported.Clocks = letter.Figures{}, nil // it never had a clock
		paused.Clocks[0].PausedSince = day.Add(time.Hour)
		insert(t, s, onTime, late, open, paused, other, imported)

		p := store.Period{From: day, To: day.Add(1000 * time.Hour)}
		now := day.Add(73 * time.Hour)
		units, err := s.Units(t.Context(), all, p, now)
		if err != nil {
			t.Fatal(err)
		}
		want := []store.Performance{
			{Unit: "cgj", Received: 5, Answered: 2, OnTime: 1, Due: 4, DueOnTime: 1, Overdue: 1, MedianMinutes: (600 + 4320) / 2},
			{Unit: "gaj", Received: 1, Answered: 1, OnTime: 1, Due: 1, DueOnTime: 1, MedianMinutes: 4320},
		}
		if !slices.Equal(units, want) {
			t.Errorf("got  %+v\nwant %+v", units, want)
		}
		for f, n := range map[store.Figure]int{store.ReceivedIn: 5, store.AnsweredIn: 2, store.OnTimeIn: 1, store.DueIn: 4, store.DueOnTime: 1, store.Overdue: 1} {
			list, total, err := s.List(t.Context(), all, store.Filter{Figure: f, Period: p, Now: now, Units: []string{"cgj"}}, store.Page{Number: 1, Size: 50})
			if err != nil || total != n || len(list) != n {
				t.Errorf("%s opens %d letters %v, want %d", f, total, err, n)
			}
		}
		city, err := s.City(t.Context(), p, now)
		if want := (store.Performance{Received: 6, Answered: 3, OnTime: 2, Due: 5, DueOnTime: 2, Overdue: 1, MedianMinutes: 4320}); err != nil || city != want {
			t.Errorf("city %+v %v, want %+v", city, err, want)
		}
		early := store.Period{From: day.Add(-time.Hour), To: day}
		if units, err := s.Units(t.Context(), all, early, day); err != nil || len(units) != 0 {
			t.Errorf("a period ends before its last moment: %+v %v", units, err)
		}
		overdue, _, err := s.List(t.Context(), all, store.OverdueQueue(now), store.Page{Number: 1, Size: 9})
		if err != nil || len(overdue) != 1 || overdue[0].Number != open.Number || !overdue[0].Overdue(now) {
			t.Errorf("overdue %+v %v", overdue, err)
		}
		if n, err := s.Count(t.Context(), all, store.OverdueQueue(open.Clocks[0].Due)); err != nil || n != 0 {
			t.Errorf("%d letters are overdue at their due moment: %v", n, err)
		}
	})
}

func TestThePublicReadsWhatIsPublishedNow(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		at := day.Add(time.Hour)
		shown, waiting, taken, secret := placed(1, "cgj", ""), placed(2, "cgj", ""), placed(3, "cgj", ""), placed(4, "cgj", "")
		secret.Flags = []letter.Flag{letter.Secret}
		for _, l := range []*letter.Letter{shown, waiting, taken, secret} {
			answer(l, at)
		}
		publish(shown, at)
		publish(taken, at)
		must(taken.Record(letter.Takedown, letter.Actor{Party: letter.ByReviewer, Member: "qian"}, at, letter.Facts{Reason: "x"}, letter.Facts{}))
		insert(t, s, shown, waiting, taken, secret)

		want, _ := shown.Public()
		if got, err := s.Published(t.Context(), shown.Number); err != nil || got != want {
			t.Errorf("got %+v %v\nwant %+v", got, err, want)
		}
		for _, l := range []*letter.Letter{waiting, taken, secret} {
			if _, err := s.Published(t.Context(), l.Number); !letter.IsKind(err, letter.KindNotFound) {
				t.Errorf("%s is public: %v", l.Number, err)
			}
		}
		newest, err := s.NewestPublished(t.Context(), 5)
		if n, e := s.CountPublished(t.Context()); err != nil || e != nil || n != 1 || len(newest) != 1 || newest[0] != want {
			t.Errorf("%d published: %+v %v %v", n, newest, err, e)
		}
		queue, _, err := s.List(t.Context(), all, store.PublicationQueue(), store.Page{Number: 1, Size: 9})
		// One that was taken down waits for a new decision; what is secret never does.
		if err != nil || !slices.Equal(numbers(queue), []string{waiting.Number, taken.Number}) {
			t.Errorf("publication queue %v %v", numbers(queue), err)
		}
	})
}

func TestAnIndexIsRebuiltFromEveryPublishedLetter(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for i := range 410 {
			l := placed(i+1, "cgj", "")
			answer(l, day)
			if i%2 == 0 {
				publish(l, day)
			}
			insert(t, s, l)
		}
		var seen []string
		err := s.EachPublished(t.Context(), "", func(p letter.Public) error {
			seen = append(seen, p.Number)
			return nil
		})
		if err != nil || len(seen) != 205 || !slices.IsSorted(seen) || len(slices.Compact(seen)) != 205 {
			t.Errorf("%d letters in order %v: %v", len(seen), slices.IsSorted(seen), err)
		}
	})
}
