package portal

import (
	"context"
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/search"
)

// Counter keeps count of what residents search for and of the answers that spared them a letter. It must keep nothing of
// who they are, and must not make a page wait.
type Counter interface {
	// Asked is a search for words.
	Asked(ctx context.Context, a Asking)
	// Answered is a published letter that was all the answer somebody needed.
	Answered(ctx context.Context, number string)
}

// Asking is a search for words.
type Asking struct {
	Visitor string // network address; only to tell whether the same one asks again
	Text    string
	Exact   int // letters found that hold every word
}

// asked counts a question once: not its further pages, orders and conditions, nor one that somebody insists on.
func (s *Server) asked(c *fiber.Ctx, f searchForm, q search.Query, r search.Result) {
	if s.Counter == nil || q.Text == "" || q.Page > 1 || f.Narrow() || f.Sort != "" || f.Exactly {
		return
	}
	exact := r.Exact
	if r.Corrected != "" {
		exact = 0 // what was found was not asked for
	}
	s.Counter.Asked(c.UserContext(), Asking{Visitor: c.IP(), Text: q.Text, Exact: exact})
}

// mostSpared is how many answers one address may choose in a day and be counted; a library or a school shares one.
const mostSpared = 50

// spared counts an answer once for an address and a day, so that nobody makes it look better by pressing again.
func (s *Server) spared(c *fiber.Ctx, number string) error {
	if s.Counter == nil {
		return nil
	}
	again, _, err := s.Live.Count(c.UserContext(), "answered:"+c.IP()+":"+number, 24*time.Hour)
	if err != nil {
		return fmt.Errorf("count answers chosen: %w", err)
	}
	if again > 1 {
		return nil
	}
	all, _, err := s.Live.Count(c.UserContext(), "answered:"+c.IP(), 24*time.Hour)
	if err != nil {
		return fmt.Errorf("count answers chosen: %w", err)
	}
	if all <= mostSpared {
		s.Counter.Answered(c.UserContext(), number)
	}
	return nil
}
