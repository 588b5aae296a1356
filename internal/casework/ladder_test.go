package casework_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/sla"
)

// ladder is the ladder of the house, with its members' accounts.
func (h *house) ladder() *casework.Ladder {
	h.T.Helper()
	for _, m := range h.City.Pack.Staff {
		must(h.T, h.Store.PutMember(h.T.Context(), m, h.Now))
	}
	return &casework.Ladder{Inbox: h.Store, Now: h.Clock, Rules: h.City.Notices,
		City: func() casework.City { return casework.City{Router: h.City.Router, Clocks: h.City.Clocks} }}
}

// climb delivers every event of the letter, as the outbox does.
func (h *house) climb(s *casework.Ladder, number string) {
	h.T.Helper()
	for _, e := range h.Read(number).Events {
		_, err := s.Climb(h.T.Context(), letter.Delivery{Number: number, Seq: e.Seq, Step: e.Step})
		must(h.T, err)
	}
}

// inboxes says what each member finds unread now: "lina overdue, chenbo overdue".
func (h *house) inboxes() string {
	h.T.Helper()
	var all []string
	for _, m := range h.City.Pack.Staff {
		list, total, err := h.Store.Inbox(h.T.Context(), h.Member(m.Login), h.Now, 10)
		must(h.T, err)
		if total != len(list) {
			h.T.Errorf("%s: %d of %d", m.Login, len(list), total)
		}
		for _, e := range list {
			all = append(all, m.Login+" "+e.Rung)
		}
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// Each rung reaches those whom it names, once, after the quiet hours; the newest
// stands for those before it, and an answer ends them all.
func TestEachRungReachesThoseWhomItNames(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number, s := h.lamps(), h.ladder()
		for _, row := range []struct{ now, want string }{
			{"2026-11-26 12:01", "lina half"},
			{"2026-11-28 10:00", "lina half"}, // the reminder of Friday night waits for Monday
			{"2026-11-30 07:59", "lina half"},
			{"2026-11-30 08:00", "lina reminder"},
			// cgj-sz has no head of its own; cgj above it has.
			{"2026-12-01 08:00", "chenbo overdue, lina overdue"},
			{"2026-12-02 08:00", "chenbo supervision, lina supervision, luoming supervision"},
			{"2026-12-08 08:00", "chenbo supervision, jiangtao leaders, lina supervision, luoming leaders"},
		} {
			h.Now = day(t, row.now)
			h.sweep(h.Now)
			h.climb(s, number)
			h.climb(s, number) // at least once
			if got := h.inboxes(); got != row.want {
				t.Errorf("%s: %s, want %s", row.now, got, row.want)
			}
		}
		must(t, h.Store.ReadInbox(t.Context(), "luoming", number, h.Now))
		h.climb(s, number)
		if got := h.inboxes(); strings.Contains(got, "luoming") {
			t.Errorf("what was read comes again: %s", got)
		}
		h.take(number, handler, letter.DraftReply, casework.Input{Text: "路灯已修好。"})
		h.take(number, handler, letter.Review, casework.Input{})
		h.take(number, reviewer, letter.Approval, casework.Input{})
		h.climb(s, number)
		if got := h.inboxes(); got != "" {
			t.Errorf("an answered letter still tells %s", got)
		}
	})
}

// What kept a rung back is over at its moment: opened before, it stays unread.
func TestWhatIsHeldBackIsNotReadByOpeningTheLetter(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number, s := h.lamps(), h.ladder()
		h.Now = day(t, "2026-11-28 10:00")
		h.sweep(h.Now)
		h.climb(s, number)
		events := h.Read(number).Events
		if shown, err := s.Climb(t.Context(), letter.Delivery{Number: number, Seq: len(events), Step: letter.Rung}); err != nil || shown {
			t.Errorf("the reminder of Friday night is pushed on Saturday: %t %v", shown, err)
		}
		must(t, h.Store.ReadInbox(t.Context(), handler, number, h.Now))
		if got := h.inboxes(); got != "" {
			t.Errorf("on Saturday: %s", got)
		}
		h.Now = day(t, "2026-11-30 09:00")
		if got := h.inboxes(); got != "lina reminder" {
			t.Errorf("on Monday: %s", got)
		}
	})
}

// Water does not wait for the morning.
func TestUrgentLettersKnowNoQuietHours(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		s := h.ladder()
		h.Now = day(t, "2026-11-23 16:00")
		number := h.Submit(letter.Draft{Title: "整栋楼停水", Body: "梧桐路望江小区三号楼从昨天起停水，老人小孩没有水用，请尽快恢复供水。"})
		l := h.Read(number)
		if l.Urgency != letter.Urgent {
			t.Fatal(l.Urgency)
		}
		water := staff.Member{Login: "shuiwu", Unit: l.Unit, Roles: []staff.Role{staff.Handler}}
		must(t, h.Store.PutMember(t.Context(), water, h.Now))
		h.Now = day(t, "2026-11-24 05:00")
		h.sweep(h.Now)
		h.climb(s, number)
		list, _, err := h.Store.Inbox(t.Context(), water, h.Now, 10)
		must(t, err)
		if len(list) != 1 || list[0].Rung != sla.RungHalf || !list[0].Shown.Equal(list[0].At) {
			t.Errorf("at night: %+v", list)
		}
	})
}

// A guarded letter tells only those whom its guard names, and a letter that is
// sealed after its rung is told nobody else any more.
func TestAGuardKeepsItsRungs(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		s := h.ladder()
		everybody := []sla.Recipient{sla.ToHandler, sla.ToHead, sla.ToSupervisor, sla.ToLeader}
		for about, want := range map[string]string{aboutBureau: "gaoyuan zhaogang", aboutDiscipline: above, aboutLife: duty} {
			number := h.accusing(about)
			var logins []string
			for _, m := range casework.Told(h.City.Router, h.Read(number), h.Read(number).Unit, everybody, h.City.Pack.Staff) {
				logins = append(logins, m.Login)
			}
			slices.Sort(logins)
			if got := strings.Join(logins, " "); got != want {
				t.Errorf("%s: told %s, want %s", about, got, want)
			}
			h.Now = day(t, "2027-01-29 09:00")
			h.sweep(h.Now)
			h.climb(s, number)
			for _, entry := range strings.Split(h.inboxes(), ", ") {
				if login, _, _ := strings.Cut(entry, " "); login == "" || !strings.Contains(want, login) {
					t.Errorf("%s reaches %q", about, entry)
				}
			}
			for _, login := range logins {
				must(t, h.Store.ReadInbox(t.Context(), login, "", h.Now))
			}
			h.Now = day(t, "2026-11-23 10:00")
		}
	})
}

// A member who lost the right to read a letter does not find its entry any more:
// the list asks who may read it now.
func TestAnEntryIsShownOnlyToWhoMayStillRead(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.accusing(aboutBureau)
		h.ladder()
		at := h.Now
		var tell []staff.Entry
		for _, m := range h.City.Pack.Staff {
			tell = append(tell, staff.Entry{Login: m.Login, Key: number + "/9", Subject: number, Matter: staff.RungMatter, Number: number,
				Rung: sla.RungOverdue, Text: "x", At: at, Shown: at})
		}
		stands := []sla.Reached{{Clock: letter.SenderClock, Rung: sla.RungOverdue, At: at}}
		must(t, h.Store.PutRungs(t.Context(), number, stands, tell, at))
		if got := h.inboxes(); got != "gaoyuan overdue, zhaogang overdue" {
			t.Error(got)
		}
	})
}

// While no unit has a letter, the dispatchers are told.
func TestALetterWithoutAUnitIsTheDispatchers(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number, s := h.unclear(), h.ladder()
		h.Now = day(t, "2026-12-02 09:00")
		h.sweep(h.Now)
		h.climb(s, number)
		if got := h.inboxes(); got != "hejing supervision, luoming supervision, zhouping supervision" {
			t.Error(got)
		}
	})
}

func TestTheDigestGathersTheDay(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		s := h.ladder()
		h.lamps()
		h.Now = day(t, "2026-11-24 09:00")
		h.lamps()
		h.unclear()
		sealed := h.accusing(aboutBureau)
		tell := func(now, done, want string) {
			t.Helper()
			h.Now = day(t, now)
			got, err := s.Digest(t.Context(), done, h.Now)
			must(t, err)
			if got != want {
				t.Errorf("at %s the digest of %q was told, want %q", now, got, want)
			}
		}
		finds := func(want map[string][3]int) {
			t.Helper()
			for _, m := range h.City.Pack.Staff {
				list, _, err := h.Store.Inbox(t.Context(), h.Member(m.Login), h.Now, 10)
				must(t, err)
				got := [3]int{}
				if len(list) == 1 && list[0].Matter == staff.DigestMatter {
					got = [3]int(list[0].Args)
				}
				if got != want[m.Login] || len(list) > 1 {
					t.Errorf("%s finds %v, want %v", m.Login, list, want[m.Login])
				}
			}
		}
		tell("2026-11-25 08:29", "", "")
		tell("2026-11-25 08:31", "", "2026-11-25")
		// Today's digest knows what came since the last one would have been told: Tuesday, 08:30.
		finds(map[string][3]int{"lina": {0, 0, 1}, "chenbo": {0, 0, 1}, "zhouping": {0, 0, 1}, "hejing": {0, 0, 1}, "luoming": {0, 0, 2}, "jiangtao": {0, 0, 2},
			"gaoyuan": {0, 0, 1}, "zhaogang": {0, 0, 1}}) // only they know of the sealed one
		tell("2026-11-25 11:00", "2026-11-25", "2026-11-25")
		must(t, s.Inbox.Tell(t.Context(), nil, h.Now))
		tell("2026-11-28 09:00", "2026-11-25", "2026-11-25") // Saturday
		tell("2026-12-01 08:30", "2026-11-25", "2026-12-01")
		finds(map[string][3]int{"lina": {1, 1, 0}, "chenbo": {1, 1, 0}, "zhouping": {1, 0, 0}, "hejing": {1, 0, 0}, "luoming": {2, 1, 0}, "jiangtao": {2, 1, 0},
			"gaoyuan": {1, 0, 0}, "zhaogang": {1, 0, 0}})
		if h.Read(sealed).Guard == "" {
			t.Fatal("not sealed")
		}
	})
}

// Two copies that take the same turn, or one that was killed before it could say
// so, tell nobody twice.
func TestADigestToldTwiceIsOne(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		s := h.ladder()
		h.lamps()
		h.Now = day(t, "2026-11-24 08:30")
		for range 2 {
			_, err := s.Digest(t.Context(), "", h.Now)
			must(t, err)
			h.Now = h.Now.Add(time.Minute)
		}
		if _, total, err := h.Store.Inbox(t.Context(), h.Member(handler), h.Now, 10); err != nil || total != 1 {
			t.Errorf("%d %v", total, err)
		}
		must(t, h.Store.ReadInbox(t.Context(), handler, "", h.Now))
		_, err := s.Digest(t.Context(), "", h.Now)
		must(t, err)
		if _, total, err := h.Store.Inbox(t.Context(), h.Member(handler), h.Now, 10); err != nil || total != 0 {
			t.Errorf("read, and again %d %v", total, err)
		}
	})
}

func TestAdministratorsAreRemindedOfNextYearEachDay(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		s := h.ladder()
		for _, row := range []struct {
			now  string
			want int
		}{{"2026-10-30 10:00", 0}, {"2026-11-01 09:00", 0}, {"2026-11-02 00:00", 0}, {"2026-11-02 08:00", 1}, {"2026-11-03 09:00", 1}} { // the 1st is a Sunday
			h.Now = day(t, row.now)
			must(t, s.NextYear(t.Context(), h.Now))
			for _, m := range h.City.Pack.Staff {
				list, total, err := h.Store.Inbox(t.Context(), h.Member(m.Login), h.Now, 10)
				must(t, err)
				want := 0
				if m.Has(staff.Admin) {
					want = row.want
				}
				if total != want || want > 0 && (fmt.Sprint(list[0].Args) != "[2027]" || !strings.HasSuffix(list[0].Key, row.now[:10])) {
					t.Errorf("%s: %s finds %+v", row.now, m.Login, list)
				}
			}
		}
	})
}
