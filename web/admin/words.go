package admin

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/search"
	"huiyin/web/page"
)

// PathWords is where the words of the search are changed.
const PathWords = page.PathAdmin + "/words"

type wordsPage struct {
	page.Head
	Query    string // only what holds it
	Groups   []wordGroup
	Pages    page.Pages // of the groups that hold the query
	Weak     wordsHeld
	Places   wordsHeld
	Changes  []wordChange
	Earlier  []wordChange    // folded away
	Building search.Building // zero: never
	Waiting  int             // letters that the index hears of next
}

// wordsHeld is a list of words without order, those of it that hold the query, and how many it has.
type wordsHeld struct {
	Query string
	Words []string
	All   int
}

// wordGroup is a group of synonyms as the page shows it.
type wordGroup struct {
	ID    string
	Words []string
}

// wordChange is one line of the history.
type wordChange struct {
	At    time.Time
	By    string
	What  string // translated
	Words string // as the city wrote them
}

// groupsPerPage is a screen of groups; it fills two, three and four columns.
const groupsPerPage = 24

// words shows the words that the search is told, how far the index is, and who changed them last.
func (s *Server) words(c *fiber.Ctx) error {
	pack := s.City().Pack
	v := &wordsPage{Head: page.Head{Title: "检索用词", Under: page.PathAdmin}, Query: strings.TrimSpace(c.Query("q"))}
	v.Weak, v.Places = held(pack.Search.Weak, v.Query), held(pack.City.Words, v.Query)
	v.list(pack.Search.Synonyms, c.QueryInt("page"))
	changes, err := s.wordChanges(c.UserContext())
	if err != nil {
		return err
	}
	open := min(len(changes), openChanges)
	v.Changes, v.Earlier = changes[:open], changes[open:]
	if v.Building, err = s.building(c.UserContext()); err != nil {
		return err
	}
	pending, err := s.Store.PendingDeliveries(c.UserContext())
	v.Waiting = pending["index"]
	if err != nil {
		return err
	}
	return s.set.Render(c, "words", v)
}

// list puts one page of the groups that hold the query on the page; past the last one it is the last one.
func (v *wordsPage) list(all []citypack.Synonyms, at int) {
	var found []wordGroup
	for _, g := range all {
		if len(held(g.Words, v.Query).Words) > 0 {
			found = append(found, wordGroup(g))
		}
	}
	address := url.URL{Path: PathWords, Fragment: "synonyms"}
	if v.Query != "" {
		address.RawQuery = url.Values{"q": {v.Query}}.Encode()
	}
	v.Pages = page.Pages{Page: at, PerPage: groupsPerPage, Total: len(found), Address: address.String()}
	v.Pages.Page = min(max(at, 1), v.Pages.Last())
	first := (v.Pages.Page - 1) * groupsPerPage
	v.Groups = found[first:min(first+groupsPerPage, len(found))]
}

// held are the words with the text in them; every word holds the empty text.
func held(words []string, text string) wordsHeld {
	h := wordsHeld{Query: text, All: len(words)}
	for _, word := range words {
		if strings.Contains(word, text) {
			h.Words = append(h.Words, word)
		}
	}
	return h
}

// building is how far the newest rebuild of the index is.
func (s *Server) building(ctx context.Context) (search.Building, error) {
	body, err := s.Store.Document(ctx, search.BuildingKind, search.BuildingID)
	if letter.IsKind(err, letter.KindNotFound) {
		return search.Building{}, nil
	}
	if err != nil {
		return search.Building{}, err
	}
	return search.ReadBuilding(body)
}

// How many changes the page looks back, and how many of them stand open.
const (
	shownChanges = 20
	openChanges  = 5
)

// wordChanges are the newest changes of words, of all kinds together.
func (s *Server) wordChanges(ctx context.Context) ([]wordChange, error) {
	names, err := s.people(ctx)
	if err != nil {
		return nil, err
	}
	var list []wordChange
	for _, kind := range []string{citypack.KindSynonyms, citypack.KindWeak, citypack.KindCity} {
		some, err := s.changesOf(ctx, kind, names)
		if err != nil {
			return nil, err
		}
		list = append(list, some...)
	}
	slices.SortStableFunc(list, func(a, b wordChange) int { return b.At.Compare(a.At) })
	return list[:min(len(list), shownChanges)], nil
}

func (s *Server) changesOf(ctx context.Context, kind string, names map[string]string) ([]wordChange, error) {
	changes, err := s.Store.CityChanges(ctx, kind)
	if err != nil {
		return nil, err
	}
	versions, err := s.Store.CityHistory(ctx, kind)
	if err != nil {
		return nil, err
	}
	var list []wordChange
	seen := map[string]bool{} // a group that ends does so in all its versions at once
	for _, change := range changes[:min(len(changes), 4*shownChanges)] {
		i := slices.IndexFunc(versions, func(v letter.CityItem) bool { return v.ID == change.ID && v.From.Equal(change.From) })
		if i < 0 {
			continue
		}
		what, words := toldChange(kind, versions[i], change)
		key := change.ID + change.At.String() + what
		if !seen[key] {
			list = append(list, wordChange{change.At, called(names, change.By), what, words})
		}
		seen[key] = true
	}
	return list, nil
}

// toldChange says what a change did.
func toldChange(kind string, version letter.CityItem, change letter.CityChange) (what, words string) {
	switch kind {
	case citypack.KindWeak:
		return "改了不计分的词", ""
	case citypack.KindCity:
		return "改了本市词语", ""
	}
	pack, err := citypack.FromItems([]letter.CityItem{version})
	if err == nil && len(pack.Search.Synonyms) > 0 {
		words = strings.Join(pack.Search.Synonyms[0].Words, "、")
	}
	if !version.Ended.IsZero() && version.Ended.Equal(change.At) {
		return "删除一组", words
	}
	return "写入一组", words
}

// splitWords reads words as people write them beside each other.
func splitWords(text string) []string {
	return slices.DeleteFunc(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、，,；;\n\r\t 　", r) }),
		func(word string) bool { return word == "" })
}

// keptWords takes changed words over at once and says what follows.
func (s *Server) keptWords(c *fiber.Ctx, said string) error {
	if err := s.ReadCity(c.UserContext()); err != nil {
		return err
	}
	page.Flash(c, said)
	return c.Redirect(PathWords, fiber.StatusSeeOther)
}
