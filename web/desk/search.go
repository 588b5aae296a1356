package desk

import (
	"context"
	"html/template"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/routing"
	"huiyin/search"
	"huiyin/web/page"
)

// searchWait is how long a page waits for the index before it says that searching is down.
const searchWait = 2 * time.Second

// maxTyped is the longest text that the box takes, in characters.
const maxTyped = 200

// Groups of states in ?state= beside the states themselves.
const (
	stateOpen = "open"
	stateDone = "done"
)

// hit is a letter that a search found, with the place where it was found.
type hit struct {
	row
	Heading template.HTML
	Snippet template.HTML
	Nearest bool // the first of those that do not hold everything asked for
}

type searchPage struct {
	page.Head
	Text    string
	State   string
	Unit    string
	States  []letter.State
	Units   []routing.Unit
	Rows    []hit
	Total   int
	Exact   int
	Pages   page.Pages
	Down    bool // the index does not answer
	Narrow  bool // a condition beside the text
	Nothing bool // the text was searched for and found nothing
	Kept    bool // that this member looked somebody up is on record
}

// search finds letters for a member among those that he may read.
func (s *Server) search(c *fiber.Ctx) error {
	m, reader := member(c), store.ReaderOf(member(c))
	text := cut(c.Query("q"), maxTyped)
	v := &searchPage{Head: page.Head{Title: "查信", Sought: text, Under: "/"}, Text: text, State: c.Query("state"), Unit: c.Query("unit"),
		States: letter.States, Units: s.unitsOf(reader)}
	states, ok := statesOf(v.State)
	if !ok {
		v.State = ""
	}
	if !slices.ContainsFunc(v.Units, func(u routing.Unit) bool { return u.ID == v.Unit }) {
		v.Unit = ""
	}
	v.Narrow = v.State != "" || v.Unit != ""
	if text == "" {
		return s.set.Render(c, "search", v)
	}
	q := search.DeskQuery{Rights: RightsOf(reader), Text: text, States: states, Unit: v.Unit, Page: pageNumber(c), PerPage: perPage}
	q.Sender, q.Name = s.keysOf(text)
	q.Page = min(q.Page, search.MaxReach/perPage)
	if err := s.fill(c.UserContext(), v, m, reader, q); err != nil {
		return err
	}
	if v.Down {
		v.Status = fiber.StatusServiceUnavailable
	}
	return s.set.Render(c, "search", v)
}

// fill asks the index and then the store, which has the last word.
func (s *Server) fill(ctx context.Context, v *searchPage, m staff.Member, reader store.Reader, q search.DeskQuery) error {
	asking, cancel := context.WithTimeout(ctx, searchWait)
	defer cancel()
	found, err := s.ask(asking, q)
	if err != nil {
		s.Log.WarnContext(ctx, "desk search is down", "error", err)
		v.Down = true
		return nil
	}
	list, err := s.Store.Found(ctx, reader, found.Numbers)
	if err != nil {
		return err
	}
	// What the index let through and the store does not: it is not counted either.
	left := len(found.Numbers) - len(list)
	if left > 0 {
		s.Log.InfoContext(ctx, "desk index is behind the letters", "left_out", left)
	}
	v.Total, v.Exact = max(found.Total-left, len(list)), max(found.Exact-left, 0)
	v.Rows = s.hits(list, m, found)
	v.Nothing = v.Total == 0
	v.Kept = s.lookedUp(ctx, m, q, found, list)
	v.Pages = page.Pages{Page: q.Page, PerPage: perPage, Total: min(v.Total, search.MaxReach), Address: v.address()}
	return nil
}

func (s *Server) ask(ctx context.Context, q search.DeskQuery) (search.DeskFound, error) {
	if err := s.Found.Health(ctx); err != nil {
		return search.DeskFound{}, err
	}
	return s.Found.Find(ctx, q)
}

// hits are the letters found, each with the words marked in its title and where most of them stand.
func (s *Server) hits(list []store.Found, m staff.Member, found search.DeskFound) []hit {
	plain := make([]store.Row, len(list))
	for i, one := range list {
		plain[i] = one.Row
	}
	nearest := map[string]bool{}
	for _, number := range found.Numbers[found.Nearest:] {
		nearest[number] = true
	}
	finder := search.NewFinder(found.Marks)
	hits := make([]hit, len(list))
	for i, r := range s.rows(plain, m, "") {
		r.Link = "/desk/letters/" + r.Number
		snippet, weight := search.Excerpt(list[i].Body, finder.Find(list[i].Body))
		if reply, better := search.Excerpt(list[i].Reply, finder.Find(list[i].Reply)); better > weight {
			snippet = reply
		}
		first := nearest[r.Number] && (i == 0 || !nearest[list[i-1].Number])
		hits[i] = hit{row: r, Heading: search.Mark(r.Title, finder.Find(r.Title)).HTML(), Snippet: snippet.HTML(), Nearest: first}
	}
	return hits
}

// keysOf are the keys of the person that the text may name: by his telephone, or by his whole name.
func (s *Server) keysOf(text string) (sender, name string) {
	if isPhone(text) {
		return s.Vault.SenderKey(text), ""
	}
	if strings.ContainsFunc(text, unicode.IsDigit) {
		return "", ""
	}
	return "", nameKey(s.Vault, text)
}

// isPhone says that the text is written like a telephone number.
func isPhone(text string) bool {
	n := 0
	for _, r := range text {
		switch {
		case unicode.IsDigit(r):
			n++
		case !strings.ContainsRune(" 　+-–—()（）", r):
			return false
		}
	}
	return n >= 5
}

// statesOf are the states behind ?state=; false for what is none.
func statesOf(state string) ([]letter.State, bool) {
	switch {
	case state == "":
		return nil, true
	case state == stateOpen:
		return letter.OpenStates, true
	case state == stateDone:
		return []letter.State{letter.Answered, letter.Closed}, true
	case slices.Contains(letter.States, letter.State(state)):
		return []letter.State{letter.State(state)}, true
	}
	return nil, false
}

// unitsOf are the units by which a reader can narrow a search: none when he reads the letters of one alone.
func (s *Server) unitsOf(r store.Reader) []routing.Unit {
	all := s.City().Router.Tree()
	if r.All {
		return all
	}
	own := slices.DeleteFunc(all, func(u routing.Unit) bool { return !slices.Contains(r.Units, u.ID) })
	if len(own) < 2 {
		return nil
	}
	return own
}

// address is the search without its page.
func (v *searchPage) address() string {
	q := url.Values{"q": {v.Text}}
	if v.State != "" {
		q.Set("state", v.State)
	}
	if v.Unit != "" {
		q.Set("unit", v.Unit)
	}
	return page.PathDeskSearch + "?" + q.Encode()
}

// First is the first page of the search.
func (v *searchPage) First() string { return v.address() }

// All is the search without its conditions.
func (v *searchPage) All() string {
	return page.PathDeskSearch + "?" + url.Values{"q": {v.Text}}.Encode()
}

// Past says that the page lies behind the last one.
func (v *searchPage) Past() bool { return len(v.Rows) == 0 && v.Total > 0 }

// cut is a text of at most so many characters, without the space around it.
func cut(text string, most int) string {
	runes := []rune(strings.TrimSpace(strings.ToValidUTF8(text, "")))
	return string(runes[:min(len(runes), most)])
}
