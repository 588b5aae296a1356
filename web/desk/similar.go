package desk

import (
	"context"
	"html/template"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/letter"
	"huiyin/search"
)

// similar is a published answer to something like this letter.
type similar struct {
	Number   string
	Heading  template.HTML
	Snippet  template.HTML
	UnitName string
	Answered time.Time
	Reply    string // on the telephone, where it is read out
}

// mostSimilar is how many similar answers stand beside a letter.
const mostSimilar = 3

// similarTo finds answers for a letter: by its title, and where nobody worded it
// like that, by the words that the router decided on.
func (s *Server) similarTo(ctx context.Context, l *letter.Letter) []similar {
	if list := s.similar(ctx, l.Title, l.Number); len(list) > 0 || len(l.Placement.Top) == 0 {
		return list
	}
	var words []string
	for _, w := range l.Placement.Top[0].Words {
		words = append(words, w.Text)
	}
	return s.similar(ctx, strings.Join(words, " "), l.Number)
}

// similarToCall finds answers to what a caller says: a whole story is in no
// published letter, so where nothing has all its words those of the router count.
func (s *Server) similarToCall(ctx context.Context, d letter.Draft) []similar {
	text := strings.TrimSpace(strings.ToValidUTF8(d.Title+" "+d.Body, ""))
	if list := s.similar(ctx, text, ""); len(list) > 0 || text == "" {
		return list
	}
	placed := s.City().Router.Decide(d, s.Intake.Words.Letter(d.Title, d.Body), nil)
	return s.similarTo(ctx, &letter.Letter{Placement: placed})
}

// similar asks the index. When that does not answer the page stands without it:
// work on the letter must not wait for a search.
func (s *Server) similar(ctx context.Context, text, but string) []similar {
	if text == "" {
		return nil
	}
	hits, err := s.Index.Similar(ctx, search.Like{Number: but, Text: text, Most: mostSimilar})
	if err != nil {
		s.Log.WarnContext(ctx, "no similar answers", "error", err)
		return nil
	}
	router := s.City().Router
	var list []similar
	for _, h := range hits {
		list = append(list, similar{Number: h.Number, Heading: h.Heading.HTML(), Snippet: h.Snippet.HTML(),
			UnitName: router.Name(h.Unit), Answered: h.Answered})
	}
	return list
}

// useAnswer puts the published answer that ?use= names into the draft's form. It
// is kept only when the member saves it.
func (s *Server) useAnswer(c *fiber.Ctx, v *letterPage) error {
	number := c.Query("use")
	if number == "" || !v.Offers(letter.DraftReply) {
		return nil
	}
	if number == v.Letter.Merged {
		return s.useLead(c, v)
	}
	p, err := s.Store.Published(c.UserContext(), number)
	if letter.IsKind(err, letter.KindNotFound) {
		return nil // taken down meanwhile: the form stays as it was
	}
	if err != nil {
		return err
	}
	v.use(p.Number, p.Reply)
	return nil
}

func (p *letterPage) use(number, answer string) {
	p.Used = number
	p.Came, p.Typed.Text, p.Typed.Note = letter.DraftReply, answer, p.Letter.Reply.Note
}
