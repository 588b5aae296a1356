package intake

import (
	"time"

	"huiyin/internal/letter"
)

// promise is the date that the submission will tell the sender, nil when no policy sets one.
func promise(l *letter.Letter) *letter.Promise {
	c, ok := l.Clock(letter.SenderClock)
	if !ok {
		return nil
	}
	return &letter.Promise{Due: c.Due.UnixMilli(), Calendar: c.Calendar, Provisional: c.Provisional}
}

// promised is the sender's clock as it stood when the letter had just been
// submitted. It is counted again, because steps have moved the kept one since; what
// a new notice would give another value for is read back.
func promised(first *letter.Letter, city City, p *letter.Promise) letter.Clock {
	first.Clocks = city.Clocks.Clocks(first)
	c, ok := first.Clock(letter.SenderClock)
	if ok && p != nil {
		c.Due = time.UnixMilli(p.Due).In(city.Clocks.Calendar.Zone())
		c.Calendar, c.Provisional = p.Calendar, p.Provisional
	}
	return c
}
