package desk

import (
	"time"

	"huiyin/internal/letter"
	"huiyin/web/page"
)

// clocks are the limits of a letter: those that run and the sender's, which is what a letter is opened for, and those
// that are over.
type clocks struct{ Now, Over []clock }

// clock is one limit: what it measures, when it ends, how it is counted.
type clock struct {
	Word     string
	Unit     string // name of the unit it measures, where that is not the letter's own
	Stopped  time.Time
	Silenced bool // nobody is pressed for it
	Due      *page.Due
}

// clocks explains every limit of the letter. The sender's newest is unfolded.
func (s *Server) clocks(l *letter.Letter, now time.Time) clocks {
	city, list := s.City(), clocks{}
	mine, _ := l.Clock(letter.SenderClock)
	for _, k := range city.Clocks.Reckonings(l) {
		c := k.Clock
		main := c == mine
		shown := clock{Word: clockWords[c.Name], Stopped: c.Stopped, Silenced: k.Silenced, Due: page.DueOf(l, c, now, &page.How{Reckoning: k, Open: main})}
		if c.Unit != "" && c.Unit != l.Unit {
			shown.Unit = city.Router.Name(c.Unit)
		}
		switch {
		case main:
			list.Now = append([]clock{shown}, list.Now...)
		case c.Running():
			list.Now = append(list.Now, shown)
		default:
			list.Over = append(list.Over, shown)
		}
	}
	return list
}
