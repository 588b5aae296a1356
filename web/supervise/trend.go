package supervise

import (
	"context"
	"fmt"
	"slices"
	"time"

	"huiyin/internal/store"
	"huiyin/web/page"
)

// The drawing of the trend, in its own units.
const (
	trendMonths = 6
	barStep     = 56
	barWidth    = 32
	barHeight   = 84 // of 100 %
	barTop      = 20 // room for the number above
)

// trend is the share of letters due that were answered in time, month by month.
type trend struct {
	Bars   []bar
	Width  int
	Height int
	Base   int // where the bars stand
}

// bar is one month of the trend. Without letters due there is no bar, only its place.
type bar struct {
	Month            string
	Short            string // under the bar
	OnTime, Due      int
	Percent          int
	Any              bool
	X, Y, H, Middle  int
	LabelY, MonthsAt int
}

func (s *Server) trend(ctx context.Context, reader store.Reader, last, now time.Time, lang page.Language) (trend, error) {
	months := monthsUntil(last, trendMonths, lang)
	slices.Reverse(months)
	periods := make([]store.Period, len(months))
	for i, m := range months {
		periods[i] = sofar(m.period, now)
	}
	rates, err := s.Store.DueRates(ctx, reader, periods)
	if err != nil {
		return trend{}, err
	}
	t := trend{Width: trendMonths * barStep, Base: barTop + barHeight, Height: barTop + barHeight + 22}
	for i, r := range rates {
		t.Bars = append(t.Bars, draw(i, months[i], r, lang))
	}
	return t, nil
}

func draw(i int, m month, r store.DueRate, lang page.Language) bar {
	b := bar{Month: m.Name, OnTime: r.DueOnTime, Due: r.Due, X: i*barStep + (barStep-barWidth)/2}
	b.Percent, b.Any = percent(r.DueOnTime, r.Due)
	b.Short = fmt.Sprintf("%d月", m.period.From.Month())
	if lang == page.English {
		b.Short = m.period.From.Format("Jan")
	}
	b.H = b.Percent * barHeight / 100
	if b.Any && b.H == 0 {
		b.H = 1 // nothing in time is a line on the ground, not an absence
	}
	b.Y, b.Middle = barTop+barHeight-b.H, b.X+barWidth/2
	b.LabelY, b.MonthsAt = b.Y-6, barTop+barHeight+18
	return b
}
