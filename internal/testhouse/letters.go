package testhouse

import (
	"context"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
)

// Member is a member of the demonstration city with the units he covers.
func (h *House) Member(login string) staff.Member {
	h.T.Helper()
	for _, m := range h.City.Pack.Staff {
		if m.Login == login {
			return h.City.Cover(m)
		}
	}
	h.T.Fatalf("nobody is called %s", login)
	return staff.Member{}
}

// Submit takes a letter in, from the web unless the draft says otherwise, and gives its number.
func (h *House) Submit(d letter.Draft) string {
	h.T.Helper()
	if d.Channel == "" {
		d.Channel = letter.Web
	}
	r, err := h.Intake.Submit(context.Background(), d)
	Must(h.T, err)
	return r.Number
}

// Read is the letter as the store keeps it.
func (h *House) Read(number string) *letter.Letter {
	h.T.Helper()
	l, err := h.Store.Letter(context.Background(), number)
	Must(h.T, err)
	return l
}

// Take takes a step as a member who may, a second person where one is asked for.
func (h *House) Take(number string, step letter.Step, in casework.Input) *letter.Letter {
	h.T.Helper()
	l, avoid := h.Read(number), ""
	switch step {
	case letter.Approval, letter.Publication:
		avoid = l.Writer
	case letter.RefusalApproval:
		avoid = l.Refuser
	}
	l, err := h.Casework.Take(context.Background(), number, step, h.City.Cast(step, l.Unit, l.Guard, avoid), in)
	if err != nil {
		h.T.Fatalf("%s: %v", step, err)
	}
	return l
}

// Answer leads an assigned letter to its signed answer; the report is what the unit notes for itself.
func (h *House) Answer(number, text, report string) {
	h.T.Helper()
	if c, ok := h.Read(number).Clock(letter.AcceptanceClock); !ok || c.NextRung.After(h.Now) { // else time accepts it with the next step
		h.Take(number, letter.Acceptance, casework.Input{})
	}
	h.Take(number, letter.DraftReply, casework.Input{Text: text, Note: report})
	h.Take(number, letter.Review, casework.Input{})
	h.Take(number, letter.Approval, casework.Input{})
}

// Publish publishes an answered letter and gives what the public sees.
func (h *House) Publish(number string) letter.Public {
	h.T.Helper()
	p, ok := h.Take(number, letter.Publication, casework.Input{}).Public()
	if !ok {
		h.T.Fatalf("%s is not public", number)
	}
	return p
}
