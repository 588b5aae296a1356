package portal

import (
	"html/template"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/letter"
	"huiyin/search"
	"huiyin/web/page"
)

// The bounds of guessing while somebody types.
const (
	guessFrom      = 8   // characters before a guess is worth showing
	guessAsked     = 120 // characters of the text that similar answers are looked up by
	guessesAMinute = 60
)

// guess is what the system would do with a letter as it stands.
type guess struct {
	Shown   bool
	Sealed  bool // kept to a few: nothing is said but that
	Unit    string
	Others  []string // units between which a person would choose
	Words   []string // what in the letter spoke for the unit
	Chosen  bool     // the sender named the unit
	Leader  string
	Office  string // unit that sees the letters to that leader
	Kind    letter.Kind
	Urgent  bool
	Similar []found
}

// found is a published letter in a list.
type found struct {
	Number   string
	Heading  template.HTML
	Snippet  template.HTML
	Unit     string
	Kind     letter.Kind
	Category string
	Answered time.Time
}

// guess shows, while the letter is typed, where it would go and who asked the
// same. Nothing of it is kept.
func (s *Server) guess(c *fiber.Ctx) error {
	form := readLetterForm(c)
	v := s.writePage(c, form, "")
	if utf8.RuneCountInString(strings.TrimSpace(form.Title+form.Body)) < guessFrom || utf8.RuneCountInString(form.Body) > s.Intake.Limits.Body {
		return s.set.Part(c, "write", "guess", v)
	}
	if s.PerHour > 0 {
		n, _, err := s.Live.Count(c.UserContext(), "guesses:"+c.IP(), time.Minute)
		if err != nil {
			return err
		}
		if n > guessesAMinute {
			return c.SendStatus(fiber.StatusNoContent)
		}
	}
	n := names{s.City(), page.Lang(c)}
	d := form.draft()
	d.Title, d.Body = strings.ToValidUTF8(d.Title, ""), strings.ToValidUTF8(d.Body, "")
	p := n.city.Router.Decide(d, s.Words.Letter(d.Title, d.Body), nil)
	v.Guess = n.reasons(p, p.Guard != "", p.Unit, form.Unit != "")
	v.Guess.Similar = s.similar(c, alike{Text: d.Title + " " + d.Body, Most: 3, Near: func(h search.Hit) bool {
		return slices.ContainsFunc(p.Top, func(x letter.Candidate) bool { return x.Unit == h.Unit })
	}})
	return s.set.Part(c, "write", "guess", v)
}

// reasons tells a placement to the sender: units and words, nothing that the
// desk alone should read.
func (n names) reasons(p letter.Placement, sealed bool, unit string, chosen bool) guess {
	g := guess{Shown: true, Sealed: sealed, Kind: p.Kind}
	if sealed {
		return g
	}
	g.Unit, g.Chosen, g.Urgent = n.unit(unit), chosen && unit != "", p.Urgency != letter.Normal && p.Urgency != ""
	if leader, ok := n.city.Router.Leader(p.Leader); ok {
		g.Leader, g.Office = n.leader(leader), n.unit(leader.Office)
	}
	for i, candidate := range p.Top {
		if unit == "" {
			g.Others = append(g.Others, n.unit(candidate.Unit))
		}
		if i == 0 && unit == "" || candidate.Unit == unit {
			g.Words = texts(candidate.Words)
		}
	}
	return g
}

// texts are the words without their points.
func texts(words []letter.Word) []string {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = w.Text
	}
	return list
}

// alike is what published letters are looked up by, beside a page's own matter.
type alike struct {
	Text   string
	Except string // number of a letter that is not shown
	Most   int
	// Near says which letters to keep of those that do not have all the words: the
	// rest share no more than common words with it.
	Near func(search.Hit) bool
}

// similar finds published letters. A page is whole without them, so a search
// that fails leaves them out.
func (s *Server) similar(c *fiber.Ctx, like alike) []found {
	asked := []rune(like.Text)
	if len(asked) > guessAsked {
		asked = asked[:guessAsked]
	}
	result, err := s.Index.Search(c.UserContext(), search.Query{Text: string(asked), PerPage: 4 * like.Most})
	if err != nil {
		s.Log.Warn("similar letters", "error", err)
		return nil
	}
	n := names{s.City(), page.Lang(c)}
	var list []found
	for _, hit := range result.Hits {
		if hit.Number != like.Except && len(list) < like.Most && (hit.Exact || like.Near(hit)) {
			list = append(list, n.found(hit))
		}
	}
	return list
}

func (n names) found(hit search.Hit) found {
	return found{
		Number: hit.Number, Heading: hit.Heading.HTML(), Snippet: hit.Snippet.HTML(), Unit: n.unit(hit.Unit),
		Kind: hit.Kind, Category: n.category(hit.Category), Answered: hit.Answered,
	}
}
