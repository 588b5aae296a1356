package desk

import (
	"context"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/routing"
	"huiyin/web/page"
)

// letterPage is one letter with everything on one screen.
type letterPage struct {
	page.Head
	From  queue
	Queue []row

	Letter      *letter.Letter
	Mark        page.Mark
	UnitName    string
	Category    string
	Leader      string
	Guarded     string // who alone may read it, in words; empty: everybody with the right
	Sender      person
	Earlier     []row // other letters of the same sender
	Refusal     *proposal
	Objection   *objection
	Suggestions []suggestion
	Similar     []similar
	Merged      merged
	Reader      staff.Member
	Matter      matter // other letters on the same matter
	Line        page.Line
	UnitDue     *letter.Clock
	Clocks      clocks
	History     []moment

	Options   []option
	Why       string // what the member waits for
	Units     []routing.Unit
	Kinds     []letter.Kind
	Urgencies []letter.Urgency
	Topics    []routing.Category
	Came      letter.Step // step whose form came back
	Typed     casework.Input
	Used      string // number of the answer taken as a draft
	Masked    *maskedText
	Timing    timing
	Parts     []part    // asked of other units
	PartDue   time.Time // of one that is asked for now
}

func (s *Server) letter(c *fiber.Ctx) error {
	m := member(c)
	l, err := s.readable(c, m, c.Params("number"))
	if err != nil {
		return err
	}
	v, err := s.letterPage(c, m, l)
	if err != nil {
		return err
	}
	if err := s.useAnswer(c, v); err != nil {
		return err
	}
	if err := s.Store.ReadInbox(c.UserContext(), m.Login, l.Number, s.Now()); err != nil {
		return err
	}
	if lead := digits(c.Query("lead")); lead != "" && v.Offers(letter.Merge) {
		v.Came, v.Typed.Lead = letter.Merge, lead // a page that suggests letters on the same matter links here
	}
	return s.set.Render(c, "letter", v)
}

// letterPage gathers what the screen of one letter shows to the member.
func (s *Server) letterPage(c *fiber.Ctx, m staff.Member, l *letter.Letter) (*letterPage, error) {
	ctx, city, now := c.UserContext(), s.City(), s.Now()
	v := &letterPage{
		Head: page.Head{Title: l.Title, Here: address(l.Number, c.Query("from"))}, Letter: l, Reader: m,
		Category: city.Category(l.Category), Suggestions: s.suggestions(l), Line: page.LineOf(l, now, nil),
		Options: s.offered(m, l), Kinds: letter.Kinds, Urgencies: letter.Urgencies, Topics: city.Pack.Routing.Categories,
	}
	if l.Unit != "" {
		v.UnitName = city.Router.Name(l.Unit)
	}
	v.Clocks = s.clocks(l, now)
	if leader, ok := city.Router.Leader(l.Addressee); ok {
		v.Leader = leader.Title
	}
	if clock, ok := l.Clock(letter.UnitClock); ok && clock.Running() {
		v.UnitDue, v.Mark = &clock, page.DueMark(clock, now)
	} else if v.Line.Due != nil {
		v.Mark = v.Line.Due.Mark
	}
	for _, u := range city.Router.Tree() {
		if !has(l.Accused, u.ID) {
			v.Units = append(v.Units, u)
		}
	}
	v.Why = waits(m, l, v.Options)
	if v.Offers(letter.Publication) {
		v.Masked = masked(l)
	}
	if err := s.surroundings(ctx, c, m, v); err != nil {
		return nil, err
	}
	return v, nil
}

// surroundings reads what stands around the letter: queue, sender, names, past
// and similar answers.
func (s *Server) surroundings(ctx context.Context, c *fiber.Ctx, m staff.Member, v *letterPage) (err error) {
	l := v.Letter
	names, err := s.names(ctx)
	if err != nil {
		return err
	}
	v.Guarded = s.guardWord(l.Guard, names)
	if v.History, err = s.history(l, names); err != nil {
		return err
	}
	if err := s.nameLeads(ctx, m, v); err != nil {
		return err
	}
	if v.Sender, err = s.sender(l); err != nil {
		return err
	}
	if v.Refusal, err = s.proposal(ctx, m, l); err != nil {
		return err
	}
	if v.Objection, err = s.objection(l); err != nil {
		return err
	}
	if v.Earlier, err = s.sameSender(ctx, m, l.Sender, l.Number); err != nil {
		return err
	}
	v.Timing = s.timing(m, v, names)
	v.Parts = s.partsOf(m, v, names)
	v.Similar = s.similarTo(ctx, l)
	if v.Merged, err = s.merged(ctx, m, l); err != nil {
		return err
	}
	v.Options = standsAlone(l, v.Merged, v.Options)
	if v.Matter, err = s.matter(ctx, m, l, v.Offers(letter.Merge)); err != nil {
		return err
	}
	return s.beside(ctx, c, m, v)
}

// beside fills the queue at the left: the one the letter was opened from, else
// the first of the member's.
func (s *Server) beside(ctx context.Context, c *fiber.Ctx, m staff.Member, v *letterPage) error {
	q, ok := queueOf(c.Query("from"))
	if !ok || !m.Has(q.Role) {
		for _, q = range queues {
			if m.Has(q.Role) {
				break
			}
		}
	}
	if !m.Has(q.Role) {
		return nil // operators, supervisors and leaders come from elsewhere
	}
	v.From, v.Under = q, q.Path
	list, _, err := s.Store.List(ctx, store.ReaderOf(m), q.Filter(m), store.Page{Number: 1, Size: 2 * perPage})
	if err != nil {
		return err
	}
	if v.Queue, err = s.rowsOf(ctx, list, m, q.Key); err != nil {
		return err
	}
	for i := range v.Queue {
		v.Queue[i].Here = v.Queue[i].Number == v.Letter.Number
	}
	return nil
}

// sameSender lists up to five other letters of one person.
func (s *Server) sameSender(ctx context.Context, m staff.Member, sender, but string) ([]row, error) {
	if sender == "" {
		return nil, nil
	}
	list, _, err := s.Store.List(ctx, store.ReaderOf(m), store.Filter{Sender: sender, Order: store.ByNewest}, store.Page{Number: 1, Size: 6})
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(r store.Row) bool { return r.Number == but })
	return s.rows(list[:min(5, len(list))], m, ""), nil
}

// guardWord says who alone may read a guarded letter.
func (s *Server) guardWord(guard string, names people) string {
	switch {
	case guard == "":
		return ""
	case guard == letter.GuardDuty:
		return staff.Duty.Word()
	}
	for _, u := range s.City().Router.Units() {
		if guard == letter.GuardUnit(u.ID) {
			return u.Name
		}
	}
	for login, name := range names {
		if guard == letter.GuardMember(login) {
			return name
		}
	}
	return guard
}

// waits says what the member waits for, so that he need not guess why a step is
// missing; empty when the steps speak for themselves.
func waits(m staff.Member, l *letter.Letter, options []option) string {
	switch {
	case l.State == letter.InReview && l.Writer == m.Login:
		return "这份答复是您拟的，由别的审核员签发。"
	case l.Refuser == m.Login && l.Refuser != "":
		return "您已提出不予受理，等待另一位派单员确认。"
	case l.ExtensionAsked && l.ExtensionBy == m.Login:
		return "您已申请延期，等待督办员决定。"
	case slices.ContainsFunc(options, func(o option) bool { return !slices.Contains(asides, o.Step) }):
		return ""
	case l.State == letter.AwaitingSender:
		return "正在等来信人补充情况，期限暂停计算。补充之后会回到承办人手里。"
	case l.State == letter.InReview:
		return "答复正在审核，由审核员签发或者退改。"
	case l.State == letter.Answered || l.State == letter.Closed:
		return "这封信已经答复。公开与否由没有拟稿的审核员决定。"
	case l.State == letter.Refused || l.State == letter.Withdrawn:
		return "这封信已经结束，没有要办的步骤。"
	}
	return "现在的步骤由别的岗位办理，您可以查看。"
}

func address(number, from string) string {
	if _, ok := queueOf(from); ok {
		return "/desk/letters/" + number + "?from=" + from
	}
	return "/desk/letters/" + number
}

// moment is one event as the desk reads it.
type moment struct {
	Word   string // what happened
	At     time.Time
	Until  time.Time // the due moment asked for or granted
	By     string    // who, with his unit
	Detail []string
	Moves  []move // of a redating
	Lines  []line // what was written with it
}

type line struct{ Label, Text string }
