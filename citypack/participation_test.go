package citypack_test

import (
	"encoding/json"
	"regexp"
	"testing"
	"time"

	"huiyin/citypack"
)

// Whatever the hour and the day of the start, a guest answers on a weekday afternoon, after the questions.
func TestInterviewsAreHeldInOfficeHours(t *testing.T) {
	zone := time.FixedZone("", 8*3600)
	for day := range 7 {
		now := time.Date(2026, 11, 23+day, 0, 21, 0, 0, zone)
		p, err := citypack.DemoParticipation(now)
		if err != nil {
			t.Fatal(err)
		}
		for _, body := range p.Interviews {
			var i struct {
				ID            string
				Opens, Starts time.Time
				Questions     []struct{ At time.Time }
			}
			if err := json.Unmarshal(body, &i); err != nil {
				t.Fatal(err)
			}
			at := i.Starts.In(zone)
			if at.Hour() != 15 || at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
				t.Errorf("started %s, %s is held %s", now.Format(time.RFC1123), i.ID, at.Format(time.RFC1123))
			}
			for _, q := range i.Questions {
				if q.At.Before(i.Opens) {
					t.Errorf("started %s, %s has a question of %s, before %s", now.Format(time.RFC1123), i.ID, q.At, i.Opens)
				}
			}
		}
	}
}

// A folded line of YAML becomes a space, which has no place inside a Chinese sentence.
func TestWordsOfParticipationHaveNoFolds(t *testing.T) {
	p, err := citypack.DemoParticipation(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	fold := regexp.MustCompile(`[，。；：、] \p{Han}`)
	for _, body := range append(p.Surveys, p.Interviews...) {
		for _, at := range fold.FindAll(body, -1) {
			t.Errorf("a space in %q", at)
		}
	}
}
