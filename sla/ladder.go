package sla

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"huiyin/internal/letter"
)

// Recipient says to whom a rung is told.
type Recipient string

// The recipients of domain.md 2.8 no. 9. Which members they are, staff and the
// tree of units say.
const (
	ToHandler    Recipient = "handler"    // 承办人 of the unit that the clock measures
	ToHead       Recipient = "head"       // 审核人 of that unit: its head (domain.md 3.2)
	ToSupervisor Recipient = "supervisor" // 督办员
	ToLeader     Recipient = "leader"     // 领导
)

// Recipients lists them in the order in which a letter climbs.
var Recipients = []Recipient{ToHandler, ToHead, ToSupervisor, ToLeader}

// told is what a rung of that name does where the city says nothing else: the
// ladder of domain.md 2.8 no. 9, the head from the due moment on (深圳: 催办 copied
// to the deputy head), the leaders' list as 通报 of the same rule.
var told = map[string]struct {
	to   []Recipient
	text string
}{
	RungHalf:        {[]Recipient{ToHandler}, "办理时限已过半，还没有答复。"},
	RungReminder:    {[]Recipient{ToHandler}, "催办：快到期了，请尽快答复。"},
	RungOverdue:     {[]Recipient{ToHandler, ToHead}, "已超过期限，还没有答复。"},
	RungSupervision: {[]Recipient{ToHandler, ToHead, ToSupervisor}, "督办：超期后仍没有答复。"},
	RungLeaders:     {[]Recipient{ToSupervisor, ToLeader}, "列入领导名单：超期已久，仍没有答复。"},
}

// stages are told at the end of a limit that has no ladder: whoever can end that stage
// reads which one it is.
var stages = map[string]Rung{
	letter.ContactClock:   {To: []Recipient{ToHandler}, Text: "首次联系的时限已到，请先与来信人联系。"},
	letter.InterimClock:   {To: []Recipient{ToHandler}, Text: "阶段答复的时限已到，请把办理进展告诉来信人。"},
	letter.PartClock:      {To: []Recipient{ToHandler}, Text: "会办的时限已到，请尽快交出会办意见。"},
	letter.ReviewClock:    {To: []Recipient{ToHead}, Text: "审核的时限已到，请尽快审核。"},
	letter.ExtensionClock: {To: []Recipient{ToSupervisor}, Text: "延期申请的审批时限已到，请尽快决定。"},
	letter.PublishClock:   {To: []Recipient{ToHead}, Text: "公开的时限已到，请决定是否公开。"},
}

// Told is to whom the rung is told. A rung without a name of the ladder is told
// to the handler.
func (r Rung) Told() []Recipient {
	if len(r.To) > 0 {
		return r.To
	}
	if d, ok := told[r.Name]; ok {
		return d.to
	}
	return []Recipient{ToHandler}
}

// Says is the sentence that they read. The Chinese sentence is the key of its
// English translation; what a city writes itself stays as it is.
func (r Rung) Says() string {
	if r.Text != "" {
		return r.Text
	}
	if d, ok := told[r.Name]; ok {
		return d.text
	}
	return "请留意这个环节的时限。"
}

// longestText is how many characters a rung's sentence may have: it stands on one
// line of a list.
const longestText = 60

func (r Rung) checkTold() error {
	for i, to := range r.To {
		if !slices.Contains(Recipients, to) {
			return letter.Refuse("提示级别“%s”的收件人“%s”不对：只能是 handler、head、supervisor、leader。", r.Name, string(to))
		}
		if slices.Contains(r.To[:i], to) {
			return letter.Refuse("提示级别“%s”的收件人“%s”写了两次。", r.Name, string(to))
		}
	}
	if r.Text != "" && (strings.TrimSpace(r.Text) != r.Text || strings.ContainsFunc(r.Text, unicode.IsControl)) || utf8.RuneCountInString(r.Text) > longestText {
		return letter.Refuse("提示级别“%s”的文字不对：一行以内，最多 %d 字，前后不留空格。", r.Name, longestText)
	}
	return nil
}

// RungOf is the rung that an event of the letter recorded, as the city has it now.
// One that the ladder does not have any more has what its name says.
func (r *Rules) RungOf(l *letter.Letter, f letter.Facts) Rung {
	runs := r.runs(l)
	for i := len(runs) - 1; i >= 0; i-- {
		u := &runs[i]
		if u.name != f.Clock || f.Unit != "" && f.Unit != u.unit {
			continue
		}
		for _, rung := range r.ladder(l, unitFor(u.name, u.unit), u.started) {
			if rung.Name == f.Rung && rung.On(u.name) {
				return rung
			}
		}
		break
	}
	stage := stages[f.Clock]
	stage.Name = f.Rung
	return stage
}

// Reached is a rung on which a letter stands: recorded, and its clock still runs.
type Reached struct {
	Clock string
	Unit  string // that the clock measures, "" for the sender's
	Rung  string
	At    time.Time
}

// Reached lists the rungs on which the letter stands, in their order; none for a
// letter that is answered, and none from before an extension.
func (r *Rules) Reached(l *letter.Letter) []Reached {
	var list []Reached
	runs := r.runs(l)
	for i := range runs {
		if u := &runs[i]; u.running() {
			for _, name := range u.played {
				list = append(list, Reached{u.name, u.unit, name, recorded(l, u, name)})
			}
		}
	}
	return list
}

// recorded is when the rung of the clock was last recorded.
func recorded(l *letter.Letter, u *run, name string) time.Time {
	for i := len(l.Events) - 1; i >= 0; i-- {
		e := &l.Events[i]
		if e.Step != letter.Rung {
			continue
		}
		if f, err := e.PublicFacts(); err == nil && f.Rung == name && f.Clock == u.name && (f.Unit == "" || f.Unit == u.unit) {
			return e.At
		}
	}
	return time.Time{}
}
