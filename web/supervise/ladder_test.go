package supervise_test

import (
	"strings"
	"testing"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
)

// climbs lets time go on to a moment and delivers what became due.
func (h *house) climbs(now time.Time, numbers ...string) {
	h.T.Helper()
	h.Now = now
	_, err := h.Casework.Sweep(h.T.Context(), now)
	must(h.T, err)
	ladder := &casework.Ladder{Inbox: h.Store, Now: h.Clock, Rules: h.City.Notices,
		City: func() casework.City { return casework.City{Router: h.City.Router, Clocks: h.City.Clocks} }}
	for _, number := range numbers {
		for _, e := range h.Read(number).Events {
			_, err := ladder.Climb(h.T.Context(), letter.Delivery{Number: number, Seq: e.Seq, Step: e.Step})
			must(h.T, err)
		}
	}
}

// A letter is yellow from half of its unit's time until it is overdue, and stands
// on the leaders' list five working days later, until it is answered: by the rung
// that was recorded, not by a date.
func TestLettersStandOnTheListsOfTheirRungs(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.file("春晖路三盏路灯不亮") // Monday 2 March 2026, due on the 9th
		day := func(d, hour int) time.Time { return time.Date(2026, 3, d, hour, 0, 0, 0, h.City.Zone()) }
		for _, row := range []struct {
			at              time.Time
			yellow, leaders bool
		}{{day(5, 11), false, false}, {day(5, 13), true, false}, {day(9, 23), true, false}, {day(10, 1), false, false}, {day(16, 12), false, false}, {day(17, 1), false, true}} {
			h.climbs(row.at, number)
			for figure, want := range map[string]bool{"yellow": row.yellow, "leaders": row.leaders} {
				list := h.get(t, "/supervise/letters?figure="+figure).Want(t, 200)
				if got := strings.Contains(list.Text, number); got != want {
					t.Errorf("%s on %s: %t", row.at, figure, got)
				}
			}
		}
		h.member = leader
		text := h.get(t, "/supervise").Want(t, 200, `figure=leaders">1</a>`, `figure=yellow">0</a>`, "超期 6 个工作日").Text
		if strings.Index(text, `id="leaders"`) > strings.Index(text, `id="overdue"`) {
			t.Error("the leader's own list is not the first")
		}
		h.member = supervisor
		text = h.get(t, "/supervise?lang=en").Want(t, 200, "Leaders&#39; list", "No letter has used up half of its time").Text
		if strings.Index(text, `id="leaders"`) < strings.Index(text, `id="overdue"`) {
			t.Error("a supervisor begins with what is overdue")
		}
		l := h.Read(number)
		if l.State == letter.Assigned {
			h.Take(number, letter.Acceptance, casework.Input{})
		}
		h.Take(number, letter.DraftReply, casework.Input{Text: "已修好。"})
		h.Take(number, letter.Review, casework.Input{})
		h.Take(number, letter.Approval, casework.Input{})
		h.climbs(h.Now, number)
		h.get(t, "/supervise/letters?figure=leaders").Want(t, 200, "没有这样的信").Lacks(t, number)
	})
}

// Who waits for the sender is not on a list of delays.
func TestAYellowLetterThatWaitsForItsSenderIsNotListed(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.file("春晖路三盏路灯不亮")
		h.climbs(h.Now.AddDate(0, 0, 3).Add(4*time.Hour), number)
		h.get(t, "/supervise/letters?figure=yellow").Want(t, 200, number)
		h.Take(number, letter.SupplementRequest, casework.Input{Text: "请问是哪几盏？"})
		h.climbs(h.Now, number)
		h.get(t, "/supervise/letters?figure=yellow").Want(t, 200).Lacks(t, number)
	})
}
