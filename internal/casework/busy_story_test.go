package casework_test

import (
	"math/rand/v2"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
)

// season is what a city goes through in sixty days.
type season struct {
	seed    uint64
	first   string   // day
	almanac *almanac // in force at first
	notice  int      // day of the season on which of2027 is announced, 0: never
}

const (
	seasonDays = 60
	lastLetter = 50 // day; those that come last are followed for ten days
)

// turn is a stretch of a season: sweeps at its beginning, then deeds up to its end.
type turn struct {
	from, until time.Time
	sweeps      []time.Time
	almanac     *almanac
	announced   bool // the almanac is new
	redate      bool // all open letters are brought to it
	alone       bool // nobody acts beside the sweeps
}

// turns cuts a season where sweeps happen: after minutes, hours, once not for a week.
// Now and then the machine's clock is a day behind, or ahead, for one sweep.
func (s season) turns(r *rand.Rand) (list []turn) {
	at := dated(s.first).begin()
	end, a := at.AddDate(0, 0, seasonDays), s.almanac
	stands := at.AddDate(0, 0, 20+r.IntN(10))
	notice := at.AddDate(0, 0, s.notice).Add(9*time.Hour + 7*time.Minute)
	for at.Before(end) {
		t := turn{from: at, until: at.Add(gap(r)), sweeps: []time.Time{at}, almanac: a}
		if at.After(stands) {
			t.until, stands = at.AddDate(0, 0, 7), end
		}
		if s.notice > 0 && a != of2027 && !t.from.Before(notice) {
			a = of2027
			t.almanac, t.announced, t.alone, t.sweeps = a, true, true, nil
		} else if n := len(list); n > 0 && list[n-1].announced {
			t.redate, t.alone = true, true
		} else if day := 24 * time.Hour; r.IntN(25) == 0 {
			t.sweeps, t.alone = []time.Time{at, at.Add(-day), at}, true
		} else if r.IntN(50) == 0 {
			t.sweeps, t.alone = []time.Time{at.Add(day), at}, true
		}
		list = append(list, t)
		at = t.until
	}
	// What is due by the end is swept.
	return append(list, turn{from: at, until: at, sweeps: []time.Time{at}, almanac: a, alone: true})
}

func gap(r *rand.Rand) time.Duration {
	minutes := []int{3, 20, 60, 200, 600}
	return time.Duration(2+r.IntN(minutes[r.IntN(len(minutes))])) * time.Minute
}

// written is what a resident wrote.
type written struct {
	at    time.Time
	draft letter.Draft
}

var kinds = []letter.Kind{letter.Complaint, letter.Complaint, letter.Consultation, letter.Help, letter.Suggestion, letter.Report, letter.Praise}

// texts lead to a unit, to a dispatcher, or to one as urgent.
var texts = []struct{ title, body string }{
	{"梧桐路三盏路灯不亮", "梧桐路东段连着三盏路灯不亮，晚上很黑，请派人维修。"},
	{"梧桐路三盏路灯不亮", "梧桐路东段连着三盏路灯不亮，晚上很黑，请派人维修。"},
	{"您好", "有件事想请教，不知道该问谁。"},
	{"小区停水", "我们小区停水了，从昨晚到现在家里没有水。"},
}

// written on any day at any hour.
func (s season) written(r *rand.Rand) written {
	at := dated(s.first).begin().Add(time.Duration(1+r.IntN(lastLetter*24*60)) * time.Minute)
	text := texts[r.IntN(len(texts))]
	d := letter.Draft{Channel: letter.Web, Column: letter.Complaints, Kind: kinds[r.IntN(len(kinds))], Title: text.title, Body: text.body,
		Name: "测试人", Phone: "13900000001", Publish: true}
	switch r.IntN(8) {
	case 0:
		d.Column = letter.Leaders
	case 1:
		d.Column = letter.InterviewColumn
	case 2:
		d.Channel, d.Operator = letter.Hotline, duty
	case 3:
		d.Channel, d.Operator = letter.Hotline, duty
		d.Deadline = (dateOf(at) + date(2+r.IntN(15))).end()
	}
	return written{at, d}
}

var units = []string{"cgj-sz", "zjj", "rsj"}

// pick is one of what somebody might do now; the zero Step is nothing.
func (l *life) pick(r *rand.Rand) letter.Step {
	try := func(steps ...letter.Step) letter.Step { return steps[r.IntN(len(steps))] }
	if r.IntN(60) == 0 && l.state.Open() {
		return letter.Withdrawal
	}
	if r.IntN(25) == 0 { // what may well be refused
		return try(letter.Objection, letter.ExtensionRequest, letter.ExtensionApproval, letter.Acceptance, letter.Review, letter.Supplement,
			letter.Suspension, letter.Resumption, letter.Rating, letter.Publication, letter.FirstContact, letter.Admission, letter.RefusalObjection)
	}
	switch l.state {
	case letter.Received:
		if l.refuser {
			return try(letter.RefusalApproval, letter.RefusalApproval, letter.Assignment)
		}
		return try(letter.Assignment, letter.Assignment, letter.Assignment, letter.Assignment, letter.Assignment, letter.DirectAnswer, letter.Refusal, letter.SupplementRequest)
	case letter.Assigned:
		return try(letter.Acceptance, letter.Acceptance, letter.Objection, letter.FirstContact, l.admission(), letter.SupplementRequest, "", "")
	case letter.Handling:
		switch {
		case l.running("suspension") != nil:
			return try(letter.Resumption, letter.Resumption, letter.InterimReply, letter.ExtensionApproval, l.admission(), letter.DraftReply, letter.SupplementRequest, "", "")
		case !l.asked.IsZero():
			return try(letter.ExtensionApproval, letter.ExtensionApproval, letter.ExtensionApproval, letter.ExtensionRefusal, letter.Suspension, letter.DraftReply, "")
		case l.drafted:
			return try(letter.Review, letter.Review, letter.Review, letter.ExtensionRequest, letter.InterimReply, letter.Suspension, "")
		}
		return try(letter.DraftReply, letter.DraftReply, letter.DraftReply, letter.ExtensionRequest, letter.ExtensionRequest, letter.InterimReply,
			letter.Objection, letter.FirstContact, l.admission(), letter.Suspension, letter.SupplementRequest, letter.SupplementRequest, "")
	case letter.InReview:
		return try(letter.Approval, letter.Approval, letter.Approval, letter.ReturnDraft, letter.SupplementRequest, "")
	case letter.Returned:
		return try(letter.Ruling, letter.Assignment, letter.Assignment, letter.Refusal, letter.SupplementRequest, "")
	case letter.AwaitingSender:
		return try(letter.Supplement, letter.Supplement, letter.Supplement, "", "")
	case letter.Answered, letter.Closed:
		switch {
		case l.decided() && l.rated:
			return ""
		case l.decided():
			return try(letter.Rating, letter.Rating, letter.Withholding, letter.Publication, "", "")
		}
		return try(letter.Rating, letter.Publication, letter.Withholding, "", "")
	case letter.Refused:
		return try(letter.RefusalObjection, "", "")
	}
	return ""
}

// admission is no step for most letters.
func (l *life) admission() letter.Step {
	if l.kind == letter.Report {
		return letter.Admission
	}
	return ""
}

// decided says whether the answer was published or is not to be.
func (l *life) decided() bool { return l.public || l.withheld }

// over says that nobody has anything more to do with the letter.
func (l *life) over() bool {
	return l.state == letter.Withdrawn || l.state == letter.Closed && l.decided()
}

// deed fills in what the step needs.
func (l *life) deed(r *rand.Rand, at time.Time, step letter.Step) deed {
	d := deed{at: at, step: step, in: casework.Input{Text: "路灯的配件已经订购，到货后马上更换。"}}
	switch step {
	case letter.Assignment:
		d.in = casework.Input{Unit: units[r.IntN(len(units))]}
		if l.heldInPause() {
			return d
		}
		if r.IntN(4) == 0 {
			d.in.Kind = kinds[r.IntN(len(kinds))]
		}
		if r.IntN(6) == 0 {
			d.in.Urgency = []letter.Urgency{letter.Normal, letter.Urgent, letter.Critical}[r.IntN(3)]
		}
	case letter.Refusal:
		d.in.Reason = "beyond_duty"
	case letter.Objection:
		d.in = casework.Input{Reason: "not_our_duty", Basis: "三定规定第五条"}
	case letter.Suspension:
		d.in.Reason = letter.SuspensionReasons[r.IntN(len(letter.SuspensionReasons))].Code
	case letter.Rating:
		yes := r.IntN(2) == 0
		d.in = casework.Input{Solved: &yes, Satisfied: 1 + r.IntN(5)}
	case letter.Withholding:
		d.in = casework.Input{Reason: "duplicate"}
	case letter.ExtensionRequest:
		d.in.Reason = "works"
		l.wish(r, &d)
	}
	return d
}

// heldInPause says that a date was told during a pause. What is left of it is kept as
// days; no rule says what becomes of them when a corrected kind counts other days.
func (l *life) heldInPause() bool {
	for _, w := range l.watches {
		for _, p := range l.pauses {
			if w.running() && w.toldAt.Equal(p.from) {
				return true
			}
		}
	}
	return false
}

// wish names a new date, now and then one that is too far, or a day off.
func (l *life) wish(r *rand.Rand, d *deed) {
	base := d.at
	for _, name := range []string{"sender", "unit"} {
		if w := l.running(name); w != nil {
			base = latest(base, w.due)
		}
	}
	if l.limits["unit"].in == inHours {
		d.till = base.Add(time.Duration(1+r.IntN(3*l.limits["more-time"].n)) * time.Hour / 2).Truncate(time.Second)
		d.in.Until = d.till.Format(time.RFC3339)
		return
	}
	day := dateOf(base) + date(1+r.IntN(14))
	if r.IntN(4) > 0 {
		day = l.almanac.next(day-1, 1)
	}
	d.till, d.in.Until = day.end(), day.String()
}

// pace is how long until somebody looks at the letter again.
func (l *life) pace(r *rand.Rand) time.Duration {
	most := []int{3, 30, 30, 80, 240}[r.IntN(5)] * 60
	switch {
	case l.resting():
		most *= 3
	case l.limits["unit"].in == inHours:
		most /= 10
	}
	return time.Duration(1+r.IntN(most)) * time.Minute
}
