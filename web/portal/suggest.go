package portal

import (
	"html/template"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/search"
	"huiyin/web/page"
)

// SuggestionsAMinute is how often one address may ask for suggestions: twice a second is faster than anybody types.
const SuggestionsAMinute = 120

// suggestPage is the list under the search box while somebody types.
type suggestPage struct {
	page.Head
	Suggestions []suggestion
}

// suggestion is a word to search for, or a letter to open.
type suggestion struct {
	Text    string
	Heading template.HTML
	Address string // of the letter, "" for a word
	Letters int
}

// suggest answers the script of the search box. The page works without it, so an index that does not answer in time
// suggests nothing.
func (s *Server) suggest(c *fiber.Ctx) error {
	if s.PerHour > 0 {
		n, _, err := s.Live.Count(c.UserContext(), "suggestions:"+c.IP(), time.Minute)
		if err != nil {
			return err
		}
		if n > SuggestionsAMinute {
			return c.SendStatus(fiber.StatusNoContent)
		}
	}
	list, err := s.Index.Suggest(c.UserContext(), search.Typed{Text: c.Query("q")})
	if err != nil {
		s.Log.Warn("no suggestions", "error", err)
		return c.SendStatus(fiber.StatusNoContent)
	}
	v := &suggestPage{}
	for _, one := range list {
		v.Suggestions = append(v.Suggestions, suggestionOf(one))
	}
	c.Set(fiber.HeaderCacheControl, "private, max-age=30")
	return s.set.Part(c, "published", "suggestions", v)
}

func suggestionOf(one search.Suggestion) suggestion {
	shown := suggestion{Text: one.Text, Heading: one.Heading.HTML(), Letters: one.Letters}
	if one.Heading == "" {
		shown.Heading = search.Marked(one.Text).HTML()
	}
	if one.Number != "" {
		shown.Address = page.PathPublished + "/" + one.Number
	}
	return shown
}
