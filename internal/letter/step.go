package letter

// Step is something that happens to a letter; the slug is also the noun in the URL.
type Step string

// The steps of product.md; Rung, Redating and Imported are the system's own.
const (
	Submission        Step = "submission"
	Assignment        Step = "assignment"
	DirectAnswer      Step = "direct-answer"
	Refusal           Step = "refusal"
	RefusalApproval   Step = "refusal-approval"
	RefusalObjection  Step = "refusal-objection"
	SupplementRequest Step = "supplement-request"
	Supplement        Step = "supplement"
	Acceptance        Step = "acceptance"
	FirstContact      Step = "first-contact"
	Admission         Step = "admission"
	Objection         Step = "objection"
	Ruling            Step = "ruling"
	Transfer          Step = "transfer"
	Part              Step = "part"
	PartDelivery      Step = "part-delivery"
	ExtensionRequest  Step = "extension-request"
	ExtensionApproval Step = "extension-approval"
	ExtensionRefusal  Step = "extension-refusal"
	Suspension        Step = "suspension"
	Resumption        Step = "resumption"
	InterimReply      Step = "interim-reply"
	DraftReply        Step = "draft"
	Review            Step = "review"
	ReturnDraft       Step = "return-draft"
	Approval          Step = "approval"
	Rating            Step = "rating"
	Redo              Step = "redo"
	Closure           Step = "closure"
	Publication       Step = "publication"
	Withholding       Step = "withholding"
	Takedown          Step = "takedown"
	Merge             Step = "merge"
	Unmerge           Step = "unmerge"
	Withdrawal        Step = "withdrawal"
	Reminder          Step = "reminder"
	Supervision       Step = "supervision"
	Instruction       Step = "instruction"
	Rung              Step = "rung"
	Redating          Step = "redating"
	Imported          Step = "imported"
)

// Party is the part somebody plays in a step; staff turns a member's roles into parties.
type Party string

// The parties of product.md.
const (
	BySender     Party = "sender"
	ByOperator   Party = "operator"
	ByRouter     Party = "router"
	ByDispatcher Party = "dispatcher"
	ByDuty       Party = "duty" // the duty officer, for letters that must not wait in a queue
	ByUnit       Party = "unit" // a handler of the unit the letter is with
	ByCoUnit     Party = "co-unit"
	ByReviewer   Party = "reviewer"
	BySupervisor Party = "supervisor"
	ByLeader     Party = "leader"
	ByFollowUp   Party = "follow-up"
	ByTime       Party = "time"     // a limit that passed
	ByImporter   Party = "importer" // huiyin import
)

// Transition is one row of the table: who may take the step, from where, to
// where, what it needs and what it does to clocks and to the sender.
type Transition struct {
	Step  Step
	Word  string
	By    []Party
	From  []State
	To    State
	Needs []Need
	// Starts, Stops and Pauses name clocks; "*" means every running one.
	Starts []string
	Stops  []string
	Pauses []string
	// Tells is the sentence the sender gets; empty: the sender is not told.
	Tells string
	// Shown puts the step on the sender's timeline; TextShown adds the private
	// fact Text to it, because it was written to the sender.
	Shown     bool
	TextShown bool
}

// Need is a fact without which a step is refused.
type Need string

// The needs.
const (
	NeedUnit   Need = "unit"
	NeedText   Need = "text"
	NeedReason Need = "reason"
	NeedBasis  Need = "basis"
	NeedRating Need = "rating"
	NeedUntil  Need = "until"
	NeedLead   Need = "lead"
	NeedRung   Need = "rung"
	NeedOpen   Need = "open-text"
	NeedMoves  Need = "moves"
)

// The names of clocks that the table starts and stops.
const (
	SenderClock     = "sender"
	UnitClock       = "unit"
	AcceptanceClock = "acceptance"
	WindowClock     = "objection-window" // how long the unit may return the letter
	AdmissionClock  = "admission"        // how long until the sender is told whether his petition is admitted; none once it is
	ContactClock    = "first-contact"    // how long until the unit speaks with the sender
	InterimClock    = "interim-reply"    // how long until the sender must hear how it stands, from the assignment and from each such answer
	PartClock       = "part"
	ExtensionClock  = "extension"
	ReviewClock     = "review"
	ObjectionClock  = "objection" // how long the ruling on a returned letter may take
	FollowUpClock   = "follow-up"
	PublishClock    = "publication"
	SupplementClock = "supplement" // how long the sender is awaited; its limit caps the pause
	SuspensionClock = "suspension" // how long a legal reason may stop time; its limit caps the pause
	LegalClock      = "legal"
)

var open = OpenStates

// withUnit are the clocks that start when a letter comes to a unit, and that its next unit starts anew.
var withUnit = []string{UnitClock, AcceptanceClock, WindowClock, AdmissionClock, ContactClock, InterimClock}
var openHere = []State{Received, Assigned, Handling, InReview, Returned}

// Table is the whole life of a letter, row by row as in product.md. Every page,
// API, right and report reads it from here.
var Table = []Transition{
	{Step: Submission, Word: "提交", By: []Party{BySender, ByOperator, ByImporter}, From: []State{None}, To: Received,
		Starts: []string{SenderClock}, Tells: "您的来信已收到。", Shown: true},
	{Step: Assignment, Word: "派单", By: []Party{ByRouter, ByDispatcher, ByDuty}, From: []State{Received, Returned}, To: Assigned,
		Needs: []Need{NeedUnit}, Starts: withUnit, Stops: append([]string{ObjectionClock, ExtensionClock, PartClock}, withUnit...),
		Tells: "您的来信已转交承办单位。", Shown: true},
	{Step: DirectAnswer, Word: "直接答复", By: []Party{ByOperator, ByDispatcher}, From: []State{Received}, To: Answered,
		Needs: []Need{NeedText}, Stops: []string{"*"}, Starts: []string{FollowUpClock, PublishClock}, Tells: "您的来信已答复。", Shown: true, TextShown: true},
	{Step: Refusal, Word: "不予受理", By: []Party{ByDispatcher}, From: []State{Received, Returned}, To: Same,
		Needs: []Need{NeedReason, NeedText}},
	{Step: RefusalApproval, Word: "不予受理确认", By: []Party{ByDispatcher}, From: []State{Received, Returned}, To: Refused,
		Stops: []string{"*"}, Tells: "您的来信不予受理，理由和可以走的途径已写明。您可以提出一次异议。", Shown: true, TextShown: true},
	{Step: RefusalObjection, Word: "对不予受理的异议", By: []Party{BySender}, From: []State{Refused}, To: Received,
		Needs: []Need{NeedText}, Starts: []string{SenderClock}, Tells: "您的异议已收到，将重新审核。", Shown: true, TextShown: true},
	{Step: SupplementRequest, Word: "待补充", By: []Party{ByUnit, ByDispatcher}, From: openHere, To: AwaitingSender,
		Needs: []Need{NeedText}, Pauses: []string{"*"}, Starts: []string{SupplementClock}, Tells: "承办单位请您补充情况，补充之前时限暂停计算。", Shown: true, TextShown: true},
	// Time takes it when the sender does not answer: the pause is capped, and the letter must not stay away for ever.
	{Step: Supplement, Word: "补充", By: []Party{BySender, ByTime}, From: []State{AwaitingSender}, To: Back,
		Needs: []Need{NeedText}, Stops: []string{SupplementClock}, Tells: "您补充的情况已收到。", Shown: true, TextShown: true},
	{Step: Acceptance, Word: "签收", By: []Party{ByUnit, ByTime}, From: []State{Assigned}, To: Handling,
		Stops: []string{AcceptanceClock}, Shown: true},
	{Step: FirstContact, Word: "首次联系", By: []Party{ByUnit}, From: []State{Assigned, Handling}, To: Same,
		Needs: []Need{NeedText}, Stops: []string{ContactClock}, Tells: "承办单位已登记就您的来信与您联系。", Shown: true},
	{Step: Admission, Word: "受理", By: []Party{ByUnit}, From: []State{Assigned, Handling}, To: Same,
		Stops: []string{AdmissionClock}, Starts: []string{LegalClock}, Tells: "您反映的事项已受理。", Shown: true},
	{Step: Objection, Word: "退单", By: []Party{ByUnit}, From: []State{Assigned, Handling}, To: Returned,
		Needs: []Need{NeedReason, NeedBasis}, Starts: []string{ObjectionClock}, Stops: []string{AcceptanceClock, WindowClock}},
	{Step: Ruling, Word: "裁定", By: []Party{ByDispatcher}, From: []State{Returned}, To: Handling,
		Needs: []Need{NeedText}, Stops: []string{ObjectionClock}},
	{Step: Transfer, Word: "转派", By: []Party{ByUnit}, From: []State{Assigned, Handling}, To: Assigned,
		Needs: []Need{NeedUnit}, Starts: withUnit, Stops: append([]string{ExtensionClock, PartClock}, withUnit...), Shown: true},
	{Step: Part, Word: "会办", By: []Party{ByUnit}, From: []State{Handling}, To: Same,
		Needs: []Need{NeedUnit, NeedText}, Starts: []string{PartClock}, Shown: true},
	{Step: PartDelivery, Word: "会办反馈", By: []Party{ByCoUnit}, From: []State{Handling}, To: Same,
		Needs: []Need{NeedUnit, NeedText}, Stops: []string{PartClock}},
	{Step: ExtensionRequest, Word: "申请延期", By: []Party{ByUnit}, From: []State{Handling}, To: Same,
		Needs: []Need{NeedReason, NeedText}, Starts: []string{ExtensionClock}},
	{Step: ExtensionApproval, Word: "同意延期", By: []Party{BySupervisor}, From: []State{Handling}, To: Same,
		Needs: []Need{NeedUntil, NeedText}, Stops: []string{ExtensionClock}, Tells: "您的来信办理期限已延长，理由已写明。", Shown: true, TextShown: true},
	{Step: ExtensionRefusal, Word: "不同意延期", By: []Party{BySupervisor}, From: []State{Handling}, To: Same,
		Needs: []Need{NeedText}, Stops: []string{ExtensionClock}},
	{Step: Suspension, Word: "中止计时", By: []Party{BySupervisor}, From: []State{Handling}, To: Same,
		Needs: []Need{NeedReason, NeedText}, Pauses: []string{"*"}, Starts: []string{SuspensionClock},
		Tells: "您的来信因法定事由中止计算时限，理由已写明。", Shown: true, TextShown: true},
	// Time takes it when a policy caps how long the reason may last.
	{Step: Resumption, Word: "恢复计时", By: []Party{ByUnit, BySupervisor, ByTime}, From: []State{Handling}, To: Same,
		Needs: []Need{NeedText}, Stops: []string{SuspensionClock}, Tells: "您的来信恢复计算时限。", Shown: true, TextShown: true},
	{Step: InterimReply, Word: "阶段答复", By: []Party{ByUnit}, From: []State{Handling}, To: Same,
		Needs: []Need{NeedText}, Stops: []string{InterimClock}, Starts: []string{InterimClock}, Tells: "承办单位对您的来信作了阶段答复。", Shown: true, TextShown: true},
	{Step: DraftReply, Word: "拟稿", By: []Party{ByUnit}, From: []State{Handling}, To: Same, Needs: []Need{NeedText}},
	{Step: Review, Word: "送审", By: []Party{ByUnit}, From: []State{Handling}, To: InReview, Starts: []string{ReviewClock}},
	{Step: ReturnDraft, Word: "退改", By: []Party{ByReviewer}, From: []State{InReview}, To: Handling,
		Needs: []Need{NeedText}, Stops: []string{ReviewClock}},
	{Step: Approval, Word: "签发", By: []Party{ByReviewer}, From: []State{InReview}, To: Answered,
		Needs: []Need{NeedText}, Stops: []string{"*"}, Starts: []string{FollowUpClock, PublishClock}, Tells: "您的来信已答复。", Shown: true, TextShown: true},
	{Step: Rating, Word: "评价", By: []Party{BySender, ByFollowUp}, From: []State{Answered, Closed}, To: Closed,
		Needs: []Need{NeedRating}, Stops: []string{FollowUpClock}, Shown: true},
	{Step: Redo, Word: "重办", By: []Party{BySender, ByFollowUp, BySupervisor}, From: []State{Answered, Closed}, To: Handling,
		Needs: []Need{NeedText}, Starts: []string{UnitClock, SenderClock}, Stops: []string{FollowUpClock}, Tells: "您的来信将重新办理。", Shown: true, TextShown: true},
	{Step: Closure, Word: "办结", By: []Party{ByTime}, From: []State{Answered}, To: Closed, Stops: []string{FollowUpClock}, Shown: true},
	{Step: Publication, Word: "公开", By: []Party{ByReviewer}, From: []State{Answered, Closed}, To: Same,
		Needs: []Need{NeedOpen}, Stops: []string{PublishClock}, Tells: "您的来信和答复已隐去个人信息后公开。", Shown: true},
	{Step: Withholding, Word: "不公开", By: []Party{ByReviewer}, From: []State{Answered, Closed}, To: Same,
		Needs: []Need{NeedReason}, Stops: []string{PublishClock}},
	{Step: Takedown, Word: "撤下公开", By: []Party{ByReviewer}, From: []State{Answered, Closed}, To: Same,
		Needs: []Need{NeedReason}, Shown: true},
	{Step: Merge, Word: "并案", By: []Party{ByDispatcher, ByUnit}, From: open, To: Same,
		Needs: []Need{NeedLead}, Tells: "您的来信与同一事项的来信合并办理，编号、答复和评价仍归您本人。", Shown: true},
	{Step: Unmerge, Word: "取消并案", By: []Party{ByDispatcher, ByUnit}, From: open, To: Same, Shown: true},
	{Step: Withdrawal, Word: "撤回", By: []Party{BySender}, From: open, To: Withdrawn,
		Stops: []string{"*"}, Tells: "您的来信已按您的要求撤回。", Shown: true},
	{Step: Reminder, Word: "催办", By: []Party{BySupervisor}, From: open, To: Same, Needs: []Need{NeedText}},
	{Step: Supervision, Word: "督办", By: []Party{BySupervisor}, From: open, To: Same, Needs: []Need{NeedText}},
	{Step: Instruction, Word: "批示", By: []Party{ByLeader}, From: open, To: Same, Needs: []Need{NeedText}},
	{Step: Rung, Word: "时限提示", By: []Party{ByTime}, From: open, To: Same, Needs: []Need{NeedRung}},
	// Shown where the date told to the sender moved, see Timeline.
	{Step: Redating, Word: "重算时限", By: []Party{ByTime}, From: open, To: Same, Needs: []Need{NeedMoves},
		Tells: "放假安排或者时限规则有变，您的来信的答复期限已重新计算。已经告知您的期限不会提前。", Shown: true},
	{Step: Imported, Word: "导入", By: []Party{ByImporter}, From: []State{None}, To: Closed, Needs: []Need{NeedUnit, NeedOpen}, Shown: true},
}

var rows = func() map[Step]Transition {
	m := make(map[Step]Transition, len(Table))
	for _, t := range Table {
		m[t.Step] = t
	}
	return m
}()

// Row returns the table's row for a step.
func Row(s Step) (Transition, bool) {
	t, ok := rows[s]
	return t, ok
}

// Word is the Chinese word pages show.
func (s Step) Word() string { return rows[s].Word }

// Allows says whether the row lets this party take the step from this state.
func (t Transition) Allows(p Party, from State) bool {
	return has(t.By, p) && has(t.From, from)
}

func has[T comparable](list []T, x T) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}
