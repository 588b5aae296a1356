package desk

import (
	"time"

	"huiyin/internal/letter"
	"huiyin/web/page"
)

// clock is one limit of a letter: what it measures, when it ends, how it is counted.
type clock struct {
	Word     string
	Unit     string // name of the unit it measures
	Stopped  time.Time
	Silenced bool
	Due      *page.Due
}

// clocks lists every limit of the letter, those that run before those that are over. The first that measures the way
// to the answer is unfolded: it is what the letter is opened for.
func (s *Server) clocks(l *letter.Letter, now time.Time) []clock {
	city := s.City()
	var list []clock
	opened := false
	for _, k := range city.Clocks.Reckonings(l) {
		c := k.Clock
		main := c.Name == letter.SenderClock && !opened
		opened = opened || main
		shown := clock{Word: clockWords[c.Name], Stopped: c.Stopped, Silenced: k.Silenced, Due: page.DueOf(l, c, now, &page.How{Reckoning: k, Open: main})}
		if c.Unit != "" {
			shown.Unit = city.Router.Name(c.Unit)
		}
		list = append(list, shown)
	}
	return list
}
