package supervise

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/sla"
	"huiyin/web/page"
)

// shown is how many letters of a list stand on the overview; the rest is one press away.
const shown = 10

// overviewPage is the first page of the supervision.
type overviewPage struct {
	page.Head
	Overdue      []standing
	OverdueTotal int
	OverdueUnits []unitRow // those with overdue letters, most first
	Soon         []standing
	SoonTotal    int
	SoonLink     string
	OverdueLink  string
	Yellow       onLadder
	Leaders      onLadder
	LeadersFirst bool  // the reader is a leader: his list goes before all others
	Hottest      []hot // of the last 30 days, at most three

	Month    month
	Months   []month
	City     unitRow
	Units    []unitRow
	Trend    trend
	Meanings []meaning
}

// standing is a letter in a list with how it stands against its time.
type standing struct {
	Number   string
	Title    string
	Unit     string // name
	Kind     letter.Kind
	State    letter.State
	Urgency  letter.Urgency
	Received time.Time
	Due      time.Time
	Answered time.Time
	Mark     page.Mark
	Days     int // working days over the due time, or left until it
}

// unitRow is a line of the table of units.
type unitRow struct {
	Name string
	store.Performance
	Percent  int // DueOnTime of Due
	Any      bool
	Median   float64 // working days
	Measured bool    // something was answered
	links    func(store.Figure) string
}

// Link opens the letters behind a number.
func (u unitRow) Link(f string) string { return u.links(store.Figure(f)) }

// overview shows what needs a supervisor today and how the units keep their time in a month.
func (s *Server) overview(c *fiber.Ctx) error {
	city, lang, reader := s.City(), page.Lang(c), readerOf(c)
	now := s.Now().In(city.Zone())
	picked, err := monthOf(c.Query("month"), now, lang)
	if err != nil {
		return err
	}
	v := &overviewPage{Head: page.Head{Title: "督办"}, Month: picked, Months: choice(now, picked, lang), Meanings: meanings}
	v.OverdueLink, v.SoonLink = address(store.Overdue, nil, picked.period), address(soonFigure, nil, picked.period)
	ctx := c.UserContext()
	first := store.Page{Number: 1, Size: shown}
	rows, total, err := s.Store.List(ctx, reader, overdue(now), first)
	if err != nil {
		return err
	}
	v.Overdue, v.OverdueTotal = standings(rows, city, now, lang), total
	if rows, v.SoonTotal, err = s.Store.List(ctx, reader, soon(city, now), first); err != nil {
		return err
	}
	v.Soon = standings(rows, city, now, lang)
	if v.Yellow, err = s.onLadder(ctx, reader, yellowFigure, now, lang); err != nil {
		return err
	}
	if v.Leaders, err = s.onLadder(ctx, reader, leadersFigure, now, lang); err != nil {
		return err
	}
	m, _ := page.Member(c)
	v.LeadersFirst = m.Has(staff.Leader)
	if v.Hottest, err = s.hottest(ctx, reader, spans[1], city, now, lang); err != nil {
		return err
	}
	v.Hottest = v.Hottest[:min(len(v.Hottest), 3)]
	if err := s.table(ctx, v, reader, city, now, lang); err != nil {
		return err
	}
	if v.Trend, err = s.trend(ctx, reader, picked.period.From, now, lang); err != nil {
		return err
	}
	return s.set.Render(c, "overview", v)
}

func overdue(now time.Time) store.Filter {
	f := store.OverdueQueue(now)
	f.Order = store.BySenderDue
	return f
}

// soon holds the open letters due from now to the end of the next working day. A letter that waits for its sender is
// nobody's delay.
func soon(city *citypack.Snapshot, now time.Time) store.Filter {
	until := sla.Due(city.Clocks.Calendar, now, sla.Limit{Amount: 1, Unit: sla.WorkingDay}, nil).At.Add(time.Millisecond)
	return store.Filter{Figure: store.DueIn, Period: store.Period{From: now, To: until}, States: waitedFor(), Now: now, Order: store.BySenderDue}
}

// waitedFor are the open states in which somebody in the city is waited for.
func waitedFor() []letter.State {
	return slices.DeleteFunc(slices.Clone(letter.OpenStates), func(s letter.State) bool { return s == letter.AwaitingSender })
}

// table fills in the units of the month, those with most overdue letters first.
func (s *Server) table(ctx context.Context, v *overviewPage, reader store.Reader, city *citypack.Snapshot, now time.Time, lang page.Language) error {
	whole, err := s.Store.Whole(ctx, reader, sofar(v.Month.period, now), now)
	if err != nil {
		return err
	}
	units, err := s.Store.Units(ctx, reader, sofar(v.Month.period, now), now)
	if err != nil {
		return err
	}
	v.City = rowOf(whole, page.T(lang, "全市"), city, func(f store.Figure) string { return address(f, nil, v.Month.period) })
	for _, u := range units {
		row := rowOf(u, unitName(city, u.Unit, lang), city, func(f store.Figure) string { return address(f, &u.Unit, v.Month.period) })
		v.Units = append(v.Units, row)
	}
	slices.SortStableFunc(v.Units, func(a, b unitRow) int {
		return cmp.Or(cmp.Compare(b.Overdue, a.Overdue), cmp.Compare(b.Received, a.Received))
	})
	for _, u := range v.Units {
		if u.Overdue > 0 {
			v.OverdueUnits = append(v.OverdueUnits, u)
		}
	}
	return nil
}

// sofar ends a period at this moment: a letter that is due later this month is neither kept nor missed yet.
func sofar(p store.Period, now time.Time) store.Period {
	if end := now.Add(time.Millisecond); end.Before(p.To) {
		p.To = end
	}
	return p
}

func rowOf(p store.Performance, name string, city *citypack.Snapshot, links func(store.Figure) string) unitRow {
	r := unitRow{Name: name, Performance: p, links: links, Measured: p.Answered > 0}
	r.Percent, r.Any = percent(p.DueOnTime, p.Due)
	r.Median = float64(p.MedianMinutes) / float64(city.Clocks.Calendar.OfficeMinutes())
	return r
}

// address opens the letters behind a figure; unit nil means all of them.
func address(f store.Figure, unit *string, p store.Period) string {
	q := url.Values{"figure": {string(f)}}
	if unit != nil {
		q.Set("unit", cmp.Or(*unit, noUnit))
	}
	if !p.From.IsZero() && !slices.Contains([]store.Figure{store.Overdue, soonFigure, yellowFigure, leadersFigure}, f) {
		q.Set("from", p.From.Format(time.DateOnly))
		q.Set("to", p.To.AddDate(0, 0, -1).Format(time.DateOnly))
	}
	return page.PathSupervise + "/letters?" + q.Encode()
}

func unitName(city *citypack.Snapshot, id string, lang page.Language) string {
	if id == "" {
		return page.T(lang, "还没有派单")
	}
	if u, ok := city.Router.Unit(id); ok && lang == page.English && u.NameEn != "" {
		return u.NameEn
	}
	return city.Router.Name(id)
}

func standings(rows []store.Row, city *citypack.Snapshot, now time.Time, lang page.Language) []standing {
	list := make([]standing, 0, len(rows))
	for _, r := range rows {
		list = append(list, standing{
			Number: r.Number, Title: r.Title, Unit: unitName(city, r.Unit, lang), Kind: r.Kind, State: r.State, Urgency: r.Urgency,
			Received: r.Received, Due: r.Due, Answered: r.Answered, Mark: markOf(r, now), Days: daysOf(r, city.Clocks.Calendar, now),
		})
	}
	return list
}

func markOf(r store.Row, now time.Time) page.Mark {
	switch {
	case r.Due.IsZero():
		return ""
	case !r.State.Open() && r.Answered.IsZero():
		return "" // refused or withdrawn: nobody kept or missed a time
	case !r.State.Open() && r.Late:
		return page.Late
	case !r.State.Open():
		return page.OnTime
	case r.Paused:
		return page.Paused
	case r.Overdue(now):
		return page.Overdue
	}
	return page.Running
}

// daysOf counts the working days between the due time and the answer, or now.
func daysOf(r store.Row, calendar *sla.Calendar, now time.Time) int {
	if !r.Answered.IsZero() {
		now = r.Answered
	}
	days := sla.WorkingDays(calendar, now, r.Due)
	return max(days, -days)
}
