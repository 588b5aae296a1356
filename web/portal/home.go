package portal

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/web/page"
)

type homePage struct {
	page.Head
	Slogan     string
	Hotline    string
	Promises   promises
	Newest     []newAnswer
	Surveys    []surveyCard
	Interviews []interviewCard
}

// newAnswer is a published letter as the home page shows it.
type newAnswer struct {
	letter.Public
	Unit string
	Days float64
}

const newestShown = 5

// home shows the search first, then what can be done, what is promised and kept,
// and what is new.
func (s *Server) home(c *fiber.Ctx) error {
	ctx, n := c.UserContext(), names{s.City(), page.Lang(c)}
	kept, err := s.promises.figures(ctx, s.Store, n.city, s.Now())
	if err != nil {
		return err
	}
	newest, err := s.Store.NewestPublished(ctx, newestShown)
	if err != nil {
		return err
	}
	v := &homePage{Head: page.Head{Column: "首页"}, Slogan: n.city.Pack.City.Slogan, Hotline: n.city.Pack.City.Hotline, Promises: kept}
	for _, p := range newest {
		v.Newest = append(v.Newest, newAnswer{Public: p, Unit: n.unit(p.Unit), Days: workingDays(n.city, p.WorkingMinutes)})
	}
	if v.Surveys, err = s.openSurveys(c); err != nil {
		return err
	}
	if v.Interviews, err = s.comingInterviews(c); err != nil {
		return err
	}
	return s.set.Render(c, "home", v)
}

// promises are the two figures of the home page, of the last whole month.
type promises struct {
	Month    time.Time // first moment of the month
	Answered int       // letters answered in it, what both figures are about
	Median   float64   // working days from submission to answer
	OnTime   int       // of 100 answered, how many not after their due time
}

// promiseAge is how old the figures may be; a busy home page must not count all letters each time.
const promiseAge = 30 * time.Second

type promiseKeeper struct {
	mu   sync.Mutex
	at   time.Time
	kept promises
}

func (k *promiseKeeper) figures(ctx context.Context, from *store.Store, city *citypack.Snapshot, now time.Time) (promises, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if age := now.Sub(k.at); age >= 0 && age < promiseAge {
		return k.kept, nil
	}
	local := now.In(city.Zone())
	this := time.Date(local.Year(), local.Month(), 1, 0, 0, 0, 0, city.Zone())
	last := this.AddDate(0, -1, 0)
	p, err := from.City(ctx, store.Period{From: last, To: this}, now)
	if err != nil {
		return promises{}, fmt.Errorf("promises: %w", err)
	}
	k.at, k.kept = now, promises{Month: last, Answered: p.Answered, Median: workingDays(city, p.MedianMinutes)}
	if p.Answered > 0 {
		k.kept.OnTime = p.OnTime * 100 / p.Answered
	}
	return k.kept, nil
}
