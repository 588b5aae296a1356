package portal

import (
	"errors"
	"net/url"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/letter"
	"huiyin/search"
	"huiyin/web/page"
)

const publishedPerPage = 10

// searchForm is the search as it was typed; every part stands in the address.
type searchForm struct {
	Text, Department, Category, Kind, From, To string
}

func (f searchForm) values() url.Values {
	v := url.Values{}
	for name, value := range map[string]string{
		"q": f.Text, "department": f.Department, "category": f.Category, "kind": f.Kind, "from": f.From, "to": f.To,
	} {
		if value != "" {
			v.Set(name, value)
		}
	}
	return v
}

// with is the address of the same search with one part replaced, on its first page.
func (f searchForm) with(name, value string) string {
	v := f.values()
	v.Set(name, value)
	if value == "" {
		v.Del(name)
	}
	if len(v) == 0 {
		return page.PathPublished
	}
	return page.PathPublished + "?" + v.Encode()
}

// Narrow says whether anything but words was asked for.
func (f searchForm) Narrow() bool {
	return f.Department != "" || f.Category != "" || f.Kind != "" || f.From != "" || f.To != ""
}

type publishedPage struct {
	page.Head
	Form    searchForm
	Total   int
	Hits    []found
	Facets  []facet
	Chosen  []facetValue // what the search is narrowed by, each with the address without it
	Relaxed bool
	Pages   page.Pages
}

// facet is one way to narrow the search, with the number of letters behind each value.
type facet struct {
	Word   string
	Values []facetValue
	More   []facetValue // folded away at first
}

type facetValue struct {
	Name    string
	Count   int
	Address string
}

// facetsShown is how many values of a facet stand open.
const facetsShown = 6

func (s *Server) published(c *fiber.Ctx) error {
	form := searchForm{
		Text: c.Query("q"), Department: c.Query("department"), Category: c.Query("category"), Kind: c.Query("kind"),
		From: c.Query("from"), To: c.Query("to"),
	}
	v := &publishedPage{Head: page.Head{Title: "问答"}, Form: form}
	query, err := s.query(form, c.Query("page"))
	if err != nil {
		return s.refusedSearch(c, v, err)
	}
	result, err := s.Index.Search(c.UserContext(), query)
	if err != nil {
		return s.refusedSearch(c, v, err)
	}
	n := names{s.City(), page.Lang(c)}
	v.Total, v.Relaxed = result.Total, result.Relaxed()
	for _, hit := range result.Hits {
		v.Hits = append(v.Hits, n.found(hit))
	}
	v.Chosen = n.narrowed(form)
	v.Facets = n.facets(form, result)
	v.Pages = page.Pages{Page: query.Page, PerPage: publishedPerPage, Total: min(result.Total, search.MaxReach), Address: form.with("q", form.Text)}
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

// query reads the dates as days of the city, both included.
func (s *Server) query(f searchForm, turned string) (search.Query, error) {
	q := search.Query{Text: f.Text, Department: f.Department, Category: f.Category, Kind: f.Kind, PerPage: publishedPerPage, Page: 1}
	fields := map[string]string{}
	var err error
	if turned != "" {
		if q.Page, err = strconv.Atoi(turned); err != nil {
			fields["page"] = "页码从 1 开始。"
		}
	}
	zone := s.City().Zone()
	if q.From, err = day(f.From, zone); err != nil {
		fields["from"] = "日期写作 2026-11-23。"
	}
	if q.To, err = day(f.To, zone); err != nil {
		fields["to"] = "日期写作 2026-11-23。"
	}
	if !q.To.IsZero() {
		q.To = q.To.AddDate(0, 0, 1).Add(-time.Millisecond)
	}
	if len(fields) > 0 {
		return q, letter.Invalid("查询条件有误，请修改后再查。", fields)
	}
	return q, nil
}

func day(typed string, zone *time.Location) (time.Time, error) {
	if typed == "" {
		return time.Time{}, nil
	}
	return time.ParseInLocation(time.DateOnly, typed, zone)
}

func (n names) facets(f searchForm, r search.Result) []facet {
	var list []facet
	for _, x := range []struct {
		field, word, chosen string
		name                func(string) string
	}{
		{search.DepartmentFacet, "答复单位", f.Department, n.unit},
		{search.KindFacet, "性质", f.Kind, func(id string) string { return page.T(n.lang, letter.Kind(id).Word()) }},
		{search.CategoryFacet, "内容分类", f.Category, n.category},
	} {
		if x.chosen != "" {
			continue
		}
		shown := facet{Word: x.word}
		for _, value := range r.Facets[x.field] {
			name := x.name(value.ID)
			if name == "" {
				continue
			}
			v := facetValue{Name: name, Count: value.Count, Address: f.with(x.field, value.ID)}
			if len(shown.Values) < facetsShown {
				shown.Values = append(shown.Values, v)
			} else {
				shown.More = append(shown.More, v)
			}
		}
		if len(shown.Values) > 1 {
			list = append(list, shown)
		}
	}
	return list
}

// narrowed lists what the search is narrowed by.
func (n names) narrowed(f searchForm) []facetValue {
	var list []facetValue
	add := func(field, value, name string) {
		if value != "" {
			if name == "" {
				name = value
			}
			list = append(list, facetValue{Name: name, Address: f.with(field, "")})
		}
	}
	add("department", f.Department, n.unit(f.Department))
	add("kind", f.Kind, page.T(n.lang, letter.Kind(f.Kind).Word()))
	add("category", f.Category, n.category(f.Category))
	add("from", f.From, page.T(n.lang, "%s 以后", f.From))
	add("to", f.To, page.T(n.lang, "%s 以前", f.To))
	return list
}
