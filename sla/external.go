package sla

import (
	"time"

	"huiyin/internal/letter"
)

// ExternalPolicy is the policy named by a clock whose due moment a higher level
// has set with the order it sent down.
const ExternalPolicy = letter.ExternalPolicy

const whyExternal = "上级指定的期限"

// An external deadline is the fact "until" of the submission. It wins over every
// local policy (潍坊市12345政务服务便民热线条例第二十条: 省级以上按相应规定): the sender's clock and that
// of each unit are due at that moment, whenever they start, and nothing pauses
// them; a redo has its own limit, because the order was answered. Only an
// extension that was approved puts it off, which the local supervisor grants when
// the higher level has.
func (t *tape) external(u *run) {
	if u.step == letter.Redo || t.deadline.IsZero() {
		return
	}
	if u.name == letter.SenderClock || u.name == letter.UnitClock {
		u.external, u.policy = t.deadline, ExternalPolicy
	}
}

// explainExternal names the day; nothing was counted to find it.
func (c *Calendar) explainExternal(u *run) Result {
	at := u.external.In(c.zone)
	date := dayOf(at).String()
	return Result{
		At: at, Date: date, Limit: u.limit, Policy: u.policy, Calendar: c.version,
		Days: []Day{{Date: date, Why: whyExternal}},
	}
}

// share is the moment at which so many percent of the time between two moments
// are over, pauses included: a higher level does not wait for them. It is a whole
// millisecond, because that is how clocks are kept and compared.
func share(from, to time.Time, percent int) time.Time {
	return from.Add(to.Sub(from) / 100 * time.Duration(percent)).Truncate(time.Millisecond)
}
