package portal

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/letter"
	"huiyin/search"
	"huiyin/web/page"
)

// searchForm is the search as it was typed; every part stands in the address.
type searchForm struct {
	Text, Department, Category, Kind, District, Year, From, To, Sort string
	Exactly                                                          bool // as typed: nothing corrected, nothing read as pinyin
}

// verbatim is what somebody typed, which no catalogue translates, though it may be a word of the pages.
type verbatim string

// Words is the text as it is quoted on the page.
func (f searchForm) Words() verbatim { return verbatim(f.Text) }

func readSearchForm(c *fiber.Ctx) searchForm {
	return searchForm{
		Text: c.Query("q"), Department: c.Query("department"), Category: c.Query("category"), Kind: c.Query("kind"),
		District: c.Query("district"), Year: c.Query("year"), From: c.Query("from"), To: c.Query("to"), Sort: c.Query("sort"),
		Exactly: c.Query("exactly") != "",
	}
}

func (f searchForm) values() url.Values {
	v := url.Values{}
	for name, value := range map[string]string{
		"q": f.Text, "department": f.Department, "category": f.Category, "kind": f.Kind, "district": f.District, "year": f.Year,
		"from": f.From, "to": f.To, "sort": f.Sort,
	} {
		if value != "" {
			v.Set(name, value)
		}
	}
	if f.Exactly {
		v.Set("exactly", "1")
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
	return addressOf(v)
}

func addressOf(v url.Values) string {
	if len(v) == 0 {
		return page.PathPublished
	}
	return page.PathPublished + "?" + v.Encode()
}

// asking is the address of the same search for another text, which may be corrected again.
func (f searchForm) asking(text string) string {
	f.Text, f.Exactly = text, false
	return addressOf(f.values())
}

// Wide is the address of a search for the same text in all letters.
func (f searchForm) Wide() string { return addressOf(searchForm{Text: f.Text, Sort: f.Sort}.values()) }

// AsTyped is the address of a search for the text and for nothing that it may have meant.
func (f searchForm) AsTyped() string { return f.with("exactly", "1") }

// Writing is the address of a new letter about what was searched for.
func (f searchForm) Writing() string {
	if text := strings.TrimSpace(f.Text); text != "" {
		return page.PathWrite + "?" + url.Values{"title": {text}}.Encode()
	}
	return page.PathWrite
}

// Narrow says whether anything but words was asked for.
func (f searchForm) Narrow() bool {
	return f.Department != "" || f.Category != "" || f.Kind != "" || f.District != "" || f.Year != "" || f.From != "" || f.To != ""
}

// Kept are the conditions that a search for other words keeps, and that no field of the form shows.
func (f searchForm) Kept() []condition {
	var kept []condition
	for _, k := range []condition{{"department", f.Department}, {"category", f.Category}, {"kind", f.Kind}, {"district", f.District}, {"year", f.Year}, {"sort", f.Sort}} {
		if k.Value != "" {
			kept = append(kept, k)
		}
	}
	return kept
}

type condition struct{ Name, Value string }

// query reads the dates as days of the city, both included.
func (f searchForm) query(turned string, zone *time.Location) (search.Query, error) {
	q := search.Query{
		Text: f.Text, Department: f.Department, Category: f.Category, Kind: f.Kind, District: f.District,
		Sort: search.Sort(f.Sort), Exactly: f.Exactly, PerPage: publishedPerPage, Page: 1,
	}
	fields := map[string]string{}
	var err error
	if turned != "" {
		if q.Page, err = strconv.Atoi(turned); err != nil {
			fields["page"] = "页码从 1 开始。"
		}
	}
	if f.Year != "" {
		if q.Year, err = strconv.Atoi(f.Year); err != nil {
			fields["year"] = "没有这一年。"
		}
	}
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
	return q.Check()
}

func day(typed string, zone *time.Location) (time.Time, error) {
	if typed == "" {
		return time.Time{}, nil
	}
	return time.ParseInLocation(time.DateOnly, typed, zone)
}
