package casework_test

import (
	"testing"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/store"
)

// readers are the members of the city who may read the letter, and they alone
// find it in lists.
func (h *house) readers(number string) map[string]bool {
	h.T.Helper()
	l, readers := h.Read(number), map[string]bool{}
	for _, m := range h.City.Pack.Staff {
		m = h.City.Cover(m)
		n, err := h.Store.Count(h.T.Context(), store.ReaderOf(m), store.Filter{Number: number})
		must(h.T, err)
		if (n == 1) != m.MayRead(l) {
			h.T.Errorf("%s may read: %v, finds in lists: %d", m.Login, m.MayRead(l), n)
		}
		if m.MayRead(l) {
			readers[m.Login] = true
		}
	}
	return readers
}

func (h *house) accusing(body string) string {
	return h.Submit(letter.Draft{Body: body, Publish: true})
}

const (
	aboutBureau     = "我要举报市城管局的局长收受商户的红包。"
	aboutDiscipline = "我要举报纪委干部收受红包，包庇被查的人。"
	aboutLife       = "我不想活了，今晚就去跳河。市城管局的局长收受红包，把我的店封了。"
)

// An accusation of the discipline unit goes to the member above it. He is no
// dispatcher, but nobody else may read it: he sends it on or answers it himself.
func TestAnAccusationOfTheDisciplineUnitDoesNotGetStuck(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.accusing(aboutDiscipline)
		if l := h.Read(number); l.Guard != letter.GuardMember(above) || l.State != letter.Received {
			t.Fatalf("guard %q, %s", l.Guard, l.State)
		}
		h.refused(number, "a dispatcher", h.try(number, dispatcher, letter.Assignment, casework.Input{Unit: "gaj"}), letter.KindNotFound)
		h.refused(number, "to the accused", h.try(number, above, letter.Assignment, casework.Input{Unit: "jwjw"}), letter.KindRefused)
		l := h.take(number, above, letter.Assignment, casework.Input{Unit: "zfb"})
		if l.Guard != letter.GuardUnit("zfb") {
			t.Errorf("sent on with guard %q", l.Guard)
		}
		if r := h.readers(number); r[discipline] || r[dispatcher] || r[handler] || !r[reviewer] {
			t.Errorf("readers %v", r)
		}
		other := h.accusing(aboutDiscipline)
		if l := h.take(other, above, letter.DirectAnswer, casework.Input{Text: "已由市领导核查。"}); l.State != letter.Answered {
			t.Error(l.State)
		}
		lamps := h.lamps()
		h.refused(lamps, "a letter that is not kept to him", h.try(lamps, above, letter.SupplementRequest, casework.Input{Text: "?"}), letter.KindForbidden)
	})
}

// A sealed letter that its unit returns goes to the member above: the dispatchers
// may not read it, so nobody could rule on it.
func TestAReturnedAccusationGoesToTheMemberAbove(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.accusing(aboutBureau)
		if l := h.Read(number); l.Guard != letter.GuardUnit("jwjw") {
			t.Fatalf("guard %q", l.Guard)
		}
		in := casework.Input{Reason: "not_our_duty", Basis: "管理权限", Text: "属于上级"}
		h.take(number, discipline, letter.Objection, in)
		if r := h.readers(number); len(r) != 1 || !r[above] {
			t.Fatalf("readers %v", r)
		}
		l := h.take(number, above, letter.Ruling, casework.Input{Text: "由你单位办理"})
		if l.State != letter.Handling || l.Guard != letter.GuardUnit("jwjw") {
			t.Errorf("%s, guard %q", l.State, l.Guard)
		}
		h.take(number, discipline, letter.DraftReply, casework.Input{Text: "已核查。"})
	})
}

// The discipline unit's answers are signed within it.
func TestASealedLetterIsAnsweredWithinItsUnit(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.accusing(aboutBureau)
		h.take(number, discipline, letter.Acceptance, casework.Input{})
		h.take(number, discipline, letter.DraftReply, casework.Input{Text: "已核查。"})
		h.take(number, discipline, letter.Review, casework.Input{})
		h.refused(number, "a reviewer of another unit", h.try(number, reviewer, letter.Approval, casework.Input{}), letter.KindNotFound)
		signed := false
		for _, m := range h.City.Pack.Staff {
			if h.City.Cover(m).May(letter.Approval, h.Read(number)) == nil && m.Login != discipline {
				h.take(number, m.Login, letter.Approval, casework.Input{})
				signed = true
				h.refused(number, "published", h.try(number, m.Login, letter.Publication, casework.Input{}), letter.KindRefused)
			}
		}
		if !signed {
			t.Error("nobody can sign it")
		}
	})
}

// The duty officer's letter never passes the ordinary dispatch queue, not even
// when its unit returns it.
func TestAReturnedDutyLetterGoesBackToTheDutyOfficer(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.accusing("我不想活了，今晚就去跳河。")
		if l := h.Read(number); l.Guard != letter.GuardDuty {
			t.Fatalf("guard %q", l.Guard)
		}
		h.take(number, duty, letter.Assignment, casework.Input{Unit: "cgj-sz"})
		l := h.take(number, handler, letter.Objection, casework.Input{Reason: "not_our_duty", Basis: "职责", Text: "应由公安"})
		if r := h.readers(number); l.Guard != letter.GuardDuty || r[dispatcher] || !r[duty] {
			t.Errorf("guard %q, readers %v", l.Guard, r)
		}
		if l := h.take(number, duty, letter.Assignment, casework.Input{Unit: "gaj"}); l.Guard != "" || l.Unit != "gaj" {
			t.Errorf("guard %q, unit %s", l.Guard, l.Unit)
		}
	})
}

// A letter in which a life is at stake may accuse as well: after the duty officer
// it stays sealed and reaches neither the accused nor the public posts.
func TestAnAccusationThatTheDutyOfficerSendsOnStaysSealed(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.accusing(aboutLife)
		l := h.Read(number)
		if l.Guard != letter.GuardDuty || !l.Has(letter.Accusation) || !l.Has(letter.Danger) {
			t.Fatalf("guard %q, flags %v, accused %v", l.Guard, l.Flags, l.Accused)
		}
		for _, unit := range []string{"cgj", "cgj-sz", "gaj"} {
			h.refused(number, unit, h.try(number, duty, letter.Assignment, casework.Input{Unit: unit}), letter.KindRefused)
		}
		if l = h.take(number, duty, letter.Assignment, casework.Input{Unit: "jwjw"}); l.Guard != letter.GuardUnit("jwjw") {
			t.Errorf("guard %q", l.Guard)
		}
		if r := h.readers(number); !r[discipline] || r[dispatcher] || r[handler] || r[reviewer] {
			t.Errorf("readers %v", r)
		}
	})
}
