package staff_test

import (
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
)

var now = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

var (
	dispatcher = staff.Member{Login: "zhao", Unit: "zwb", Roles: []staff.Role{staff.Dispatcher}}
	handler    = staff.Member{Login: "lina", Unit: "cgj", Roles: []staff.Role{staff.Handler}}
	parent     = staff.Member{Login: "sun", Unit: "zjj", Covers: []string{"cgj"}, Roles: []staff.Role{staff.Handler}}
	stranger   = staff.Member{Login: "wu", Unit: "jtj", Roles: []staff.Role{staff.Handler}}
	reviewer   = staff.Member{Login: "zhou", Unit: "cgj", Roles: []staff.Role{staff.Reviewer}}
	supervisor = staff.Member{Login: "zheng", Unit: "zwb", Roles: []staff.Role{staff.Supervisor}}
	leader     = staff.Member{Login: "wang", Unit: "szf", Roles: []staff.Role{staff.Leader}}
	operator   = staff.Member{Login: "feng", Unit: "rx", Roles: []staff.Role{staff.Operator}}
	duty       = staff.Member{Login: "chen", Unit: "zwb", Roles: []staff.Role{staff.Duty}}
	discipline = staff.Member{Login: "chu", Unit: "jw", Roles: []staff.Role{staff.Handler}}
	admin      = staff.Member{Login: "wei", Unit: "jw", Roles: []staff.Role{staff.Admin}}
	security   = staff.Member{Login: "jiang", Unit: "cgj", Roles: []staff.Role{staff.Security}}
	audit      = staff.Member{Login: "shen", Unit: "cgj", Roles: []staff.Role{staff.Audit}}
	everybody  = []staff.Member{dispatcher, handler, parent, stranger, reviewer, supervisor, leader, operator, duty, discipline, admin, security, audit}
)

func letterIn(state letter.State, unit, guard string, accused ...string) *letter.Letter {
	l := &letter.Letter{Accused: accused}
	l.State, l.Unit, l.Guard = state, unit, guard
	return l
}

func readers(l *letter.Letter) string {
	s := ""
	for _, m := range everybody {
		if m.MayRead(l) {
			s += m.Login + " "
		}
	}
	return s
}

func TestWhoMayRead(t *testing.T) {
	critical := letterIn(letter.Handling, "cgj", "")
	critical.Urgency = letter.Critical
	cases := []struct {
		why  string
		l    *letter.Letter
		want string
	}{
		{"an ordinary letter: its unit, the unit above, and the posts for the whole city",
			letterIn(letter.Handling, "cgj", ""), "zhao lina sun zhou zheng wang feng "},
		{"not assigned yet: no handler", letterIn(letter.Received, "", ""), "zhao zhou zheng wang feng "},
		{"a critical one: the duty officer too", critical, "zhao lina sun zhou zheng wang feng chen "},
		{"kept to the discipline unit: its handlers, not its administrator", letterIn(letter.Handling, "jw", letter.GuardUnit("jw"), "cgj"), "chu "},
		{"kept to one member", letterIn(letter.Received, "", letter.GuardMember("wang"), "jw"), "wang "},
		{"kept to duty officers", letterIn(letter.Received, "", letter.GuardDuty), "chen "},
		{"kept to a unit: the unit above does not read along", letterIn(letter.Handling, "cgj", letter.GuardUnit("cgj")), "lina zhou "},
		{"the accused read nothing, whatever their post", letterIn(letter.Handling, "cgj", "", "zwb", "cgj"), "sun wang feng "},
		{"unless the guard names them", letterIn(letter.Handling, "cgj", letter.GuardUnit("cgj"), "cgj"), "lina zhou "},
	}
	for _, c := range cases {
		if got := readers(c.l); got != c.want {
			t.Errorf("%s: got %s, want %s", c.why, got, c.want)
		}
	}
}

func TestDisabledMembersDoNothing(t *testing.T) {
	m := dispatcher
	m.Disabled = true
	l := letterIn(letter.Received, "", "")
	if m.MayRead(l) || m.May(letter.Assignment, l) == nil || m.May(letter.Submission, nil) == nil {
		t.Error("a disabled member still works")
	}
}

func TestWhoMayDoWhat(t *testing.T) {
	received, handling := letterIn(letter.Received, "", ""), letterIn(letter.Handling, "cgj", "")
	sealed := letterIn(letter.Handling, "jw", letter.GuardUnit("jw"), "cgj")
	above := letterIn(letter.Assigned, "jw", letter.GuardMember("wang2"), "jw")
	named := staff.Member{Login: "wang2", Unit: "szf", Roles: []staff.Role{staff.Leader, staff.Handler}}
	both := staff.Member{Login: "yang", Unit: "jtj", Roles: []staff.Role{staff.Handler, staff.Dispatcher}}
	ok, no, hidden := letter.ErrorKind(""), letter.KindForbidden, letter.KindNotFound
	cases := []struct {
		m    staff.Member
		step letter.Step
		l    *letter.Letter
		want letter.ErrorKind
	}{
		{operator, letter.Submission, nil, ok},
		{operator, letter.DirectAnswer, received, ok},
		{operator, letter.Rating, letterIn(letter.Answered, "cgj", ""), ok},
		{handler, letter.Submission, nil, no},
		{dispatcher, letter.Assignment, received, ok},
		{supervisor, letter.Assignment, received, no},
		{handler, letter.Acceptance, handling, ok},
		{parent, letter.Acceptance, handling, ok},
		{stranger, letter.Acceptance, handling, hidden},
		{dispatcher, letter.Acceptance, handling, no},
		{reviewer, letter.Approval, handling, ok},
		{handler, letter.Approval, handling, no},
		{handler, letter.SupplementRequest, handling, ok},
		{both, letter.SupplementRequest, handling, ok},
		{both, letter.DraftReply, handling, no},
		{supervisor, letter.Reminder, handling, ok},
		{leader, letter.Instruction, handling, ok},
		{leader, letter.Instruction, sealed, hidden},
		{dispatcher, letter.Assignment, sealed, hidden},
		{discipline, letter.DraftReply, sealed, ok},
		{named, letter.Acceptance, above, ok},
		{leader, letter.Assignment, letterIn(letter.Received, "", letter.GuardMember("wang"), "jw"), ok}, // no dispatcher may read it
		{leader, letter.Approval, letterIn(letter.InReview, "", letter.GuardMember("wang"), "jw"), no},
		{leader, letter.Assignment, received, no},
		{duty, letter.Assignment, letterIn(letter.Received, "", letter.GuardDuty), ok},
		{duty, letter.Assignment, received, hidden},
		{admin, letter.Assignment, received, hidden},
		{handler, letter.PartDelivery, handling, no},
		{dispatcher, "no-such-step", received, letter.KindRefused},
	}
	for _, c := range cases {
		err := c.m.May(c.step, c.l)
		if (c.want == "" && err != nil) || (c.want != "" && !letter.IsKind(err, c.want)) {
			t.Errorf("%s %s: %v, want %q", c.m.Login, c.step, err, c.want)
		}
	}
}

func TestCoUnitReadsAndDeliversItsPart(t *testing.T) {
	l := letterIn(letter.Handling, "cgj", "")
	if stranger.MayRead(l) {
		t.Fatal("read before it was asked")
	}
	if err := l.Record(letter.Part, handler.Actor(letter.Part), now, letter.Facts{Unit: "jtj"}, letter.Facts{Text: "请配合封路"}); err != nil {
		t.Fatal(err)
	}
	if !stranger.MayRead(l) || stranger.May(letter.PartDelivery, l) != nil {
		t.Error("the co-unit cannot do its part")
	}
	if stranger.May(letter.DraftReply, l) == nil {
		t.Error("the co-unit writes the answer")
	}
}

func TestActorPlaysThePartMayExamined(t *testing.T) {
	both := staff.Member{Login: "yang", Unit: "jtj", Roles: []staff.Role{staff.Handler, staff.Dispatcher}}
	cases := []struct {
		m    staff.Member
		step letter.Step
		want string
	}{
		{handler, letter.Acceptance, "unit:lina@cgj"},
		{handler, letter.SupplementRequest, "unit:lina@cgj"},
		{both, letter.SupplementRequest, "dispatcher:yang@jtj"},
		{both, letter.DraftReply, "unit:yang@jtj"},
		{operator, letter.Rating, "follow-up:feng@rx"},
		{operator, letter.Submission, "operator:feng@rx"},
		{duty, letter.Assignment, "duty:chen@zwb"},
		{leader, letter.Assignment, "dispatcher:wang@szf"}, // of a letter kept to him alone
	}
	for _, c := range cases {
		if got := c.m.Actor(c.step).String(); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.m.Login, c.step, got, c.want)
		}
	}
}
