package desk

import (
	"context"
	"slices"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/web/page"
)

// merged is what the page of a letter shows of those handled together with it.
type merged struct {
	Lead    []row // the lead, none when the letter is on its own or the member may not read it
	Members []row // letters merged with this one that the member may read
	Total   int   // how many of them there are
}

// mostMembers is how many letters merged with a lead its page lists.
const mostMembers = 100

// asides are steps that say nothing about whose turn it is.
var asides = []letter.Step{letter.Merge, letter.Unmerge, letter.Suspension}

// merged lists the lead of the letter and its members, as the reader may see them.
func (s *Server) merged(ctx context.Context, m staff.Member, l *letter.Letter) (v merged, err error) {
	reader := store.ReaderOf(m)
	if l.Merged != "" {
		list, _, err := s.Store.List(ctx, reader, store.Filter{Number: l.Merged}, store.Page{Number: 1, Size: 1})
		v.Lead = s.rows(list, m, "")
		return v, err // a member has no members
	}
	list, total, err := s.Store.List(ctx, reader, store.Filter{Merged: l.Number, Order: store.ByNewest}, store.Page{Number: 1, Size: mostMembers})
	v.Members, v.Total = s.rows(list, m, ""), total
	return v, err
}

// nameLeads adds to each merger of the history with which letter it was, where
// the member may read that one.
func (s *Server) nameLeads(ctx context.Context, m staff.Member, v *letterPage) error {
	for i, e := range v.Letter.Events {
		if e.Step != letter.Merge {
			continue
		}
		pub, err := e.PublicFacts()
		if err != nil {
			return err
		}
		n, err := s.Store.Count(ctx, store.ReaderOf(m), store.Filter{Number: pub.Lead})
		if err != nil {
			return err
		}
		if h := &v.History[len(v.History)-1-i]; n == 1 { // the history has the newest first
			h.Detail = append(h.Detail, page.Number(pub.Lead))
		}
	}
	return nil
}

// standsAlone takes back the offer to merge where the letter cannot become a member.
func standsAlone(l *letter.Letter, v merged, options []option) []option {
	if v.Total == 0 && casework.Mergeable(l) {
		return options
	}
	return slices.DeleteFunc(options, func(o option) bool { return o.Step == letter.Merge })
}

// Together is how many merged letters can take the step with this one: those of
// the handler's units that have no answer yet, or those waiting for the reviewer.
func (p *letterPage) Together(step letter.Step) (n int) {
	for _, r := range p.Merged.Members {
		switch step {
		case letter.Review:
			if (r.State == letter.Assigned || r.State == letter.Handling) && p.Reader.InUnit(r.Unit) {
				n++
			}
		default:
			if r.State == letter.InReview {
				n++
			}
		}
	}
	return n
}

// LeadAnswered says whether the answer of the lead can be taken as a draft.
func (p *letterPage) LeadAnswered() bool {
	return len(p.Merged.Lead) > 0 && !p.Merged.Lead[0].Answered.IsZero() && p.Offers(letter.DraftReply)
}

// useLead puts the answer that the lead got into the draft's form: what is left
// of the merger for a letter that did not go along.
func (s *Server) useLead(c *fiber.Ctx, v *letterPage) error {
	lead, err := s.readable(c, member(c), v.Letter.Merged)
	if letter.IsKind(err, letter.KindNotFound) {
		return nil
	}
	if err != nil || lead.AnsweredAt.IsZero() {
		return err
	}
	v.use(lead.Number, lead.Reply.Text)
	return nil
}
