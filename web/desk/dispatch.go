package desk

import (
	"context"
	"math"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/web/page"
)

// dispatchPerPage is fewer than in other queues: each letter stands there whole,
// with its suggestions.
const dispatchPerPage = 10

type dispatchPage struct {
	page.Head
	List   string // which of the four lists is shown
	Tabs   []tab
	Copies []row
	Cards  []card
	Empty  string
	Pages  page.Pages
}

// card is a letter with what a dispatcher needs to decide at once.
type card struct {
	row
	Letter      *letter.Letter
	Suggestions []suggestion
	Reasons     []letter.Reason
	Refusal     *proposal
	Objection   *objection
	Steps       []option
}

// May says whether the member can take the step on the letter now.
func (c card) May(step letter.Step) bool { return offers(c.Steps, step) }

// suggestion is a unit the router thinks of.
type suggestion struct {
	Unit    string
	Name    string
	Percent int // probability by rules and model; without a model its share of all points
	Words   []letter.Word
	Accused bool // the letter is about this unit: it cannot get it
}

// proposal is a refusal that waits for the second dispatcher.
type proposal struct {
	By     string
	Reason string
	Text   string
	Own    bool // proposed by the member himself
}

// objection is why a unit returned the letter.
type objection struct {
	Unit, Reason, Basis, Text, Note string
}

// lists of the dispatch page. Copies of urgent supply failures are routed
// already; the dispatcher only sees them.
var dispatchLists = []struct{ key, word, empty string }{
	{"assignment", "待派单", "系统拿不准该派给谁的信会出现在这里，附三个建议和依据的词语。"},
	{"ruling", "退单待裁定", "单位认为不属于自己的信退回后，会出现在这里等您裁定。"},
	{"refusal", "不予受理待确认", "一位派单员提出不予受理后，会出现在这里等另一位确认。"},
	{"copies", "紧急件抄送", "停水、停电、停气、停暖的信直接派给单位，同时抄送到这里。"},
}

func (s *Server) dispatch(c *fiber.Ctx) error {
	ctx, m := c.UserContext(), member(c)
	v := &dispatchPage{Head: page.Head{Title: "待派"}, List: dispatchLists[0].key}
	for _, l := range dispatchLists {
		if c.Query("list") == l.key {
			v.List = l.key
		}
	}
	number := pageNumber(c)
	var found []store.Row
	for _, l := range dispatchLists {
		at := store.Page{Number: 1, Size: 1}
		if l.key == v.List {
			at = store.Page{Number: number, Size: dispatchPerPage}
		}
		rows, total, err := s.dispatchList(ctx, m, l.key, at)
		if err != nil {
			return err
		}
		v.Tabs = append(v.Tabs, tab{l.word, "/desk/dispatch?list=" + l.key, total, l.key == v.List})
		if l.key == v.List {
			found, v.Empty = rows, l.empty
			v.Pages = page.Pages{Page: number, PerPage: dispatchPerPage, Total: total, Address: c.OriginalURL()}
		}
	}
	shown := s.rows(found, m, "dispatch")
	if v.List == "copies" {
		v.Copies = shown
		return s.set.Render(c, "dispatch", v)
	}
	for _, r := range shown {
		filled, err := s.card(ctx, m, r)
		if err != nil {
			return err
		}
		v.Cards = append(v.Cards, filled)
	}
	return s.set.Render(c, "dispatch", v)
}

func (s *Server) dispatchList(ctx context.Context, m staff.Member, list string, at store.Page) ([]store.Row, int, error) {
	reader := store.ReaderOf(m)
	switch list {
	case "ruling":
		return s.Store.Undecided(ctx, reader, letter.Returned, at)
	case "refusal":
		return s.Store.ProposedRefusals(ctx, reader, at)
	case "copies":
		return s.Store.List(ctx, reader, store.Filter{Copied: true, Shared: true, States: letter.OpenStates}, at)
	}
	return s.Store.Undecided(ctx, reader, letter.Received, at)
}

// card loads the letter of a row with everything that decides about it.
func (s *Server) card(ctx context.Context, m staff.Member, r row) (card, error) {
	l, err := s.Store.Letter(ctx, r.Number)
	if err != nil {
		return card{}, err
	}
	c := card{row: r, Letter: l, Suggestions: s.suggestions(l), Reasons: l.Placement.Reasons, Steps: s.offered(m, l)}
	if c.Refusal, err = s.proposal(ctx, m, l); err != nil {
		return c, err
	}
	c.Objection, err = s.objection(l)
	return c, err
}

func (s *Server) suggestions(l *letter.Letter) []suggestion {
	router := s.City().Router
	list := make([]suggestion, len(l.Placement.Top))
	for i, top := range l.Placement.Top {
		list[i] = suggestion{Unit: top.Unit, Name: router.Name(top.Unit), Percent: int(math.Round(top.Sure() * 100)),
			Words: top.Words, Accused: has(l.Accused, top.Unit)}
	}
	return list
}

func has(list []string, x string) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}

// proposal reads the refusal that waits for a second dispatcher, nil when none does.
func (s *Server) proposal(ctx context.Context, m staff.Member, l *letter.Letter) (*proposal, error) {
	if l.Refuser == "" {
		return nil, nil
	}
	pub, priv, err := newest(l, letter.Refusal)
	if err != nil {
		return nil, err
	}
	names, err := s.names(ctx)
	if err != nil {
		return nil, err
	}
	return &proposal{By: names.of(l.Refuser), Reason: reasonWord(casework.RefusalReasons, pub.Reason), Text: priv.Text, Own: l.Refuser == m.Login}, nil
}

// objection reads why the letter was returned, nil when it was not.
func (s *Server) objection(l *letter.Letter) (*objection, error) {
	if l.State != letter.Returned {
		return nil, nil
	}
	pub, priv, err := newest(l, letter.Objection)
	if err != nil {
		return nil, err
	}
	return &objection{s.City().Router.Name(l.Unit), reasonWord(casework.ObjectionReasons, pub.Reason), priv.Basis, priv.Text, priv.Note}, nil
}

// newest gives what the newest event of that step holds.
func newest(l *letter.Letter, step letter.Step) (public, private letter.Facts, err error) {
	for i := len(l.Events) - 1; i >= 0; i-- {
		if e := l.Events[i]; e.Step == step {
			if public, err = e.PublicFacts(); err != nil {
				return public, private, err
			}
			private, err = e.PrivateFacts()
			return public, private, err
		}
	}
	return public, private, nil
}
