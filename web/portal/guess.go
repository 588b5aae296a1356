package portal

import (
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
	guessFrom      = 8 // characters before a guess is worth showing
	guessesShown   = 3 // similar answers
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

// guess shows, while the letter is typed, where it would go and who asked the
// same. Nothing of it is kept.
func (s *Server) guess(c *fiber.Ctx) error {
	form := readLetterForm(c)
	v := s.writePage(c, form, "")
	guess, err := s.guessOf(c, form)
	if err != nil {
		return err
	}
	if guess == nil {
		return c.SendStatus(fiber.StatusNoContent)
	}
	v.Guess, v.Looked = *guess, c.FormValue("look") != ""
	return s.set.Part(c, "write", "guess", v)
}

// look is the guess for those without a script: the whole page again, with every
// word typed. Nothing of it is kept either.
func (s *Server) look(c *fiber.Ctx) error {
	form := readLetterForm(c)
	v := s.writePage(c, form, c.FormValue("once"))
	guess, err := s.guessOf(c, form)
	if err != nil {
		return err
	}
	v.Looked = true
	if guess != nil {
		v.Guess = *guess
	}
	return s.set.Render(c, "write", v)
}

// guessOf is empty for a text too short or too long to say anything about, and nil
// for an address that asks too often.
func (s *Server) guessOf(c *fiber.Ctx, form letterForm) (*guess, error) {
	if utf8.RuneCountInString(strings.TrimSpace(form.Title+form.Body)) < guessFrom || utf8.RuneCountInString(form.Body) > s.Intake.Limits.Body {
		return &guess{}, nil
	}
	if s.PerHour > 0 {
		n, _, err := s.Live.Count(c.UserContext(), "guesses:"+c.IP(), time.Minute)
		if err != nil || n > guessesAMinute {
			return nil, err
		}
	}
	n := names{s.City(), page.Lang(c)}
	d := form.draft()
	d.Title, d.Body = strings.ToValidUTF8(d.Title, ""), strings.ToValidUTF8(d.Body, "")
	p := n.city.Router.Decide(d, s.Words.Letter(d.Title, d.Body), nil)
	g := n.reasons(p, p.Guard != "", p.Unit, form.Unit != "")
	var err error
	g.Similar, err = s.answersTo(c, d, p)
	return &g, err
}

// answersTo are letters that may answer the draft, with their answers, so that nobody must leave what he is writing
// to read them. One that was taken down a moment ago is left out.
func (s *Server) answersTo(c *fiber.Ctx, d letter.Draft, p letter.Placement) ([]found, error) {
	var answers []found
	for _, f := range s.similar(c, alike{Like: search.Like{Text: d.Title + " " + d.Body, Most: guessesShown}, Near: func(h search.Hit) bool {
		return slices.ContainsFunc(p.Top, func(x letter.Candidate) bool { return x.Unit == h.Unit })
	}}) {
		public, err := s.Store.Published(c.UserContext(), f.Number)
		if letter.IsKind(err, letter.KindNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		f.Reply = public.Reply
		answers = append(answers, f)
	}
	return answers, nil
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
