package api

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/letter"
	"huiyin/search"
)

// suggestionsAMinute is how often one address may ask, as on the page.
const suggestionsAMinute = 120

type suggestions struct {
	Suggestions []suggestion `json:"suggestions"`
}

// suggestion is a word to search for, with how many letters it finds, or the title of a letter, with its number.
type suggestion struct {
	Text    string   `json:"text"`
	Marks   [][2]int `json:"marks"`
	Number  *string  `json:"number"`
	URL     *string  `json:"url"`
	Letters int      `json:"letters"`
}

// suggest says what somebody who is typing may mean.
func (s *Server) suggest(c *fiber.Ctx) error {
	if s.PerHour > 0 {
		n, reset, err := s.Live.Count(c.UserContext(), "suggestions:"+c.IP(), time.Minute)
		if err != nil {
			return err
		}
		if n > suggestionsAMinute {
			return letter.Fail(letter.KindTooMany, "这个地址一分钟内最多要 %d 次建议，请 %d 秒后再来。", suggestionsAMinute, int(reset.Seconds())+1)
		}
	}
	list, err := s.Index.Suggest(c.UserContext(), search.Typed{Text: c.Query("q")})
	if err != nil {
		return err
	}
	answer := suggestions{Suggestions: make([]suggestion, 0, len(list))}
	for _, one := range list {
		shown := suggestion{Text: one.Text, Marks: stretches(one.Heading), Letters: one.Letters}
		if one.Number != "" {
			url := publicURL(c, one.Number)
			shown.Number, shown.URL = &one.Number, &url
		}
		answer.Suggestions = append(answer.Suggestions, shown)
	}
	c.Set(fiber.HeaderCacheControl, "private, max-age=30")
	return c.JSON(answer)
}
