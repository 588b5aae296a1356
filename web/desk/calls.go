package desk

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"huiyin/intake"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/routing"
	"huiyin/web/page"
)

// callPage is the order that an operator types while the caller talks.
type callPage struct {
	page.Head
	Caller  string // number that calls
	Call    string // id of the call in the telephone system
	Draft   letter.Draft
	Answer  string
	Until   string // deadline of a higher level as typed, a date
	Once    string // makes pressing twice one letter
	Earlier []row
	Similar []similar
	Kinds   []letter.Kind
	Units   []routing.Unit
}

// callDone is what the operator reads out.
type callDone struct {
	page.Head
	Receipt  intake.Receipt
	Answered bool
	UnitName string
}

func (s *Server) callForm(c *fiber.Ctx) error {
	v := &callPage{Caller: strings.TrimSpace(c.Query("caller")), Call: c.Query("call"), Once: rand.Text()}
	v.Draft.Phone, v.Draft.Publish = v.Caller, true
	return s.showCall(c, v)
}

// showCall fills in what stands around the form: the caller's earlier letters
// and similar answers.
func (s *Server) showCall(c *fiber.Ctx, v *callPage) (err error) {
	m := member(c)
	v.Title, v.Kinds, v.Units = "来电登记", letter.Kinds, s.City().Router.Tree()
	if v.Earlier, err = s.sameSender(c.UserContext(), m, s.callerKey(v.Caller, v.Draft.Phone), ""); err != nil {
		return err
	}
	if len(v.Earlier) > 0 {
		s.recordLookUp(c.UserContext(), m, byCaller, numbersIn(v.Earlier))
	}
	if v.Similar, err = s.answers(c, v.Draft); err != nil {
		return err
	}
	return s.set.Render(c, "call", v)
}

func numbersIn(rows []row) []string {
	numbers := make([]string, len(rows))
	for i, r := range rows {
		numbers[i] = r.Number
	}
	return numbers
}

// callerKey is the sender key of who calls: of the number that calls, else of the
// one he gives.
func (s *Server) callerKey(caller, phone string) string {
	if caller == "" {
		caller = phone
	}
	if caller == "" {
		return ""
	}
	return s.Vault.SenderKey(caller)
}

// answers are similar published answers with their whole text, to be read out.
func (s *Server) answers(c *fiber.Ctx, d letter.Draft) ([]similar, error) {
	var list []similar
	for _, found := range s.similarToCall(c.UserContext(), d) {
		p, err := s.Store.Published(c.UserContext(), found.Number)
		if letter.IsKind(err, letter.KindNotFound) {
			continue // taken down a moment ago
		}
		if err != nil {
			return nil, err
		}
		found.Reply = p.Reply
		list = append(list, found)
	}
	return list, nil
}

// callSimilar answers while the operator types.
func (s *Server) callSimilar(c *fiber.Ctx) error {
	found, err := s.answers(c, draftOf(c, member(c)))
	if err != nil {
		return err
	}
	return s.set.Part(c, "call", "answers", &callPage{Similar: found})
}

// call files the order, answered at once or for a unit to handle. Without a
// script the third button only looks for similar answers.
func (s *Server) call(c *fiber.Ctx) error {
	ctx, m := c.UserContext(), member(c)
	v := &callPage{Caller: c.FormValue("caller"), Call: c.FormValue("call"), Answer: c.FormValue("answer"), Until: c.FormValue("deadline"), Once: c.FormValue("once")}
	v.Draft = draftOf(c, m)
	do := c.FormValue("do")
	if do == "look" {
		return s.showCall(c, v)
	}
	var err error
	if v.Draft.Deadline, err = intake.ParseDeadline(v.Until, s.City().Zone()); err != nil {
		v.Head.Refused(err)
		return s.showCall(c, v)
	}
	once, err := onceOf(v)
	if err != nil {
		return err
	}
	v.Draft.Once = once
	var r intake.Receipt
	if do == "answer" {
		r, err = s.Intake.SubmitAnswered(ctx, v.Draft, v.Answer)
	} else {
		r, err = s.Intake.Submit(ctx, v.Draft)
	}
	if refused(err) {
		v.Head.Refused(err)
		return s.showCall(c, v)
	}
	if err != nil {
		return err
	}
	s.Poke()
	done := &callDone{Head: page.Head{Title: "来电登记"}, Receipt: r, Answered: do == "answer"}
	if r.Unit != "" {
		done.UnitName = s.City().Router.Name(r.Unit)
	}
	return s.set.Render(c, "call_done", done)
}

// draftOf reads the order. The column is that of the hotline's ordinary matters.
func draftOf(c *fiber.Ctx, m staff.Member) letter.Draft {
	d := letter.Draft{
		Channel: letter.Hotline, Column: letter.Complaints, Kind: letter.Kind(c.FormValue("kind")),
		Title: c.FormValue("title"), Body: c.FormValue("body"), Place: c.FormValue("place"), Unit: c.FormValue("unit"),
		Name: c.FormValue("name"), Phone: strings.TrimSpace(c.FormValue("phone")),
		Anonymous: c.FormValue("anonymous") != "", Publish: c.FormValue("publish") != "", Operator: m.Login,
	}
	if call := strings.TrimSpace(c.FormValue("call")); call != "" {
		d.Source, d.SourceID = "hotline", call
	}
	return d
}

// onceOf is the key hidden in the form with the fingerprint of what was typed, so
// that a second press answers with the same letter.
func onceOf(v *callPage) (*letter.Once, error) {
	if v.Once == "" {
		return nil, nil
	}
	body, err := json.Marshal(struct {
		Draft  letter.Draft
		Answer string
	}{v.Draft, v.Answer})
	if err != nil {
		return nil, fmt.Errorf("fingerprint of a call: %w", err)
	}
	return &letter.Once{Key: "desk:" + v.Draft.Operator + ":" + v.Once, Body: sha256.Sum256(body)}, nil
}
