package api

import (
	"fmt"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/search"
	"huiyin/web/page"
)

// perQueue is how many letters one page of a queue holds.
const perQueue = 50

// queues are the lists of the desk by their name in the address. Whatever is asked for, nobody gets a letter that he
// may not read.
var queues = map[string]func(m staff.Member, now time.Time) store.Filter{
	"unit": func(m staff.Member, _ time.Time) store.Filter {
		return store.UnitQueue(append([]string{m.Unit}, m.Covers...)...)
	},
	"parts": func(m staff.Member, _ time.Time) store.Filter {
		return store.PartQueue(append([]string{m.Unit}, m.Covers...)...)
	},
	"dispatch":    func(staff.Member, time.Time) store.Filter { return store.DispatchQueue() },
	"duty":        func(staff.Member, time.Time) store.Filter { return store.DutyQueue() },
	"review":      func(staff.Member, time.Time) store.Filter { return store.ReviewQueue() },
	"publication": func(staff.Member, time.Time) store.Filter { return store.PublicationQueue() },
	"extensions":  func(staff.Member, time.Time) store.Filter { return store.ExtensionQueue() },
	"overdue":     func(_ staff.Member, now time.Time) store.Filter { return store.OverdueQueue(now) },
}

// queuePage is one page of a queue.
type queuePage struct {
	Queue   string   `json:"queue"`
	Page    int      `json:"page"`
	PerPage int      `json:"per_page"`
	Total   int      `json:"total"`
	Letters []queued `json:"letters"`
}

type queued struct {
	Number     string         `json:"number"`
	Title      string         `json:"title"`
	Status     letter.State   `json:"status"`
	Kind       letter.Kind    `json:"kind"`
	Category   string         `json:"category"`
	Urgency    letter.Urgency `json:"urgency"`
	Flags      []letter.Flag  `json:"flags"`
	Channel    letter.Channel `json:"channel"`
	Department *named         `json:"department"`
	Received   time.Time      `json:"received"`
	Due        *time.Time     `json:"due"`      // of the sender
	UnitDue    *time.Time     `json:"unit_due"` // of the unit
	Overdue    bool           `json:"overdue"`
	Merged     bool           `json:"merged"` // member of a lead letter
}

// queue lists the letters of a queue to the member whose token comes with the request.
func (s *Server) queue(c *fiber.Ctx) error {
	m, err := s.member(c)
	if err != nil {
		return err
	}
	wrong := map[string]string{}
	name := c.Query("queue", "unit")
	of, ok := queues[name]
	if !ok {
		wrong["queue"] = "没有这个队列。可用：unit、parts、dispatch、duty、review、publication、extensions、overdue。"
	}
	at := max(1, whole(c, "page", wrong))
	if at > search.MaxReach/perQueue {
		wrong["page"] = "最多翻到第 10000 条，请增加条件缩小范围。"
	}
	if len(wrong) > 0 {
		return letter.Invalid("查询条件有误，请修改后再查。", wrong)
	}
	now := s.Now()
	rows, total, err := s.Store.List(c.UserContext(), store.ReaderOf(m), of(m, now), store.Page{Number: at, Size: perQueue})
	if err != nil {
		return err
	}
	answer := queuePage{Queue: name, Page: at, PerPage: perQueue, Total: total, Letters: make([]queued, 0, len(rows))}
	for _, row := range rows {
		answer.Letters = append(answer.Letters, s.queued(row, now, page.Lang(c)))
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.JSON(answer)
}

func (s *Server) queued(r store.Row, now time.Time, lang page.Language) queued {
	city := s.City()
	return queued{
		Number: r.Number, Title: r.Title, Status: r.State, Kind: r.Kind, Category: r.Category, Urgency: r.Urgency,
		Flags: append([]letter.Flag{}, r.Flags...), Channel: r.Channel, Department: department(city, r.Unit, lang),
		Received: r.Received.In(city.Zone()), Due: moment(r.Due, city.Zone()), UnitDue: moment(r.UnitDue, city.Zone()),
		Overdue: r.Overdue(now), Merged: r.Merged != "",
	}
}

// held is a letter as a member sees it.
type held struct {
	Number     string       `json:"number"`
	Status     letter.State `json:"status"`
	Department *named       `json:"department"`
	Due        *due         `json:"due"`
	Timeline   []entry      `json:"timeline"`
	Clocks     []clock      `json:"clocks"`
}

// held shows a letter to a member who may read it.
func (s *Server) held(c *fiber.Ctx) error {
	m, err := s.member(c)
	if err != nil {
		return err
	}
	number, err := letter.ParseNumber(c.Params("number"))
	if err != nil {
		return err
	}
	l, err := s.Store.Letter(c.UserContext(), number)
	if err != nil {
		return fmt.Errorf("letter %s: %w", number, err)
	}
	if !m.MayRead(l) {
		return letter.ErrNotFound
	}
	return s.show(c, l)
}

// show answers a member with the letter.
func (s *Server) show(c *fiber.Ctx, l *letter.Letter) (err error) {
	city, lang := s.City(), page.Lang(c)
	answer := held{Number: l.Number, Status: l.State, Department: department(city, l.Unit, lang), Due: explained(city, l, lang), Clocks: clocks(city, l, lang)}
	if answer.Timeline, err = timeline(city, l, lang); err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.JSON(answer)
}

// step takes a step of the state table for the member whose token comes with the request.
func (s *Server) step(c *fiber.Ctx) error {
	m, err := s.member(c)
	if err != nil {
		return err
	}
	number, err := letter.ParseNumber(c.Params("number"))
	if err != nil {
		return err
	}
	in, err := input(c.Request().Body())
	if err != nil {
		return err
	}
	step := letter.Step(c.Params("step"))
	l, err := s.Casework.Take(c.UserContext(), number, step, m, in)
	if err != nil {
		return err
	}
	s.Poke()
	s.Log.Info("step by token", "login", m.Login, "number", number, "step", string(step))
	return s.show(c, l)
}

// openText is the version to be published as the request writes it.
type openText struct {
	Title string `json:"title"`
	Body  string `json:"body"`
	Reply string `json:"reply"`
}

// input reads what the step needs; a step that needs nothing takes an empty body.
func input(body []byte) (casework.Input, error) {
	var in casework.Input
	if len(body) == 0 {
		return in, nil
	}
	var open *openText
	err := object(body, func(field string) any {
		if field == "open" {
			return &open
		}
		return inputField(&in, field)
	})
	if open != nil {
		in.Open = &letter.OpenText{Title: open.Title, Body: open.Body, Reply: open.Reply}
	}
	return in, err
}

func inputField(in *casework.Input, field string) any {
	switch field {
	case "unit":
		return &in.Unit
	case "kind":
		return (*string)(&in.Kind)
	case "category":
		return &in.Category
	case "urgency":
		return (*string)(&in.Urgency)
	case "reason":
		return &in.Reason
	case "route":
		return &in.Route
	case "basis":
		return &in.Basis
	case "text":
		return &in.Text
	case "note":
		return &in.Note
	case "solved":
		return &in.Solved
	case "satisfied":
		return &in.Satisfied
	case "until":
		return &in.Until
	case "lead":
		return &in.Lead
	case "members":
		return &in.Members
	}
	return nil
}

// member is who the bearer token belongs to. A token that is unknown, expired or of a disabled member is one answer.
func (s *Server) member(c *fiber.Ctx) (staff.Member, error) {
	scheme, token, _ := strings.Cut(c.Get(fiber.HeaderAuthorization), " ")
	refused := letter.Fail(letter.KindUnauthorized, "请用有效的令牌（Authorization: Bearer …）。令牌由 huiyin staff token 生成。")
	if !strings.EqualFold(scheme, "Bearer") || token == "" {
		return staff.Member{}, s.challenge(c, refused)
	}
	m, err := s.Store.MemberByToken(c.UserContext(), staff.TokenHash(strings.TrimSpace(token)), s.Now())
	if letter.IsKind(err, letter.KindNotFound) {
		return staff.Member{}, s.challenge(c, refused)
	}
	if err != nil {
		return staff.Member{}, err
	}
	return s.City().Cover(m), nil
}

func (s *Server) challenge(c *fiber.Ctx, err error) error {
	c.Set(fiber.HeaderWWWAuthenticate, `Bearer realm="huiyin"`)
	return err
}
