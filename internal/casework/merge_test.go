package casework_test

import (
	"strings"
	"sync"
	"testing"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/store"
)

func (h *house) merged(member, lead, login string) *letter.Letter {
	h.T.Helper()
	return h.take(member, login, letter.Merge, casework.Input{Lead: lead})
}

func TestAMemberKeepsItsOwnNumberUnitAndClocks(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		lead, member := h.lamps(), h.lamps()
		before := h.Read(member)
		l := h.merged(member, lead[:6]+" "+lead[6:], handler)
		if l.Merged != lead || l.State != before.State || l.Unit != before.Unit || len(l.Clocks) != len(before.Clocks) {
			t.Errorf("merged with %q, %s, %s, %d clocks", l.Merged, l.State, l.Unit, len(l.Clocks))
		}
		list, total, err := h.Store.List(t.Context(), store.ReaderOf(h.Member(handler)), store.Filter{Merged: lead}, store.Page{Number: 1, Size: 9})
		must(t, err)
		if total != 1 || list[0].Number != member || h.Read(lead).Merged != "" {
			t.Errorf("members of the lead: %v", list)
		}
		h.refused(member, "twice", h.try(member, handler, letter.Merge, casework.Input{Lead: h.lamps()}), letter.KindRefused)
		if l := h.take(member, dispatcher, letter.Unmerge, casework.Input{}); l.Merged != "" {
			t.Errorf("still with %s", l.Merged)
		}
		h.refused(member, "not merged", h.try(member, handler, letter.Unmerge, casework.Input{}), letter.KindRefused)
	})
}

// No page that names a lead may have to follow a chain.
func TestMergedLettersMakeNoChains(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		lead, member, third := h.lamps(), h.lamps(), h.lamps()
		h.merged(member, lead, handler)
		if l := h.merged(third, member, handler); l.Merged != lead {
			t.Errorf("merged with %s, want the lead of the one named", l.Merged)
		}
		h.refused(lead, "it has members", h.try(lead, handler, letter.Merge, casework.Input{Lead: h.lamps()}), letter.KindRefused)
		h.refused(lead, "into its own member", h.try(lead, handler, letter.Merge, casework.Input{Lead: member}), letter.KindRefused)
		h.refused(lead, "with itself", h.try(lead, handler, letter.Merge, casework.Input{Lead: lead}), letter.KindInvalid)
	})
}

// Two members of staff who merge two letters into each other at the same time.
func TestTwoLettersCannotBecomeMembersOfEachOther(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for range 8 {
			a, b := h.lamps(), h.lamps()
			var both sync.WaitGroup
			for _, pair := range [][2]string{{a, b}, {b, a}} {
				both.Add(1)
				go func() {
					defer both.Done()
					_, err := h.Casework.Merge(t.Context(), pair[0], h.Member(handler), casework.Input{Lead: pair[1]})
					if err != nil && !letter.IsRefused(err) {
						t.Error(err)
					}
				}()
			}
			both.Wait()
			if x, y := h.Read(a).Merged, h.Read(b).Merged; (x == "") == (y == "") {
				t.Fatalf("%s with %q, %s with %q", a, x, b, y)
			}
		}
	})
}

func TestWhoMayMergeWhat(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		own, other, unassigned := h.lamps(), h.lamps(), h.unclear()
		h.take(h.taken(other), dispatcher, letter.Assignment, casework.Input{Unit: "rsj"})
		finished := h.lamps()
		h.answered(finished)
		sealed, danger := h.accusing(aboutBureau), h.accusing(aboutLife)
		missing := letter.NewNumber(h.Now, 4_000_000)
		for _, c := range []struct {
			why, number, login, lead string
			kind                     letter.ErrorKind
		}{
			{"not a number", own, handler, "路灯", letter.KindInvalid},
			{"nothing typed", own, handler, "", letter.KindInvalid},
			{"no such letter", own, handler, missing, letter.KindInvalid},
			{"another unit's lead, by the unit", own, handler, other, letter.KindInvalid},
			{"nobody's lead yet, by the unit", own, handler, unassigned, letter.KindInvalid},
			{"another unit's letter", other, handler, own, letter.KindNotFound},
			{"a reviewer", own, reviewer, h.lamps(), letter.KindForbidden},
			{"a reviewer and handler of the bureau above, a lead he reads but does not handle", own, bureau, other, letter.KindInvalid},
			{"a finished lead", own, handler, finished, letter.KindInvalid},
			{"a finished letter", finished, handler, own, letter.KindRefused},
			{"a sealed lead", own, dispatcher, sealed, letter.KindInvalid},
			{"a sealed lead, by who may read both", sealed, discipline, sealed, letter.KindRefused},
			{"a sealed letter by a dispatcher", sealed, dispatcher, own, letter.KindNotFound},
			{"the duty officer's letter", danger, duty, own, letter.KindForbidden},
		} {
			h.refused(c.number, c.why, h.try(c.number, c.login, letter.Merge, casework.Input{Lead: c.lead}), c.kind)
		}
		a := h.try(own, handler, letter.Merge, casework.Input{Lead: sealed})
		if b := h.try(own, handler, letter.Merge, casework.Input{Lead: missing}); a == nil || b == nil || a.Error() != b.Error() {
			t.Errorf("a sealed lead answers %v, a missing one %v", a, b)
		}
		if l := h.merged(other, own, dispatcher); l.Unit != "rsj" {
			t.Errorf("the dispatcher's merger moved it to %s", l.Unit)
		}
		h.merged(h.lamps(), own, bureau) // above the unit, so its own
	})
}

// What the duty officer sent on is sealed again when its unit returns it, so it never has a lead whose page names it.
func TestWhatMayBeSealedAgainStandsAlone(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number, own := h.accusing("我不想活了，今晚就去跳河。"), h.lamps()
		h.take(number, duty, letter.Assignment, casework.Input{Unit: "cgj-sz"})
		h.refused(number, "as a member", h.try(number, handler, letter.Merge, casework.Input{Lead: own}), letter.KindRefused)
		h.refused(own, "as a lead", h.try(own, handler, letter.Merge, casework.Input{Lead: number}), letter.KindInvalid)
	})
}

// taken returns the letter, so that a dispatcher can send it elsewhere.
func (h *house) taken(number string) string {
	h.T.Helper()
	h.take(number, handler, letter.Objection, casework.Input{Reason: "not_our_duty", Basis: "职责"})
	return number
}

// One answer goes to every sender as his own, through drafting, review and signature.
func TestMembersAreAnsweredWithTheirLead(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		lead, assigned, handling, waiting, elsewhere, apart := h.lamps(), h.lamps(), h.lamps(), h.lamps(), h.lamps(), h.lamps()
		for _, number := range []string{assigned, handling, waiting, apart} {
			h.merged(number, lead, handler)
		}
		h.merged(h.taken(elsewhere), lead, dispatcher)
		h.take(elsewhere, dispatcher, letter.Assignment, casework.Input{Unit: "rsj"})
		h.take(handling, handler, letter.Acceptance, casework.Input{})
		h.take(waiting, handler, letter.SupplementRequest, casework.Input{Text: "哪一盏？"})
		h.take(apart, handler, letter.Unmerge, casework.Input{})
		h.take(lead, handler, letter.Acceptance, casework.Input{})
		h.take(lead, handler, letter.DraftReply, casework.Input{Text: "梧桐路的路灯已经修好。", Note: "来信人张先生很急"})
		h.take(lead, handler, letter.Review, casework.Input{Members: true})
		for number, want := range map[string]letter.State{lead: letter.InReview, assigned: letter.InReview, handling: letter.InReview,
			waiting: letter.AwaitingSender, elsewhere: letter.Assigned, apart: letter.Assigned} {
			if l := h.Read(number); l.State != want {
				t.Errorf("%s is %s, want %s", number, l.State, want)
			}
		}
		if l := h.Read(assigned); l.Reply.Text != "梧桐路的路灯已经修好。" || l.Reply.Note != "" || l.Writer != handler || l.AcceptedAt.IsZero() {
			t.Errorf("%q, %q by %s", l.Reply.Text, l.Reply.Note, l.Writer)
		}
		h.take(lead, reviewer, letter.ReturnDraft, casework.Input{Text: "请写明日期", Members: true})
		if a, b := h.Read(assigned).State, h.Read(handling).State; a != letter.Handling || b != letter.Handling {
			t.Fatalf("returned: %s, %s", a, b)
		}
		h.take(lead, handler, letter.DraftReply, casework.Input{Text: "梧桐路的路灯已于3月2日修好。"})
		h.take(lead, handler, letter.Review, casework.Input{Members: true})
		h.take(handling, reviewer, letter.ReturnDraft, casework.Input{Text: "这一封另写"})
		h.take(handling, handler, letter.DraftReply, casework.Input{Text: "您那一盏也修好了。"})
		h.take(handling, handler, letter.Review, casework.Input{})
		h.take(lead, reviewer, letter.Approval, casework.Input{Members: true})
		a, b := h.Read(assigned), h.Read(handling)
		if a.State != letter.Answered || a.Reply.Text != "梧桐路的路灯已于3月2日修好。" || a.Approver != reviewer || a.Figures.WorkingMinutes < 0 || a.Figures.DueAt.IsZero() {
			t.Errorf("%s: %q", a.State, a.Reply.Text)
		}
		if b.State != letter.InReview {
			t.Errorf("an answer that differs was signed unread: %s", b.State)
		}
		yes := true
		if l := h.tell(assigned, letter.Rating, casework.Input{Solved: &yes, Satisfied: 5}); l.Satisfied != 5 || h.Read(lead).Satisfied != 0 {
			t.Error("the rating is not the sender's own")
		}
	})
}

func TestAnAnswerThatNamesSomebodyGoesToNobodyElse(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		lead, member := h.lamps(), h.lamps()
		h.merged(member, lead, handler)
		h.take(lead, handler, letter.Acceptance, casework.Input{})
		h.take(lead, handler, letter.DraftReply, casework.Input{Text: "王丽女士您好，您留的电话13900001100已联系，路灯已修好。"})
		h.refused(lead, "personal data", h.try(lead, handler, letter.Review, casework.Input{Members: true}), letter.KindInvalid)
		if h.Read(lead).State != letter.Handling || h.Read(member).State != letter.Assigned {
			t.Error("something was sent")
		}
		h.take(lead, handler, letter.Review, casework.Input{})
	})
}

// The sender of a member learns that his letter is handled with others, not with whose.
func TestTheSenderNeverSeesTheNumberOfTheLead(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		lead, member := h.lamps(), h.lamps()
		l := h.merged(member, lead, handler)
		timeline, err := l.Timeline()
		must(t, err)
		last := timeline[len(timeline)-1]
		if last.Step != letter.Merge || strings.Contains(last.Text+last.By+last.Unit, lead) || last.Text != "" {
			t.Errorf("%+v", last)
		}
		must(t, h.Store.EachLetter(t.Context(), func(l *letter.Letter, kept letter.Kept) error {
			if faults := l.Verify(kept); len(faults) > 0 {
				t.Errorf("%s: %v", l.Number, faults)
			}
			return nil
		}))
	})
}
