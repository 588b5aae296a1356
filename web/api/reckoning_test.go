package api_test

import (
	"strings"
	"testing"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/testhouse"
)

// held reads a letter as the member whose token it is.
func (h *house) held(t testing.TB, number, token, lang string) standing {
	t.Helper()
	a := h.call(t, "GET", "/api/v1/desk/letters/"+number+"?lang="+lang, "", "Authorization", token)
	if a.Status != 200 || a.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("%d %s", a.Status, a.Text)
	}
	var got standing
	a.Into(t, &got)
	return got
}

// A program reads of every limit each day with its reason, the articles, the
// policy, the source of the number and the calendar's version, in both languages.
func TestEveryLimitIsExplainedAsData(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.Now = time.Date(2026, 9, 29, 9, 0, 0, 0, h.City.Zone())
		f := h.file(t, lamp)
		lina := h.token(t, "lina", f.Department.ID, staff.Handler)
		h.Now = h.Now.Add(time.Hour)
		h.Take(f.Number, letter.Acceptance, casework.Input{})
		got := h.held(t, f.Number, lina, "zh")
		words := map[string]bool{}
		for _, c := range got.Clocks {
			words[c.Clock] = true
			if c.Due.Source == "" || c.Due.PolicyName != "一般来信" || len(c.Due.Grounds) != 3 || len(c.Due.Days) < 2 || c.Due.CountedBy != c.Due.Calendar || c.Due.Recount != nil {
				t.Errorf("%s: %+v", c.Clock, c.Due)
			}
			if (c.Clock == letter.SenderClock) != (c.Unit == nil) {
				t.Errorf("%s measures %v", c.Clock, c.Unit)
			}
		}
		if !words["sender"] || !words["unit"] || got.Clocks[len(got.Clocks)-1].Clock != "acceptance" || got.Clocks[len(got.Clocks)-1].Stopped == nil {
			t.Errorf("limits %v, the acceptance is over: %+v", words, got.Clocks)
		}
		en := h.held(t, f.Number, lina, "en").Due
		if want := (letter.Day{Date: "2026-10-10", Counted: true, Why: "make-up day (National Day)"}); en.Days[11] != want || en.Days[3].Why != "National Day holiday" {
			t.Errorf("%+v", en.Days)
		}
		if g := en.Grounds[1]; g.Article != "Holiday notice of the General Office of the State Council" || en.PolicyName != "Ordinary letters" {
			t.Errorf("%+v, %s", g, en.PolicyName)
		}
		var own standing
		h.call(t, "GET", "/api/v1/letters/"+f.Number+"?lang=en", "", "X-Query-Code", f.QueryCode).Into(t, &own)
		if len(own.Due.Days) != 14 || own.Due.Days[11] != en.Days[11] || own.Due.Step != "submission" {
			t.Errorf("the sender reads %+v", own.Due)
		}
	})
}

// The pause with its latest end, and the date that was granted.
func TestPausesAndExtensionsAreExplainedAsData(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.Now = time.Date(2026, 11, 23, 9, 0, 0, 0, h.City.Zone())
		f := h.file(t, lamp)
		lina := h.token(t, "lina", f.Department.ID, staff.Handler)
		h.Take(f.Number, letter.Acceptance, casework.Input{})
		h.Take(f.Number, letter.ExtensionRequest, casework.Input{Reason: "complex", Text: "说明", Until: "2026-12-02"})
		h.Take(f.Number, letter.ExtensionApproval, casework.Input{Text: "您的来信延期办理。"})
		h.Take(f.Number, letter.SupplementRequest, casework.Input{Text: "请补充。"})
		due := h.held(t, f.Number, lina, "en").Due
		if len(due.Pauses) != 1 || !due.Pauses[0].Lasts || due.Pauses[0].Why != "paused, waiting for the sender" || due.Pauses[0].Until == nil || *due.Pauses[0].Until != "2026-12-08T00:00:00+08:00" {
			t.Errorf("%+v", due.Pauses)
		}
		if due.Approved.Format(time.DateOnly) != "2026-12-02" || due.Extended.Format(time.DateOnly) != due.Date || due.Date != "2026-12-16" {
			t.Errorf("approved %s, extended %s, due %s", due.Approved, due.Extended, due.Date)
		}
	})
}

// Both values of a limit that a new notice would end earlier; and a limit that
// was over before it is not explained by days that contradict it.
func TestADateThatWasToldIsExplainedAsData(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.Now = time.Date(2026, 12, 28, 10, 0, 0, 0, h.City.Zone())
		open, answered := h.file(t, lamp), h.file(t, strings.ReplaceAll(lamp, "春晖路", "建设路"))
		h.Answer(answered.Number, "您好，已修复。", "")
		lina := h.token(t, "lina", open.Department.ID, staff.Handler)
		if due := h.held(t, open.Number, lina, "zh").Due; !due.Provisional || !strings.HasSuffix(due.Days[4].Why, "（当年放假安排尚未公布）") {
			t.Errorf("%+v", due)
		}
		h.Announce(testhouse.WorkedNewYear)
		h.Take(open.Number, letter.Acceptance, casework.Input{})
		due := h.held(t, open.Number, lina, "zh").Due
		if due.Told == nil || due.Told.Format(time.DateOnly) != "2027-01-04" || due.Counted.Format(time.DateOnly) != "2027-01-02" || due.Date != "2027-01-04" || due.Provisional {
			t.Errorf("%+v", due)
		}
		h.Announce(testhouse.LongNewYear) // and one by which it ends later
		h.Take(open.Number, letter.DraftReply, casework.Input{Text: "您好。"})
		var moved standing
		h.call(t, "GET", "/api/v1/letters/"+open.Number, "", "X-Query-Code", open.QueryCode).Into(t, &moved)
		if last := moved.Timeline[len(moved.Timeline)-1]; last.Step != "redating" || last.Was.Format(time.DateOnly) != "2027-01-04" || last.Due.Format(time.DateOnly) != "2027-01-07" {
			t.Errorf("%+v", moved.Timeline)
		}
		h.Announce(testhouse.WorkedNewYear)
		old := h.held(t, answered.Number, lina, "zh").Due
		if old.Date != "2027-01-04" || len(old.Days) > 0 || old.Recount == nil || !strings.HasPrefix(old.Recount.At, "2027-01-02") || old.Recount.Calendar == old.Calendar {
			t.Errorf("%+v", old)
		}
	})
}

// What a member may not read does not exist for him.
func TestALetterOfAnotherUnitIsNotShown(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		f := h.file(t, lamp)
		for who, status := range map[string]int{"": 401, h.token(t, "wu", "gaj", staff.Handler): 404, h.token(t, "lina", f.Department.ID, staff.Handler): 200} {
			if a := h.call(t, "GET", "/api/v1/desk/letters/"+f.Number, "", "Authorization", who); a.Status != status {
				t.Errorf("%q: %d %s", who, a.Status, a.Text)
			}
		}
		if a := h.call(t, "GET", "/api/v1/desk/letters/123", "", "Authorization", h.token(t, "lina", f.Department.ID, staff.Handler)); a.Status != 404 && a.Status != 400 {
			t.Errorf("%d %s", a.Status, a.Text)
		}
	})
}
