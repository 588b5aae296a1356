package intake_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"huiyin/intake"
	"huiyin/internal/letter"
	"huiyin/internal/store"
)

// A higher level's deadline wins over the five working days of the city, is the
// fact of the submission, and is told in the receipt, the same at every repeat.
func TestADeadlineFromAboveWins(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, in *intake.Service) {
		zone := in.City().Clocks.Calendar.Zone()
		d := lamps()
		d.Operator, d.Channel, d.Source, d.SourceID = "duanwei", letter.Hotline, "hotline", "c-1"
		var err error
		d.Deadline, err = intake.ParseDeadline("2026-11-25", zone)
		must(t, err)
		r, err := in.Submit(t.Context(), d)
		must(t, err)
		end := time.Date(2026, 11, 25, 23, 59, 59, 999e6, zone)
		if !r.Due.Due.Equal(end) || r.Due.Policy != letter.ExternalPolicy || r.Due.Provisional {
			t.Errorf("due %+v", r.Due)
		}
		l, err := s.Letter(t.Context(), r.Number)
		must(t, err)
		if c, ok := l.Clock(letter.UnitClock); !ok || !c.Due.Equal(end) {
			t.Errorf("the unit's clock %+v", c)
		}
		if f, err := l.Events[0].PublicFacts(); err != nil || f.Until != end.UnixMilli() {
			t.Errorf("%+v %v", f, err)
		}
		again, err := in.Submit(t.Context(), d)
		must(t, err)
		if !again.Repeated || !again.Due.Due.Equal(end) || again.Number != r.Number {
			t.Errorf("again %+v", again)
		}
		if f := in.City().Clocks.Verify(l); len(f) != 0 {
			t.Error(f)
		}
	})
}

func TestWrongDeadlinesAreRefused(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, in *intake.Service) {
		for _, row := range []struct {
			operator string
			at       time.Time
			says     string // "" for taken
		}{
			{"", monday.AddDate(0, 0, 3), "只能由话务员登记"},
			{"duanwei", monday, "已经过去"},
			{"duanwei", monday.Add(-time.Hour), "已经过去"},
			{"duanwei", monday.AddDate(0, 0, 182), "最多 180 天"},
			{"duanwei", monday.AddDate(0, 0, 180), ""},
			{"duanwei", monday.Add(time.Minute), ""},
		} {
			d := lamps()
			d.Operator, d.Deadline = row.operator, row.at
			_, err := in.Submit(t.Context(), d)
			_, answered := in.SubmitAnswered(t.Context(), d, "已答复。")
			for _, err := range []error{err, answered} {
				var e *letter.Error
				if row.says == "" && err != nil || row.says != "" && (!errors.As(err, &e) || !strings.Contains(e.Fields["deadline"], row.says)) {
					t.Errorf("%q at %s: %v", row.operator, row.at, err)
				}
			}
		}
	})
}

func TestDeadlinesAreReadInTheCitysZone(t *testing.T) {
	zone := time.FixedZone("", 8*3600)
	for text, want := range map[string]string{
		"": "", " 2026-12-01 ": "2026-12-01T23:59:59.999+08:00", "2026-12-01T17:00:00+08:00": "2026-12-01T17:00:00+08:00",
		"2026-12-01T09:00:00Z": "2026-12-01T17:00:00+08:00", "2026-02-30": "!", "tomorrow": "!", "2026-12-01 17:00": "!",
	} {
		got, err := intake.ParseDeadline(text, zone)
		switch {
		case want == "!" && err == nil, want != "!" && err != nil, want == "" && !got.IsZero():
			t.Errorf("%q: %s %v", text, got, err)
		case len(want) > 1 && got.In(zone).Format("2006-01-02T15:04:05.999Z07:00") != want:
			t.Errorf("%q: %s, want %s", text, got.In(zone), want)
		}
	}
}
