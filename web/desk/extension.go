package desk

import (
	"fmt"
	"slices"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/sla"
)

// timing is what the forms of the steps that move a date show before they are sent.
type timing struct {
	Present  time.Time // due moment of the unit now, zero when its clock does not run
	Hourly   bool      // it is a moment, not a day
	Asking   *asking
	MoreTime []choice

	AdmitBy   time.Time // by when the sender must know whether it is admitted, zero without such a limit
	Admitted  time.Time // due moment of the sender if the matter is admitted now
	Corrected bool      // his limit counts anew from what he adds
	Capped    time.Time // when a suspension begun now would end by itself, zero for never
	Interim   time.Time // by when the sender is owed an interim answer, zero for never
	Next      time.Time // the same after one that is given now
	Window    time.Time // until when the unit may return the letter, zero without such a limit
	Closed    bool      // that moment has passed
	Suspended string    // word of the legal reason that has stopped time
}

// asking is the request for more time that waits for a supervisor.
type asking struct {
	By     string
	Reason string
	Text   string
	At     time.Time
	Until  time.Time
	Days   int // working days more than now
	Own    bool
}

// choice is a moment that a form offers, and whether it is chosen.
type choice struct {
	casework.Extension
	Chosen bool
}

// rules are the city's as casework takes them.
func (s *Server) rules() casework.City {
	city := s.City()
	return casework.City{Router: city.Router, Clocks: city.Clocks}
}

// timing gathers what the options of a letter do to its dates.
func (s *Server) timing(m staff.Member, v *letterPage, names people) timing {
	l, now := v.Letter, s.Now()
	t := timing{Suspended: letter.SuspensionWord(l.SuspendedFor), Corrected: s.City().Clocks.CountsFrom(l, letter.Supplement)}
	if c, ok := l.Clock(letter.UnitClock); ok && c.Running() {
		t.Present, t.Hourly = c.Due, !sla.Unit(c.Measure).InDays()
	}
	if c, ok := l.Clock(letter.InterimClock); ok && c.Running() && !sla.Silenced(l, c) {
		t.Interim = c.Due
	}
	if c, ok := l.Clock(letter.AdmissionClock); ok && c.Running() {
		t.AdmitBy = c.Due
	}
	if c, ok := l.Clock(letter.WindowClock); ok && c.Running() {
		t.Window, t.Closed = c.Due, c.Overdue(now)
	}
	if v.Offers(letter.Admission) {
		t.Admitted = s.after(m, l, letter.Admission, letter.SenderClock)
	}
	if v.Offers(letter.Suspension) {
		t.Capped = s.after(m, l, letter.Suspension, letter.SuspensionClock)
	}
	if v.Offers(letter.InterimReply) {
		t.Next = s.after(m, l, letter.InterimReply, letter.InterimClock)
	}
	t.Asking = s.asking(m, l, names)
	t.MoreTime = s.moreTime(v, t.Asking)
	return t
}

// after is when a clock would be due if the step were taken now; zero when it would not run.
func (s *Server) after(m staff.Member, l *letter.Letter, step letter.Step, clock string) time.Time {
	trial, err := tried(m, l, step, s.Now())
	if err != nil {
		return time.Time{}
	}
	trial.Clocks = s.City().Clocks.Clocks(trial)
	c, ok := trial.Clock(clock)
	if !ok || !c.Running() {
		return time.Time{}
	}
	return c.Due
}

func (s *Server) asking(m staff.Member, l *letter.Letter, names people) *asking {
	ask, ok := l.WaitingExtension()
	if !ok {
		return nil
	}
	c, _ := l.Clock(letter.UnitClock)
	return &asking{By: s.by(ask.By, names), Reason: reasonWord(casework.ExtensionReasons, ask.Reason), Text: ask.Text, At: ask.At, Until: ask.Until,
		Days: sla.WorkingDays(s.City().Clocks.CalendarOf(c.Unit), c.Due, ask.Until), Own: ask.By.Member == m.Login}
}

// moreTime are the dates that the request, or the decision on it, may name. What
// was typed is chosen, else what was asked for.
func (s *Server) moreTime(v *letterPage, ask *asking) []choice {
	city, now, asked, wish := s.rules(), s.Now(), s.Now(), v.In(letter.ExtensionRequest).Until
	switch {
	case v.Offers(letter.ExtensionApproval) && ask != nil:
		asked, wish = ask.At, v.In(letter.ExtensionApproval).Until
	case !v.Offers(letter.ExtensionRequest):
		return nil
	}
	var list []choice
	for _, e := range city.Extensions(v.Letter, asked, now) {
		list = append(list, choice{e, e.Value() == wish || wish == "" && ask != nil && e.Until.Equal(ask.Until)})
	}
	if wish == "" && ask != nil && !slices.ContainsFunc(list, func(c choice) bool { return c.Chosen }) && ask.Until.After(now) {
		e := casework.Extension{Until: ask.Until, Amount: ask.Days, Unit: sla.WorkingDay} // asked for through the API
		if c, ok := v.Letter.Clock(letter.UnitClock); ok && !sla.Unit(c.Measure).InDays() {
			e.Amount, e.Unit = int(ask.Until.Sub(c.Due).Hours()), sla.Hour
		}
		list = append([]choice{{e, true}}, list...)
	}
	return list
}

// Told is the beginning of what the sender reads about his extension: the reason
// that the unit chose from the list, never what it wrote to the supervisor.
func (t timing) Told() string {
	if t.Asking == nil {
		return ""
	}
	return fmt.Sprintf("您反映的事项%s，原定期限内办不完。", t.Asking.Reason)
}
