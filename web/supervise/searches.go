package supervise

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/web/page"
)

// PathSearches is where supervisors see what residents search for.
const PathSearches = page.PathSupervise + "/searches"

const (
	// leastAsked is how often a text must have been searched for to be shown, so that nobody is picked out.
	leastAsked = 3
	// mostSearches is how long each list may be.
	mostSearches = 50
)

type searchesPage struct {
	page.Head
	Month  month
	Months []month
	Common []searched
	Empty  []searched
	Chosen []store.AnswerCount
	Asked  int // all searches, also those too rare to be shown
	None   int // of them, for which no letter held every word
	Spared int // letters that an answer made needless
	Least  int
	Admin  bool // may add synonyms
	Back   bool // may go back to supervision; an administrator comes from the words of the search
}

// searched is a text that residents searched for.
type searched struct{ store.SearchCount }

// Link asks the same on the residents' page.
func (s searched) Link() string { return "/published?q=" + url.QueryEscape(s.Text) }

// Synonym is where an administrator says what else the text is called.
func (s searched) Synonym() string { return "/admin/words/new?word=" + url.QueryEscape(s.Text) }

// searches shows what residents searched for in a month: most often, in vain, and what spared them a letter.
func (s *Server) searches(c *fiber.Ctx) error {
	lang := page.Lang(c)
	now := s.Now().In(s.City().Zone())
	chosen, err := monthOf(c.Query("month"), now, lang)
	if err != nil {
		return err
	}
	m, _ := page.Member(c)
	v := &searchesPage{Head: page.Head{Title: "市民查了什么", Under: page.PathSupervise}, Month: chosen, Months: choice(now, chosen, lang), Least: leastAsked,
		Admin: m.Has(staff.Admin), Back: m.Has(staff.Supervisor) || m.Has(staff.Leader)}
	if !v.Back {
		v.Under = page.PathAdmin
	}
	total, spared, err := s.Store.SearchTotals(c.UserContext(), chosen.period)
	if err != nil {
		return err
	}
	v.Asked, v.None, v.Spared = total.Asked, total.Nothing, spared
	common, err := s.Store.CommonSearches(c.UserContext(), chosen.period, leastAsked, mostSearches)
	if err != nil {
		return err
	}
	empty, err := s.Store.EmptySearches(c.UserContext(), chosen.period, leastAsked, mostSearches)
	if err != nil {
		return err
	}
	v.Common, v.Empty = searchedOf(common), searchedOf(empty)
	if v.Chosen, err = s.Store.ChosenAnswers(c.UserContext(), chosen.period, mostSearches); err != nil {
		return err
	}
	return s.set.Render(c, "searches", v)
}

func searchedOf(list []store.SearchCount) []searched {
	shown := make([]searched, len(list))
	for i, c := range list {
		shown[i] = searched{c}
	}
	return shown
}
