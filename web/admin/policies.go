package admin

import (
	"context"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/sla"
	"huiyin/web/page"
)

type policiesPage struct {
	page.Head
	Policies []shownPolicy
	Profiles []shownProfile // to choose from
}

type shownProfile struct{ ID, Name, About string }

// shownPolicy is a policy as it is read: for whom, how long, on what grounds.
type shownPolicy struct {
	sla.Policy
	For    []condition
	Limits []shownLimit
	Coming []sla.Policy
	At     time.Time // when the version in force was made, zero: with the city pack
	By     string
}

// mainLimits is how many limits of a policy stand open in the list.
const mainLimits = 2

// Main are the first limits: in the order of the pages these are the sender's and the unit's.
func (p shownPolicy) Main() []shownLimit { return p.Limits[:min(len(p.Limits), mainLimits)] }

// Legal says from which later step the limits count, in the order of the clocks, each sentence once.
func (p shownPolicy) Legal() []string {
	var list []string
	for _, clock := range []string{letter.SenderClock, letter.UnitClock} {
		if said := startWords[p.Starts[clock]]; said != "" && !slices.Contains(list, said) {
			list = append(list, said)
		}
	}
	return list
}

var startWords = map[letter.Step]string{
	letter.Admission: "期限从受理起重新计算。", letter.Supplement: "来信人补正之后，期限从收到补正起重新计算。",
}

// condition is what a letter must be for the policy to hold; Word is translated, Name stays as the city wrote it.
type condition struct{ What, Word, Name string }

// shownLimit is one number and where it comes from.
type shownLimit struct {
	Name   string
	Label  string
	Limit  amount
	Source string // its own, "" where the policy's holds
}

// amount is a limit with a word for its unit that can be translated.
type amount struct{ sla.Limit }

// Measure is the measure word of the unit.
func (a amount) Measure() string { return measures[a.Unit] }

// Counted is the text of the whole limit, into which its number goes: one day is not many days in every language.
func (a amount) Counted() string { return "%d " + a.Measure() }

// "日" alone would be read as a day that is worked.
var measures = map[sla.Unit]string{
	sla.WorkingDay: "个工作日", sla.CalendarDay: "个自然日", sla.WorkingHour: "个工作小时", sla.Hour: "小时", sla.Month: "个月",
}

// labels say what each limit bounds, in the order of the pages.
var labels = []struct{ Name, Label, Means string }{
	{letter.SenderClock, "答复来信人", "从收到来信起，到答复为止。这是告知来信人的日期。"},
	{letter.UnitClock, "单位办理", "从派单起；换了单位重新起算。"},
	{letter.AcceptanceClock, "签收", "从派单起；到时没有签收，视同签收。"},
	{letter.WindowClock, "可以退单", "从派单起，过了就不能退单。"},
	{letter.ObjectionClock, "退单裁定", "从退单起，到派单员裁定为止。"},
	{letter.AdmissionClock, "受理告知", "从派单起，到登记受理为止。用于信访事项。"},
	{letter.ContactClock, "首次联系", "从派单起，到与来信人说上话为止。"},
	{letter.InterimClock, "阶段答复", "从派单或者上一次阶段答复起。"},
	{letter.PartClock, "会办", "从请求会办起，到会办单位答复为止。"},
	{letter.ExtensionClock, "延期审批", "从申请延期起，到批准或者不批准为止。"},
	{sla.MoreTimeLimit, "延期至多", "批准延期最多推后多久。"},
	{letter.ReviewClock, "审核签发", "从送审起，到签发或者退改为止。"},
	{letter.SupplementClock, "等待补充至多", "请来信人补充时，最多停多久。"},
	{letter.SuspensionClock, "中止计时至多", "依法中止计时，最多停多久。"},
	{sla.RedoLimit, "重办", "重办后代替答复和办理的时限。"},
	{letter.FollowUpClock, "回访评价", "从答复起；到时没有评价，自动办结。"},
	{letter.PublishClock, "公开决定", "从答复起，到决定是否公开为止。"},
	{letter.LegalClock, "法定期限", "从受理等法定起点起。"},
	{sla.OpenForLimit, "征集期至少", "民意征集从开始到截止。"},
}

// policies shows every number of every policy.
func (s *Server) policies(c *fiber.Ctx) error {
	list, err := s.versions(c.UserContext())
	if err != nil {
		return err
	}
	changes, err := s.madeBy(c.UserContext())
	if err != nil {
		return err
	}
	v := &policiesPage{Head: page.Head{Title: "时限规则"}}
	profiles, err := citypack.Profiles()
	if err != nil {
		return err
	}
	for _, p := range profiles {
		name, about := told(p, page.Lang(c))
		v.Profiles = append(v.Profiles, shownProfile{p.ID, name, about})
	}
	for _, p := range list {
		shown := s.shown(p.Now)
		shown.Coming = p.Coming
		shown.At, shown.By = changes.of(p.Now)
		v.Policies = append(v.Policies, shown)
	}
	return s.set.Render(c, "policies", v)
}

// versions are the policies with their versions. A city whose rules are no rows yet shows them and cannot change them.
func (s *Server) versions(ctx context.Context) ([]citypack.PolicyVersions, error) {
	now := s.Now()
	rows, err := s.Store.CityHistory(ctx, "policy")
	if err != nil {
		return nil, err
	}
	list, err := citypack.Policies(rows, now)
	if err != nil || len(list) > 0 {
		return list, err
	}
	for i, p := range s.City().Pack.Time.Policies {
		list = append(list, citypack.PolicyVersions{ID: p.ID, Place: i, Now: p})
	}
	return list, nil
}

func (s *Server) shown(p sla.Policy) shownPolicy {
	shown := shownPolicy{Policy: p, For: s.conditions(p)}
	for _, l := range labels {
		if limit, ok := p.Limits[l.Name]; ok {
			shown.Limits = append(shown.Limits, shownLimit{l.Name, l.Label, amount{limit}, p.Sources[l.Name]})
		}
	}
	return shown
}

// conditions say which letters the policy is for, none: all.
func (s *Server) conditions(p sla.Policy) []condition {
	city := s.City()
	var list []condition
	for _, c := range []condition{
		{"紧急程度", p.Urgency.Word(), ""}, {"单位", "", nameOf(p.Unit, city.Router.Name)}, {"类别", "", nameOf(p.Category, city.Category)},
		{"类型", p.Kind.Word(), ""}, {"栏目", p.Column.Word(), ""}, {"渠道", p.Channel.Word(), ""},
	} {
		if c.Word != "" || c.Name != "" {
			list = append(list, c)
		}
	}
	return list
}

func nameOf(id string, name func(string) string) string {
	if id == "" {
		return ""
	}
	if n := name(id); n != "" {
		return n
	}
	return id
}

// made tells who made a version and when.
type made struct {
	changes []letter.CityChange
	names   map[string]string
}

func (s *Server) madeBy(ctx context.Context) (m made, err error) {
	if m.changes, err = s.Store.CityChanges(ctx, "policy"); err != nil {
		return m, err
	}
	m.names, err = s.people(ctx)
	return m, err
}

func (m made) of(p sla.Policy) (at time.Time, by string) {
	for _, c := range m.changes {
		if c.ID == p.ID && c.From.UnixMilli() == p.From.UnixMilli() {
			return c.At, called(m.names, c.By)
		}
	}
	return at, ""
}
