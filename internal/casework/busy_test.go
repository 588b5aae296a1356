package casework_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
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
