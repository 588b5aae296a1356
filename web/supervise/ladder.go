package supervise

import (
	"context"
	"time"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/sla"
	"huiyin/web/page"
)

// Figures of this moment, which belong to no period: letters by the rung of the ladder on which they stand.
const (
	yellowFigure  store.Figure = "yellow"
	leadersFigure store.Figure = "leaders"
)

// yellow holds the open letters whose unit has used up half of its time and is not late yet. A letter that waits for its
// sender is nobody's delay.
func yellow(now time.Time) store.Filter {
	return store.Filter{Rung: sla.RungHalf, Below: sla.RungOverdue, States: waitedFor(), Now: now, Order: store.BySenderDue}
}

// listed holds the letters of the leaders' list.
func listed(now time.Time) store.Filter {
	return store.Filter{Rung: sla.RungLeaders, States: letter.OpenStates, Now: now, Order: store.BySenderDue}
}

// present is the filter of a figure of this moment; false for one of a period.
func present(f store.Figure, city *citypack.Snapshot, now time.Time) (store.Filter, bool) {
	switch f {
	case store.Overdue:
		return overdue(now), true
	case soonFigure:
		return soon(city, now), true
	case yellowFigure:
		return yellow(now), true
	case leadersFigure:
		return listed(now), true
	}
	return store.Filter{}, false
}

// onLadder is a list by rung on the overview.
type onLadder struct {
	Letters []standing
	Total   int
	Link    string
}

// More says that the list is longer than what is shown.
func (o onLadder) More() bool { return o.Total > len(o.Letters) }

func (s *Server) onLadder(ctx context.Context, reader store.Reader, figure store.Figure, now time.Time, lang page.Language) (onLadder, error) {
	city := s.City()
	f, _ := present(figure, city, now)
	rows, total, err := s.Store.List(ctx, reader, f, store.Page{Number: 1, Size: shown})
	return onLadder{standings(rows, city, now, lang), total, address(figure, nil, store.Period{})}, err
}
