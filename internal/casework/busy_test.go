package casework_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
	"huiyin/sla"
)

// Two seasons of sixty days: one over Mid-Autumn and National Day with their make-up
// days, one over a New Year whose notice comes in the middle.
var (
	autumn = season{seed: 20260907, first: "2026-09-07", almanac: of2026}
	winter = season{seed: 20261125, first: "2026-11-25", almanac: of2026, notice: 26}
)

// busy: HUIYIN_LONG asks for all seasons with 2,000 letters.
var busy = os.Getenv("HUIYIN_LONG") != ""

func letters() int {
	if busy {
		return 2_000
	}
	return 150
}

// Every event and every date of a city in sixty days is what a count day by day gives.
func TestSixtyDaysOfABusyCity(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) { autumn.live(t, url, 1) })
	if busy {
		storetest.EachURL(t, func(t *testing.T, url string) { winter.live(t, url, 1) })
	}
}

// Two replicas that sweep and act beside each other do the same.
func TestSixtyDaysWithTwoReplicas(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) { winter.live(t, url, 2) })
	if busy {
		storetest.EachURL(t, func(t *testing.T, url string) { autumn.live(t, url, 2) })
	}
}

// town is a season at work.
type town struct {
	*house
	season
	replicas []*store.Store
	letters  []*followed

	sync.Mutex
	done, refused map[letter.Step]int
}

// followed is a letter with what the model says of it.
type followed struct {
	written
	r      *rand.Rand
	number string
	life   *life
	next   time.Time // when somebody looks at it
}

func (s season) live(t *testing.T, url string, replicas int) {
	t.Parallel()
	w := &town{season: s, done: map[letter.Step]int{}, refused: map[letter.Step]int{}}
	for range replicas {
		w.replicas = append(w.replicas, storetest.Open(t, url))
	}
	w.house = &house{testhouse.New(t, w.replicas[0])}
	w.with(sla.Policy{ID: "petition", Name: "信访", Source: "测试用", Kind: letter.Report,
		Limits: map[string]sla.Limit{"sender": {Amount: 15, Unit: sla.CalendarDay}, "unit": {Amount: 15, Unit: sla.CalendarDay}},
		Starts: map[string]letter.Step{"sender": letter.Admission, "unit": letter.Admission}})
	for i := range letters() {
		r := rand.New(rand.NewPCG(s.seed, uint64(i)))
		w.letters = append(w.letters, &followed{written: s.written(r), r: r})
	}
	turns := s.turns(rand.New(rand.NewPCG(s.seed, 0)))
	for _, turn := range turns {
		w.turn(turn)
		if t.Failed() {
			t.Fatalf("seed %d, in the turn from %s", s.seed, stamp(turn.from))
		}
	}
	w.compare(t)
}

// turn plays one stretch: sweeps, and then what people do, on all replicas.
func (w *town) turn(t turn) {
	if t.announced {
		w.announce()
	}
	for _, f := range w.letters {
		f.expect(t)
	}
	if t.alone || len(w.replicas) == 1 {
		w.together(func(s *store.Store, _ string) { w.sweeps(s, t) })
	}
	if t.redate {
		w.together(func(s *store.Store, me string) {
			_, err := (&casework.Redater{Letters: s, Progress: s, City: w.Rules, Now: clock(t.from), Me: me}).Run(w.T.Context())
			w.check(err)
		})
	}
	var beside sync.WaitGroup
	defer beside.Wait()
	if !t.alone && len(w.replicas) > 1 {
		beside.Go(func() { w.together(func(s *store.Store, _ string) { w.sweeps(s, t) }) })
	}
	w.people(t)
}

func (w *town) together(do func(s *store.Store, me string)) {
	var all sync.WaitGroup
	for i, s := range w.replicas {
		all.Go(func() { do(s, fmt.Sprint(i)) })
	}
	all.Wait()
}

func (w *town) check(err error) {
	if err != nil {
		w.T.Error(err)
	}
}

func clock(at time.Time) func() time.Time { return func() time.Time { return at } }

func (w *town) casework(s *store.Store, at time.Time) *casework.Service {
	return &casework.Service{Letters: s, City: w.Rules, Now: clock(at)}
}

func (w *town) sweeps(s *store.Store, t turn) {
	for _, at := range t.sweeps {
		_, err := w.casework(s, t.from).Sweep(w.T.Context(), at)
		w.check(err)
	}
}

// announce puts of2027 in force, and the policy that Announce takes from no pack.
func (w *town) announce() {
	policies := w.City.Clocks.Policies
	w.Announce(sla.Year{Year: 2027, Source: "演示用，并非真实通知", Off: specials(off2027), Work: specials(work2027)})
	city, rules := *w.City, *w.City.Clocks
	rules.Policies = policies
	city.Clocks = &rules
	w.City = &city
}

func specials(list string) (days []sla.Special) {
	for _, d := range strings.Fields(list) {
		days = append(days, sla.Special{Date: d, Name: "元旦"})
	}
	return days
}

// people act on their letters up to the end of the turn, each letter on its own.
func (w *town) people(t turn) {
	work := make(chan *followed)
	var hands sync.WaitGroup
	for i := range 8 {
		hands.Go(func() {
			for f := range work {
				w.follow(f, t, w.replicas[i%len(w.replicas)])
			}
		})
	}
	for _, f := range w.letters {
		if f.life == nil && !f.at.After(t.until) || f.life != nil && !f.next.After(t.until) && !f.life.over() {
			work <- f
		}
	}
	close(work)
	hands.Wait()
}

// expect is what the beginning of a turn does to the letter.
func (f *followed) expect(t turn) {
	if f.life == nil {
		return
	}
	for _, at := range t.sweeps {
		f.life.swept(at, t.almanac)
	}
	if t.redate && f.life.state.Open() {
		f.life.redated(t.from, t.almanac)
	}
}

func (w *town) follow(f *followed, t turn, s *store.Store) {
	if f.life == nil {
		w.submit(f, t, s)
	}
	for ; !f.next.After(t.until) && !f.life.over(); f.next = f.next.Add(f.life.pace(f.r)) {
		if step := f.life.pick(f.r); step != "" {
			d := f.life.deed(f.r, f.next, step)
			before := f.life
			f.life = before.taken(&d, t.almanac)
			w.try(f, before, d, s)
		}
	}
}

func (w *town) submit(f *followed, t turn, s *store.Store) {
	door := *w.Intake
	door.Letters, door.Now = s, clock(f.at)
	receipt, err := door.Submit(w.T.Context(), f.draft)
	w.check(err)
	if err != nil {
		f.number, f.life, f.next = "", &life{}, t.until.AddDate(1, 0, 0)
		return
	}
	f.number = receipt.Number
	l := w.Read(f.number)
	f.life = submitted(matter{l.Kind, l.Urgency, l.Column, l.Channel}, f.draft.Deadline, f.at, t.almanac)
	if l.Unit != "" {
		d := deed{at: f.at, step: letter.Assignment, in: casework.Input{Unit: l.Unit}}
		f.life = f.life.taken(&d, t.almanac)
	}
	w.same(f, "submitted", f.life.dates(), datesOf(l))
	f.next = f.at.Add(f.life.pace(f.r))
}

// try takes the step for real and compares the outcome and all dates with the model's.
func (w *town) try(f *followed, before *life, d deed, s *store.Store) {
	l, err := w.do(f, before, d, s)
	w.count(d)
	switch {
	case d.refused && !refusal(err):
		w.T.Errorf("%s: %s at %s should be refused: %v\n%s\n%s", f.number, d.step, stamp(d.at), err, before, strings.Join(before.events, "\n"))
	case !d.refused && err != nil:
		w.T.Errorf("%s: %s at %s: %v\n%s\n%s", f.number, d.step, stamp(d.at), err, before, strings.Join(before.events, "\n"))
	case !d.refused:
		w.same(f, fmt.Sprintf("%s at %s", d.step, stamp(d.at)), d.dates, datesOf(l))
		if l.State == letter.Answered && before.state != letter.Answered {
			w.same(f, "figures", []string{f.life.figures(d.at)}, []string{fmt.Sprint(stamp(l.Figures.DueAt), l.Figures.Late, l.Figures.WorkingMinutes)})
		}
	}
}

func (w *town) count(d deed) {
	w.Lock()
	defer w.Unlock()
	if d.refused {
		w.refused[d.step]++
	} else {
		w.done[d.step]++
	}
}

// refusal: a person is told no, for whatever reason.
func refusal(err error) bool {
	var told *letter.Error
	return errors.As(err, &told) && !letter.IsKind(err, letter.KindUnavailable)
}

var senders = []letter.Step{letter.Rating, letter.Supplement, letter.Withdrawal, letter.RefusalObjection}

// do takes the step; where there are two replicas now and then with both at once,
// and one of them must be refused.
func (w *town) do(f *followed, before *life, d deed, s *store.Store) (*letter.Letter, error) {
	again := d.step != letter.DraftReply && d.step != letter.InterimReply && d.step != letter.Withholding && !d.refused
	if len(w.replicas) == 1 || !again || f.r.IntN(8) > 0 {
		return w.ask(f, before, d, s)
	}
	letters, errs := make([]*letter.Letter, 2), make([]error, 2)
	var both sync.WaitGroup
	for i, s := range w.replicas {
		both.Go(func() { letters[i], errs[i] = w.ask(f, before, d, s) })
	}
	both.Wait()
	if errs[0] == nil {
		letters[0], errs[0], letters[1], errs[1] = letters[1], errs[1], letters[0], errs[0]
	}
	if !refusal(errs[0]) {
		w.T.Errorf("%s: %s at %s on both replicas: %v, %v", f.number, d.step, stamp(d.at), errs[0], errs[1])
	}
	return letters[1], errs[1]
}

func (w *town) ask(f *followed, before *life, d deed, s *store.Store) (*letter.Letter, error) {
	house := w.casework(s, d.at)
	if slices.Contains(senders, d.step) {
		return house.SenderSteps()[d.step](w.T.Context(), f.number, d.in)
	}
	return house.Take(w.T.Context(), f.number, d.step, w.who(before, d.step), d.in)
}

// who takes a step: one of those who may.
func (w *town) who(l *life, step letter.Step) staff.Member {
	avoid := w.City.Cast(letter.DraftReply, l.unit, "", "").Login
	switch {
	case step == letter.RefusalApproval:
		avoid = dispatcher
	case step == letter.SupplementRequest && l.unit == "":
		return w.Member(dispatcher)
	}
	return w.City.Cast(step, l.unit, "", avoid)
}

func (w *town) same(f *followed, when string, want, got []string) {
	if !slices.Equal(want, got) {
		w.T.Errorf("%s, %s: %s\nwant %s\ngot  %s\n%s", f.number, when, f.life, strings.Join(want, "\n     "), strings.Join(got, "\n     "), strings.Join(f.life.events, "\n"))
	}
}

func datesOf(l *letter.Letter) (list []string) {
	for _, c := range l.Clocks {
		list = append(list, dateLine(c.Name, c.Unit, c.Started, c.Due, c.Stopped, c.PausedSince, c.Provisional))
	}
	return list
}

// compare asks that every letter has the events that the model gives, none else and
// none twice, with the dates kept, and that verify finds nothing.
func (w *town) compare(t *testing.T) {
	byNumber := map[string]*followed{}
	for _, f := range w.letters {
		byNumber[f.number] = f
	}
	total, byTime := 0, map[letter.Step]int{}
	must(t, w.Store.EachLetter(context.Background(), func(l *letter.Letter, row letter.Kept) error {
		f := byNumber[l.Number]
		delete(byNumber, l.Number)
		var got []string
		for _, e := range l.Events {
			got = append(got, eventLine(e))
			if e.Actor.Party == letter.ByTime {
				byTime[e.Step]++
			}
		}
		total += len(got)
		want := slices.Clone(f.life.events)
		slices.Sort(want)
		slices.Sort(got)
		w.same(f, "events at the end", want, got)
		w.same(f, "dates at the end", f.life.dates(), datesOf(l))
		if faults := append(l.Verify(row), w.City.Clocks.Verify(l)...); len(faults) > 0 {
			t.Error(faults)
		}
		return nil
	}))
	if len(byNumber) > 0 {
		t.Errorf("%d letters are missing", len(byNumber))
	}
	for step := range states {
		if w.done[step] == 0 {
			t.Errorf("nobody took the step %s", step)
		}
	}
	for _, step := range []letter.Step{letter.Objection, letter.ExtensionRequest, letter.ExtensionApproval} {
		if w.refused[step] == 0 {
			t.Errorf("no %s was refused", step)
		}
	}
	t.Logf("seed %d, %d letters, %d events; by people %v; refused %v; by time %v", w.seed, len(w.letters), total, w.done, w.refused, byTime)
}

func eventLine(e letter.Event) string {
	f, err := e.PublicFacts()
	if err != nil {
		return err.Error()
	}
	what := string(e.Step)
	switch e.Step {
	case letter.Assignment:
		what += " " + f.Unit
	case letter.ExtensionRequest, letter.ExtensionApproval:
		what += " " + stamp(time.UnixMilli(f.Until))
	case letter.Rung:
		what += fmt.Sprintf(" %s/%s %s", f.Clock, f.Rung, f.Unit)
	case letter.Redating:
		var moves []string
		for _, m := range f.Moves {
			past := ""
			if m.Past {
				past = " past"
			}
			moves = append(moves, fmt.Sprintf("%s %s→%s%s", m.Clock, stamp(time.UnixMilli(m.Was)), stamp(time.UnixMilli(m.Until)), past))
		}
		what += " " + strings.Join(moves, ", ")
	}
	if e.Actor.Party == letter.ByTime {
		what += " by time"
	}
	return stamp(e.At) + " " + what
}
