package desk

import (
	"context"
	"strings"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/web/page"
)

// step takes the step that the address names. A refused one shows the letter
// again with everything typed.
func (s *Server) step(c *fiber.Ctx) error {
	ctx, m, number := c.UserContext(), member(c), c.Params("number")
	step := letter.Step(c.Params("step"))
	in := inputOf(c)
	l, err := s.take(ctx, m, number, step, in)
	if refused(err) {
		return s.refusedStep(c, m, number, step, in, err)
	}
	if err != nil {
		return err
	}
	s.Poke()
	page.Flash(c, "已办：%s", step.Word())
	return c.Redirect(after(c, m, l), fiber.StatusSeeOther)
}

// take takes one step. Sending to review saves what stands in the form first: it
// is one button under one text.
func (s *Server) take(ctx context.Context, m staff.Member, number string, step letter.Step, in casework.Input) (*letter.Letter, error) {
	if step == letter.Review && strings.TrimSpace(in.Text) != "" {
		l, err := s.Store.Letter(ctx, number)
		if err != nil {
			return nil, err
		}
		if changed(l, in) {
			if _, err := s.Casework.Take(ctx, number, letter.DraftReply, m, in); err != nil {
				return nil, err
			}
		}
		in.Text, in.Note = "", ""
	}
	return s.Casework.Take(ctx, number, step, m, in)
}

// changed says whether the form holds another answer or report than was saved.
func changed(l *letter.Letter, in casework.Input) bool {
	text, note := plain(in.Text), plain(in.Note)
	return text != l.Reply.Text || note != "" && note != l.Reply.Note
}

// plain is a text as casework keeps it.
func plain(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
}

// refused says whether the error belongs on the page of the letter: the member
// can read there what to do about it.
func refused(err error) bool {
	return letter.IsRefused(err) || letter.IsKind(err, letter.KindForbidden) || letter.IsKind(err, letter.KindConflict)
}

func (s *Server) refusedStep(c *fiber.Ctx, m staff.Member, number string, step letter.Step, in casework.Input, because error) error {
	l, err := s.readable(c, m, number)
	if err != nil {
		return err
	}
	v, err := s.letterPage(c, m, l)
	if err != nil {
		return err
	}
	if step == letter.Review {
		step = letter.DraftReply // the form they share
	}
	v.Came, v.Typed = step, in
	if step == letter.Publication && v.Masked != nil && in.Open != nil {
		v.Masked.Open = *in.Open
	}
	v.Head.Refused(because)
	return s.set.Render(c, "letter", v)
}

// inputOf reads the form of any step.
func inputOf(c *fiber.Ctx) casework.Input {
	in := casework.Input{
		Unit: c.FormValue("unit"), Kind: letter.Kind(c.FormValue("kind")), Category: c.FormValue("category"),
		Urgency: letter.Urgency(c.FormValue("urgency")),
		Reason:  c.FormValue("reason"), Basis: c.FormValue("basis"), Text: c.FormValue("text"), Note: c.FormValue("note"), Until: c.FormValue("until"),
		Lead: c.FormValue("lead"), Members: c.FormValue("members") == "yes",
	}
	if title, body, reply := c.FormValue("open_title"), c.FormValue("open_body"), c.FormValue("open_reply"); title+body+reply != "" {
		in.Open = &letter.OpenText{Title: title, Body: body, Reply: reply}
	}
	return in
}

// after is where the member goes on: back to the list he worked off, else to the
// letter, or to his start when the step took it out of his hands.
func after(c *fiber.Ctx, m staff.Member, l *letter.Letter) string {
	if back := c.FormValue("back"); back != "" {
		return local(back)
	}
	if !m.MayRead(l) {
		return page.PathDesk
	}
	return address(l.Number, c.Query("from"))
}
