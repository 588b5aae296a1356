package api

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/search"
	"huiyin/web/page"
)

// found is one page of the answer to a search.
type found struct {
	Total     int                `json:"total"`
	Exact     int                `json:"exact"`
	Hits      []hit              `json:"hits"`
	Facets    map[string][]facet `json:"facets"`
	Corrected string             `json:"corrected"`
	MayMean   []string           `json:"may_mean"`
	Read      []reading          `json:"read"`
	TookMS    float64            `json:"took_ms"`
}

type hit struct {
	Number     string     `json:"number"`
	Title      string     `json:"title"`
	Snippet    string     `json:"snippet"`
	Marks      marks      `json:"marks"`
	Exact      bool       `json:"exact"`
	Department *named     `json:"department"`
	Answered   *time.Time `json:"answered"`
	URL        string     `json:"url"`
	SourceID   string     `json:"source_id"`
}

// reading is pinyin and the words it was searched for as.
type reading struct {
	Typed string   `json:"typed"`
	Words []string `json:"words"`
}

type facet struct {
	named
	Count int `json:"count"`
}

// published searches the published letters. Titles and snippets are plain text; marks says where the words stand.
func (s *Server) published(c *fiber.Ctx) error {
	city := s.City()
	q, err := query(c, city.Zone())
	if err != nil {
		return err
	}
	result, err := s.Index.Search(c.UserContext(), q)
	if err != nil {
		return err
	}
	lang := page.Lang(c)
	answer := found{
		Total: result.Total, Exact: result.Exact, Hits: make([]hit, 0, len(result.Hits)), Facets: facets(city, result.Facets, lang),
		Corrected: result.Corrected, MayMean: append([]string{}, result.MayMean...), Read: readings(result.Read),
		TookMS: float64(result.Took.Microseconds()) / 1000,
	}
	for _, h := range result.Hits {
		answer.Hits = append(answer.Hits, hit{
			Number: h.Number, Title: h.Title, Snippet: h.Snippet.Plain(), Marks: marks{Title: stretches(h.Heading), Snippet: stretches(h.Snippet)},
			Exact: h.Exact, Department: department(city, h.Unit, lang),
			Answered: moment(h.Answered, city.Zone()), URL: publicURL(c, h.Number), SourceID: h.SourceID,
		})
	}
	return c.JSON(answer)
}

func readings(all []search.Reading) []reading {
	read := make([]reading, 0, len(all))
	for _, r := range all {
		read = append(read, reading{r.Typed, append([]string{}, r.Words...)})
	}
	return read
}

// publicURL is the address of the page that people read.
func publicURL(c *fiber.Ctx, number string) string {
	return c.BaseURL() + page.PathPublished + "/" + number
}

// query reads the search from the address; what cannot be read is named with its parameter.
func query(c *fiber.Ctx, zone *time.Location) (search.Query, error) {
	wrong := map[string]string{}
	q := search.Query{
		Text: c.Query("q"), Department: c.Query("department"), Category: c.Query("category"), Kind: c.Query("kind"),
		District: c.Query("district"), Year: whole(c, "year", wrong), Sort: search.Sort(c.Query("sort")), Exactly: yes(c, "exactly", wrong),
		Page: whole(c, "page", wrong), PerPage: whole(c, "per_page", wrong),
	}
	span := days(c, zone, wrong)
	q.From, q.To = span.from, span.last()
	if len(wrong) > 0 {
		return q, letter.Invalid("查询条件有误，请修改后再查。", wrong)
	}
	return q.Check()
}

// whole is a number from 1, 0 when it is not given.
func whole(c *fiber.Ctx, name string, wrong map[string]string) int {
	text := c.Query(name)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		wrong[name] = "应是从 1 开始的整数。"
	}
	return n
}

// yes is a choice between true and false, false when it is not given.
func yes(c *fiber.Ctx, name string, wrong map[string]string) bool {
	text := c.Query(name)
	if text == "" {
		return false
	}
	b, err := strconv.ParseBool(text)
	if err != nil {
		wrong[name] = "应是 true 或 false。"
	}
	return b
}

// span is a time between two days, both included; a zero end is open.
type span struct{ from, to time.Time }

// last is the last moment of the span.
func (s span) last() time.Time {
	if s.to.IsZero() {
		return s.to
	}
	return s.after().Add(-time.Millisecond)
}

// after is the moment at which the span is over.
func (s span) after() time.Time { return s.to.AddDate(0, 0, 1) }

// days reads from= and to=.
func days(c *fiber.Ctx, zone *time.Location, wrong map[string]string) span {
	day := func(name string) time.Time {
		text := c.Query(name)
		if text == "" {
			return time.Time{}
		}
		t, err := time.ParseInLocation(time.DateOnly, text, zone)
		if err != nil {
			wrong[name] = "应是日期，例如 2026-03-01。"
		}
		return t
	}
	s := span{from: day("from"), to: day("to")}
	if !s.from.IsZero() && !s.to.IsZero() && s.from.After(s.to) {
		wrong["from"] = "开始日期不能晚于结束日期。"
	}
	return s
}

func facets(city *citypack.Snapshot, counted map[string][]search.Facet, lang page.Language) map[string][]facet {
	name := map[string]func(id string) string{
		search.DepartmentFacet: func(id string) string { return unitName(city, id, lang) },
		search.CategoryFacet:   func(id string) string { return categoryName(city, id) },
		search.KindFacet:       func(id string) string { return page.T(lang, letter.Kind(id).Word()) },
		search.DistrictFacet:   func(id string) string { return id },
		search.YearFacet:       func(id string) string { return id },
	}
	all := make(map[string][]facet, len(name))
	for field, nameOf := range name {
		all[field] = make([]facet, 0, len(counted[field]))
		for _, f := range counted[field] {
			all[field] = append(all[field], facet{named{f.ID, nameOf(f.ID)}, f.Count})
		}
	}
	return all
}

// categoryName is the name of a category, its code when the city no longer has it.
func categoryName(city *citypack.Snapshot, code string) string {
	if name := city.Category(code); name != "" {
		return name
	}
	return code
}

// publicLetter is a published letter.
type publicLetter struct {
	Number     string      `json:"number"`
	Title      string      `json:"title"`
	Body       string      `json:"body"`
	Reply      string      `json:"reply"`
	Kind       letter.Kind `json:"kind"`
	Category   *named      `json:"category"`
	Department *named      `json:"department"`
	Received   time.Time   `json:"received"`
	Answered   *time.Time  `json:"answered"`
	Published  time.Time   `json:"published"`
	URL        string      `json:"url"`
	SourceID   string      `json:"source_id"`
}

// publishedLetter shows one published letter.
func (s *Server) publishedLetter(c *fiber.Ctx) error {
	number, err := letter.ParseNumber(c.Params("number"))
	if err != nil {
		return letter.ErrNotFound // no such letter either
	}
	p, err := s.Store.Published(c.UserContext(), number)
	if err != nil {
		return err
	}
	city, lang := s.City(), page.Lang(c)
	answer := publicLetter{
		Number: p.Number, Title: p.Title, Body: p.Body, Reply: p.Reply, Kind: p.Kind, Department: department(city, p.Unit, lang),
		Received: p.Received.In(city.Zone()), Answered: moment(p.Answered, city.Zone()), Published: p.Published.In(city.Zone()),
		URL: publicURL(c, p.Number), SourceID: p.SourceID,
	}
	if p.Category != "" {
		answer.Category = &named{ID: p.Category, Name: categoryName(city, p.Category)}
	}
	return c.JSON(answer)
}
