package portal

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/letter"
	"huiyin/search"
	"huiyin/web/page"
)

const publishedPerPage = 10

type publishedPage struct {
	page.Head
	Form       searchForm
	Total      int
	Exact      int     // of Total, those that hold every word
	Hits       []found // that hold every word, where any letter does, else the nearest
	Nearest    []found // after those that hold every word
	Facets     []facet
	Chosen     []facetValue // what the search is narrowed by, each with the address without it
	Orders     []order
	Understood understood
	Pages      page.Pages
	Down       bool // the index does not answer; Hits are the newest letters
}

// Relaxed says that no letter holds every word.
func (p *publishedPage) Relaxed() bool { return p.Exact == 0 && p.Total > 0 }

// Others is how many letters hold only some of the words.
func (p *publishedPage) Others() int { return p.Total - p.Exact }

// PastEnd says that the page asked for lies behind the last one.
func (p *publishedPage) PastEnd() bool { return p.Total > 0 && p.Pages.Page > p.Pages.Last() }

// published searches the published letters. When the index does not answer, it says so and shows the newest ones.
func (s *Server) published(c *fiber.Ctx) error {
	form := readSearchForm(c)
	v := &publishedPage{Head: page.Head{Title: "问答"}, Form: form}
	query, err := form.query(c.Query("page"), s.City().Zone())
	if err != nil {
		return s.refusedSearch(c, v, err)
	}
	result, err := s.Index.Search(c.UserContext(), query)
	if letter.IsKind(err, letter.KindInvalid) {
		return s.refusedSearch(c, v, err)
	}
	if err != nil {
		return s.withoutIndex(c, v, err)
	}
	s.asked(c, form, query, result)
	v.show(names{s.City(), page.Lang(c)}, query, result)
	return s.set.Render(c, "published", v)
}

func (s *Server) refusedSearch(c *fiber.Ctx, v *publishedPage, err error) error {
	var refused *letter.Error
	if !errors.As(err, &refused) || refused.Kind != letter.KindInvalid {
		return err
	}
	v.Refused(refused)
	return s.set.Render(c, "published", v)
}

// show draws what was found. Those that hold every word stand first in each order, so one line parts them from the
// others.
func (p *publishedPage) show(n names, q search.Query, r search.Result) {
	p.Total, p.Exact = r.Total, r.Exact
	for _, hit := range r.Hits {
		if hit.Exact || r.Exact == 0 {
			p.Hits = append(p.Hits, n.found(hit))
		} else {
			p.Nearest = append(p.Nearest, n.found(hit))
		}
	}
	p.Chosen, p.Facets, p.Orders = n.narrowed(p.Form), n.facets(p.Form, r), p.Form.orders()
	p.Understood = understand(p.Form, r)
	p.Pages = page.Pages{Page: q.Page, PerPage: publishedPerPage, Total: min(r.Total, search.MaxReach), Address: p.Form.with("q", p.Form.Text)}
}

// withoutIndex shows the newest letters from the database: reading and writing letters must not wait for a search.
func (s *Server) withoutIndex(c *fiber.Ctx, v *publishedPage, cause error) error {
	s.Log.Warn("search does not answer", "error", cause)
	newest, err := s.Store.NewestPublished(c.UserContext(), publishedPerPage)
	if err != nil {
		return err
	}
	n := names{s.City(), page.Lang(c)}
	for _, p := range newest {
		v.Hits = append(v.Hits, n.foundPublic(p))
	}
	v.Down, v.Status = true, fiber.StatusServiceUnavailable
	return s.set.Render(c, "published", v)
}
