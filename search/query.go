package search

import (
	"strings"
	"time"

	"huiyin/internal/letter"
)

// The bounds of a page, as the public API promises them.
const (
	DefaultPerPage = 20
	MaxPerPage     = 100
	MaxReach       = 10_000 // the last hit that can be turned to: page × per page
	MaxNearest     = 200    // letters shown after those that hold everything asked for
)

// maxText is how much of a pasted text is read, in characters.
const maxText = 2_000

// Sort is the order of the letters found. Those answered at an unknown time stand last in all but Best.
type Sort string

// The orders, as they stand in an address.
const (
	Best   Sort = ""       // the best answer first; without text, the newest one
	Newest Sort = "newest" // the newest answer first
	Oldest Sort = "oldest" // the oldest answer first
)

// Query is what a reader asks. The zero Query asks for the first page of all letters, newest answer first.
type Query struct {
	Text       string // words, a whole title, a letter's number or its source id; empty: all letters
	Department string // id of the unit that answered
	Category   string
	Kind       string    // slug of a letter.Kind
	District   string    // as Document.District
	Year       int       // of the answer in the city's zone; 0: any
	From, To   time.Time // bounds of the time of the answer, both inclusive; zero: open
	Sort       Sort
	Page       int  // from 1; 0 means 1
	PerPage    int  // 0 means DefaultPerPage
	NoFacets   bool // leaves out Result.Facets
	NoMarks    bool // marks nothing; the snippet is then the beginning of a text
	Exactly    bool // searches for the text as it is typed: nothing corrected, nothing read as pinyin
}

// Check fills in what was left out and refuses what no page can answer, with a letter.Error of kind invalid.
func (q Query) Check() (Query, error) {
	q.Text = firstRunes(strings.TrimSpace(q.Text), maxText)
	if q.Page == 0 {
		q.Page = 1
	}
	if q.PerPage == 0 {
		q.PerPage = DefaultPerPage
	}
	fields := map[string]string{}
	if q.Page < 0 {
		fields["page"] = "页码从 1 开始。"
	}
	if q.PerPage < 0 || q.PerPage > MaxPerPage {
		fields["per_page"] = "每页最少 1 条，最多 100 条。"
	}
	// Division, because the product of two numbers from an address line can overflow.
	if len(fields) == 0 && q.Page > MaxReach/q.PerPage {
		fields["page"] = "最多翻到第 10000 条，请增加条件缩小范围。"
	}
	if q.Kind != "" && !letter.Kind(q.Kind).Known() {
		fields["kind"] = "没有这种诉求类型。"
	}
	if q.Year < 0 || q.Year > 9999 {
		fields["year"] = "没有这一年。"
	}
	if q.Sort != Best && q.Sort != Newest && q.Sort != Oldest {
		fields["sort"] = "没有这种排序。可用：newest、oldest。"
	}
	if !q.From.IsZero() && !q.To.IsZero() && q.From.After(q.To) {
		fields["from"] = "开始日期不能晚于结束日期。"
	}
	if len(fields) > 0 {
		return q, letter.Invalid("查询条件有误，请修改后再查。", fields)
	}
	return q, nil
}

// firstRunes is the first n characters of valid UTF-8 made from text.
func firstRunes(text string, n int) string {
	text = strings.ToValidUTF8(text, "")
	for at := range text {
		if n == 0 {
			return text[:at]
		}
		n--
	}
	return text
}
