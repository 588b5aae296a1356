package desk

import (
	"slices"
	"strconv"
	"time"

	"huiyin/internal/letter"
)

// partyWords name who took a step without being a member.
var partyWords = map[letter.Party]string{
	letter.BySender: "来信人", letter.ByRouter: "自动派单", letter.ByTime: "到时自动", letter.ByImporter: "导入",
}

var rungWords = map[string]string{
	"half": "期限过半", "reminder": "即将到期", "overdue": "已超期", "supervision": "报督办", "leaders": "报领导", "due": "到期",
}

var clockWords = map[string]string{
	letter.SenderClock: "对来信人的期限", letter.UnitClock: "单位办理期限", letter.AcceptanceClock: "签收期限", letter.SupplementClock: "等待补充期限",
	letter.ObjectionClock: "退单裁定期限", letter.ReviewClock: "审核期限", letter.FollowUpClock: "回访期限",
	letter.WindowClock: "退单期限", letter.AdmissionClock: "受理告知期限", letter.ContactClock: "首次联系期限", letter.InterimClock: "阶段答复期限", letter.SuspensionClock: "中止计时期限",
	letter.PublishClock: "公开期限", letter.PartClock: "会办期限", letter.ExtensionClock: "延期审批期限", letter.LegalClock: "法定期限",
}

// history lists every event, newest first, with who took it and what was written.
func (s *Server) history(l *letter.Letter, names people) ([]moment, error) {
	list := make([]moment, 0, len(l.Events))
	for _, e := range l.Events {
		pub, err := e.PublicFacts()
		if err != nil {
			return nil, err
		}
		priv, err := e.PrivateFacts()
		if err != nil {
			return nil, err
		}
		list = append(list, moment{Word: e.Step.Word(), At: e.At, Until: untilOf(e.Step, pub), By: s.by(e.Actor, names), Detail: s.detail(e.Step, pub), Moves: s.moves(pub.Moves), Lines: lines(e.Step, priv)})
	}
	slices.Reverse(list)
	return list, nil
}

// move is a limit that other rules count otherwise: both moments, and which holds.
type move struct {
	Clock      string
	Was, Until time.Time
	Days       bool   // both end with their day
	Held       string // why the one that was told holds; "" when it moved
}

// endsDay says that a moment is the last of its day, where limits in days end.
func endsDay(t time.Time) bool { return t.Add(time.Millisecond).Format(time.TimeOnly) == "00:00:00" }

var whyMoved = map[string]string{letter.MovedByCalendar: "放假安排或本地日历有变", letter.MovedByPolicy: "时限规则有变"}

func (s *Server) moves(list []letter.Moved) []move {
	moves := make([]move, len(list))
	for i, m := range list {
		was, until := time.UnixMilli(m.Was).In(s.City().Zone()), time.UnixMilli(m.Until).In(s.City().Zone())
		moves[i] = move{Clock: clockWords[m.Clock], Was: was, Until: until, Days: endsDay(was) && endsDay(until)}
		switch {
		case m.Past:
			moves[i].Held = "原期限已过，不再变动"
		case m.Until < m.Was:
			moves[i].Held = "已告知的期限不提前"
		}
	}
	return moves
}

// by is the name of who took a step, with his unit where he acted for one.
func (s *Server) by(a letter.Actor, names people) string {
	if a.Member == "" {
		return partyWords[a.Party]
	}
	if a.Unit == "" {
		return names.of(a.Member)
	}
	return names.of(a.Member) + " · " + s.City().Router.Name(a.Unit)
}

// detail are the codes of an event in words.
func (s *Server) detail(step letter.Step, pub letter.Facts) []string {
	var words []string
	add := func(word string) {
		if word != "" {
			words = append(words, word)
		}
	}
	if pub.Unit != "" {
		add(s.City().Router.Name(pub.Unit))
	}
	if step == letter.Assignment {
		add(pub.Kind.Word())
		add(s.City().Category(pub.Category))
	}
	if step == letter.RefusalApproval {
		step = letter.Refusal
	}
	if step == letter.Redating {
		add(whyMoved[pub.Reason])
	} else {
		add(reasonWord(reasonsOf(step), pub.Reason))
	}
	add(clockWords[pub.Clock])
	add(rungWords[pub.Rung])
	if pub.Solved != nil {
		if *pub.Solved {
			add("已解决")
		} else {
			add("没有解决")
		}
		add(satisfaction(pub.Satisfied))
	}
	return words
}

// untilOf is the due moment that was asked for or granted.
func untilOf(step letter.Step, pub letter.Facts) time.Time {
	if step != letter.ExtensionRequest && step != letter.ExtensionApproval {
		return time.Time{}
	}
	return time.UnixMilli(pub.Until)
}

func satisfaction(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n) + " / 5"
}

// lines are the texts of an event, each with what it is.
func lines(step letter.Step, priv letter.Facts) []line {
	var list []line
	for _, l := range []line{{textWord(step), priv.Text}, {"依据", priv.Basis}, {"内部记录", priv.Note}} {
		if l.Text != "" {
			list = append(list, l)
		}
	}
	return list
}

func textWord(step letter.Step) string {
	switch step {
	case letter.DraftReply:
		return "答复稿"
	case letter.Approval, letter.DirectAnswer:
		return "答复"
	case letter.Part:
		return "请会办的事"
	case letter.PartDelivery:
		return "会办意见"
	case letter.ReturnDraft:
		return "退改意见"
	case letter.Objection, letter.Ruling, letter.Withholding, letter.Takedown, letter.ExtensionRequest, letter.ExtensionRefusal:
		return "说明"
	case letter.SupplementRequest, letter.Refusal, letter.RefusalApproval, letter.ExtensionApproval, letter.InterimReply, letter.Suspension, letter.Resumption:
		return "写给来信人"
	case letter.Supplement, letter.RefusalObjection, letter.Rating, letter.Withdrawal:
		return "来信人写道"
	}
	return "内容"
}
