package letter

import "time"

// Record takes a step: it checks the transition table, appends the event to the
// chain and applies it. It is the only way a letter changes. now is the moment
// the step holds for; it is cut to milliseconds.
func (l *Letter) Record(step Step, by Actor, now time.Time, public, private Facts) error {
	row, ok := Row(step)
	if !ok {
		return Refuse("没有“%s”这个步骤。", string(step))
	}
	if !has(row.By, by.Party) {
		return Forbid("您的岗位不能进行“%s”。", row.Word)
	}
	if !has(row.From, l.State) {
		return Refuse("这封信现在是“%s”，不能进行“%s”。", l.State.Word(), row.Word)
	}
	if err := l.allowed(step, by); err != nil {
		return err
	}
	if err := l.inTime(step, now, public); err != nil {
		return err
	}
	if need, missing := row.missing(public, private); missing {
		return Invalid("“%s”还缺一项内容，请补全后再提交。", map[string]string{string(need): "请填写" + needWords[need] + "。"}).with(row.Word)
	}
	return l.append(row, by, now, public, private)
}

func (e *Error) with(args ...any) *Error {
	e.Args = args
	return e
}

// allowed holds the rules that need the letter's past, not only its state.
func (l *Letter) allowed(step Step, by Actor) error {
	switch step {
	case Objection:
		if l.Designated {
			return Refuse("这封信已裁定由贵单位办理，不能再次退单。")
		}
	case FirstContact:
		if !l.ContactedAt.IsZero() {
			return Refuse("首次联系已经登记。")
		}
	case ExtensionRequest:
		if l.ExtensionAsked {
			return Refuse("已经申请延期，等待审批。")
		}
	case ExtensionApproval, ExtensionRefusal:
		if !l.ExtensionAsked {
			return Refuse("还没有人申请延期。")
		}
		if l.ExtensionBy == by.Member {
			return Forbid("延期不能由申请人自己审批。")
		}
	case Resumption:
		if !l.Suspended() {
			return Refuse("这封信的时限没有中止计算。")
		}
	case Refusal:
		if l.Refuser != "" {
			return Refuse("这封信已有人提出不予受理，等待另一位派单员确认。")
		}
	case RefusalApproval:
		if l.Refuser == "" {
			return Refuse("还没有人提出不予受理。")
		}
		if l.Refuser == by.Member {
			return Forbid("不予受理须由另一位派单员确认。")
		}
	case RefusalObjection:
		if l.RefusedBy > 0 {
			return Refuse("对不予受理只能提出一次异议。")
		}
	case Review:
		if l.Reply.Text == "" {
			return Refuse("请先拟好答复再送审。")
		}
	case Approval:
		if l.Writer == by.Member {
			return Forbid("答复不能由拟稿人自己签发。")
		}
	case Redo:
		if by.Party == BySender && l.Redone > 0 {
			return Refuse("您已要求重办过一次。如仍未解决，可以重新写信。")
		}
	case Publication:
		return l.publishable(by)
	case Withholding:
		if l.IsPublic() {
			return Refuse("这封信已经公开。如需撤下，请用“撤下公开”。")
		}
	case Takedown:
		if !l.IsPublic() {
			return Refuse("这封信没有公开。")
		}
	case Rating:
		if by.Party == BySender && l.Solved != nil {
			return Refuse("您已经评价过，谢谢。")
		}
	case Merge:
		if l.Merged != "" {
			return Refuse("这封信已经并案。要并入别的信，请先取消并案。")
		}
	case Unmerge:
		if l.Merged == "" {
			return Refuse("这封信没有并案。")
		}
	}
	return nil
}

// inTime holds the rules that need the letter's clocks: what only their limit
// bounds, and what may not be done while they stand still.
func (l *Letter) inTime(step Step, now time.Time, public Facts) error {
	if err := l.restsNow(step); err != nil {
		return err
	}
	switch step {
	case Part:
		if l.AwaitsPart(public.Unit) {
			return Refuse("已经请这个单位会办，正在等它反馈。")
		}
	case PartDelivery:
		if !l.AwaitsPart(public.Unit) {
			return Refuse("贵单位没有等待反馈的会办。")
		}
	case Suspension:
		return l.mayBeSuspended(public.Reason)
	case Objection:
		// Where no policy limits the window there is no such clock.
		if c, ok := l.Clock(WindowClock); ok && c.Running() && c.Overdue(now) {
			return Refuse("退单期限已过，不能再退单。")
		}
	case ExtensionRequest:
		// How often, and for how long, policies say: see sla.LatestExtension.
		if c, ok := l.Clock(UnitClock); ok && c.Running() && c.Overdue(now) {
			return Refuse("办理期限已过。延期须在期满之前申请。")
		}
	}
	return nil
}

// publishable holds the second-person rule: nobody publishes an answer he wrote,
// and a flagged letter needs one more person besides the one who signed it.
func (l *Letter) publishable(by Actor) error {
	if l.IsPublic() {
		return Refuse("这封信已经公开。")
	}
	for _, f := range l.Flags {
		if f.NeverPublic() {
			return Refuse("带有“%s”标记的信不公开。", f.Word())
		}
	}
	if !l.Consent {
		return Refuse("写信人没有同意公开。")
	}
	if l.Writer == by.Member {
		return Forbid("公开须由拟稿人以外的人决定。")
	}
	if l.Flagged() && l.Approver == by.Member {
		return Forbid("带标记的信须由签发人以外的另一位审核员决定公开。")
	}
	return nil
}

func (l *Letter) append(row Transition, by Actor, now time.Time, public, private Facts) error {
	pub, err := public.bytes()
	if err != nil {
		return err
	}
	priv, err := private.bytes()
	if err != nil {
		return err
	}
	e := Event{
		Seq: len(l.Events) + 1, Step: row.Step, Actor: by, At: now.UTC().Truncate(time.Millisecond),
		From: l.State, To: row.To, Public: pub, Private: priv, Commitment: commit(l.Key, priv), Prev: l.Head(),
	}
	switch row.To {
	case Same:
		e.To = l.State
	case Back:
		e.To = l.before
	}
	e.Hash = e.sum(l.Number)
	if err := l.Status.apply(&e); err != nil {
		return err
	}
	l.Events = append(l.Events, e)
	l.take(row.Step, public, private)
	return nil
}

// take moves the words of a step to where the row keeps them.
func (l *Letter) take(step Step, public, private Facts) {
	switch step {
	case DraftReply, DirectAnswer, Approval:
		l.Reply.Text = private.Text
		if private.Note != "" {
			l.Reply.Note = private.Note
		}
	case Publication, Imported:
		l.Open = *private.Open
		if step == Imported {
			l.Reply.Text = private.Text
		}
	case Takedown:
		l.Open = OpenText{}
	case Assignment:
		if public.Kind != "" {
			l.Kind = public.Kind
		}
		if public.Category != "" {
			l.Category = public.Category
		}
		if public.Urgency != "" {
			l.Urgency = public.Urgency
		}
	}
}
