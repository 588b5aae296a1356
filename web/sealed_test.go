package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/intake"
	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
	"huiyin/search"
	"huiyin/sla"
)

// sealed is an accusation and what would give it away.
type sealed struct {
	number  string
	accused string // the unit that must not learn of it
	draft   letter.Draft
	word    string // stands in its text and nowhere else
	other   string // an ordinary letter by the same sender that the accused unit handles
}

// unknown is a number that no letter has.
const unknown = "26112399999997"

// thorough has a member in each post walk, besides the one who holds them all, and looks again when the letter is overdue.
var thorough = true

var posts = []staff.Role{staff.Handler, staff.Reviewer, staff.Dispatcher, staff.Supervisor, staff.Leader, staff.Admin, staff.Security, staff.Audit, staff.Duty, staff.Operator}

// An accusation is seen by nobody of the accused unit, whatever his post: every route is opened by each of them before
// the letter exists and after, and must answer the same to the last number.
func TestNoReadPathShowsAnAccusationToTheAccused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := openCity(t, s)
		classified(t, c.server.Routes())
		list := []*sealed{
			{accused: "cgj", word: "翡翠貔貅", draft: letter.Draft{Title: "反映城管局中队长收受好处费", Phone: "13900001181",
				Body: "城管局执法中队的队长向摊主收取好处费，还收了一只翡翠貔貅，交了钱的就不查。"}},
			{accused: "jjzd", word: "紫檀算盘", draft: letter.Draft{Title: "车管所的事要反映", Phone: "13900001182",
				Body: "车管所考场的考官收学员红包，有人送了一把紫檀算盘，不给的一定挂科。"}},
			{accused: "zjj", word: "缂丝屏风", draft: letter.Draft{Title: "房管局办事不公", Phone: "13900001183",
				Body: "房管局的工作人员收了开发商的红包和一架缂丝屏风，验收时睁一只眼闭一只眼。"}},
			{accused: "jwjw", word: "犀角茶杯", draft: letter.Draft{Title: "举报信被压下来了", Phone: "13900001184",
				Body: "市纪委的科长索要好处费和一只犀角茶杯，答应帮人摆平案子。"}},
		}
		for _, l := range list {
			l.other = c.ordinary(l.accused, l.draft.Phone)
		}
		c.published()
		c.file(list[0], func(l *sealed) string { return c.writes(l.draft) })
		c.file(list[1], func(l *sealed) string { return c.Submit(l.draft) })
		c.file(list[2], c.imports)
		c.file(list[3], func(l *sealed) string { return c.writes(l.draft) })
		for i, l := range list {
			c.guessed(l, i)
		}
	})
}

// classified fails on a route that no table names: whoever adds one says how to call it.
func classified(t *testing.T, routes []fiber.Route) {
	t.Helper()
	known := map[string]bool{}
	for path := range reads {
		known["GET "+path] = true
	}
	for path := range asks {
		known["POST "+path] = true
	}
	for _, path := range acts {
		known["POST "+path] = true
	}
	served := map[string]bool{}
	for _, r := range routes {
		if r.Method != http.MethodGet && r.Method != http.MethodPost {
			continue
		}
		served[r.Method+" "+r.Path] = true
		if !known[r.Method+" "+r.Path] && !(r.Method == http.MethodPost && strings.Contains(r.Path, ":number")) {
			t.Errorf("%s %s is in no table of sealed_routes_test.go", r.Method, r.Path)
		}
	}
	for path := range known {
		if !served[path] {
			t.Errorf("sealed_routes_test.go calls %s, which is no route", path)
		}
	}
}

// file walks every route as those who must not see the letter: before it exists and after, at once and when it is long
// overdue, and again after its answer.
func (c *city) file(l *sealed, in func(*sealed) string) {
	c.t.Helper()
	strangers := c.strangers(l.accused)
	start := c.Now
	moments := []time.Time{start, start.AddDate(0, 0, 40)}
	if !thorough {
		moments = moments[:1]
	}
	before := map[time.Time]map[string]string{}
	for _, at := range moments {
		c.Now = at
		before[at] = c.walk(strangers, l, unknown)
	}
	c.Now = start
	l.number = in(l)
	c.sealedAs(l)
	c.told(l, strangers)
	c.readByThoseNamed(l)
	for _, at := range moments {
		c.Now = at
		c.compare(l, before[at], c.walk(strangers, l, l.number), at)
	}
	c.Now = start
	c.refusesSteps(strangers, l)
	if l.accused == "jwjw" {
		return // the member above has it alone, and no second person to sign
	}
	c.take(l, "gaoyuan", letter.Acceptance, letter.DraftReply, letter.Review)
	c.compare(l, before[start], c.walk(strangers, l, l.number), start)
	c.take(l, "zhaogang", letter.Approval)
	c.Now = moments[len(moments)-1]
	c.compare(l, before[c.Now], c.walk(strangers, l, l.number), c.Now)
	c.Now = start
}

// told puts the letter on every rung and an entry about it into the inbox of each stranger, as if it had been sealed a
// moment too late: what is shown is what may be read now.
func (c *city) told(l *sealed, strangers []*somebody) {
	c.t.Helper()
	var tell []staff.Entry
	for _, w := range strangers {
		tell = append(tell, staff.Entry{Login: w.Login, Key: l.number + "/3", Subject: l.number, Matter: staff.RungMatter, Number: l.number,
			Rung: sla.RungHalf, Text: "已超过期限，还没有答复。", At: c.Now, Shown: c.Now})
	}
	var stands []sla.Reached
	for _, rung := range []string{sla.RungHalf, sla.RungLeaders} {
		stands = append(stands, sla.Reached{Clock: letter.UnitClock, Unit: c.Read(l.number).Unit, Rung: rung, At: c.Now})
	}
	testhouse.Must(c.t, c.Store.PutRungs(c.t.Context(), l.number, stands, tell, c.Now))
}

// take leads the letter on by the steps of one who may.
func (c *city) take(l *sealed, login string, steps ...letter.Step) {
	c.t.Helper()
	for _, step := range steps {
		_, err := c.Casework.Take(c.t.Context(), l.number, step, c.Member(login), casework.Input{Text: "经核查，反映的问题已依规处理，特此答复。", Note: "内部"})
		if err != nil {
			c.t.Fatalf("%s by %s: %v", step, login, err)
		}
	}
}

// strangers are members of the accused unit in each post and in all of them, members elsewhere, and a resident. Who
// sits in the discipline unit reads what accuses others: he is a stranger to what accuses it.
func (c *city) strangers(accused string) []*somebody {
	c.t.Helper()
	list := []*somebody{c.resident()}
	employ := func(login, unit string, roles ...staff.Role) {
		m := staff.Member{Login: login, Name: "某人", Unit: unit, Roles: roles}
		c.employ(m)
		list = append(list, c.as(m))
	}
	if thorough && (accused == "cgj" || accused == "jwjw") { // a bureau and the discipline unit; for others all posts in one
		for _, role := range posts {
			employ(accused+"-"+string(role), accused, role)
		}
	}
	employ(accused+"-all", accused, posts...)
	employ("elsewhere-"+accused, "wglj", staff.Handler, staff.Reviewer)
	for _, login := range []string{"luoming", "zhouping", "fangqi"} {
		list = append(list, c.as(c.Member(login)))
	}
	return list
}

// ordinary is a letter of the unit by the person who will accuse it.
func (c *city) ordinary(unit, phone string) string {
	number := c.Submit(letter.Draft{Title: "普通来信", Body: "请问贵单位的办公时间和电话是多少？", Phone: phone, Unit: unit})
	if l := c.Read(number); l.Unit == "" {
		c.Take(number, letter.Assignment, casework.Input{Unit: unit})
	}
	return number
}

// published puts one answer into the public pages and the index.
func (c *city) published() {
	c.t.Helper()
	number := c.Submit(letter.Draft{Title: "路灯不亮", Body: "湖滨路的路灯坏了三盏，晚上一片漆黑，请维修。", Publish: true, Phone: "13900001199"})
	c.Answer(number, "您好，湖滨路的路灯已经修复，感谢您的来信。", "内部")
	testhouse.Must(c.t, c.index.Put(c.t.Context(), search.DocumentOf(c.Publish(number), c.City)))
}

var (
	receiptAddress = regexp.MustCompile(`/follow/(\d{14})/receipt`)
	hidden         = regexp.MustCompile(`name="once" value="([^"]+)"`)
)

// writes sends the letter by the form that residents use.
func (c *city) writes(d letter.Draft) string {
	c.t.Helper()
	who := c.resident()
	once := hidden.FindStringSubmatch(who.get("/write").body)
	if once == nil {
		c.t.Fatal("the form has no key")
	}
	a := who.post("/write", url.Values{"column": {"complaints"}, "title": {d.Title}, "body": {d.Body}, "phone": {d.Phone}, "publish": {"yes"}, "once": {once[1]}})
	found := receiptAddress.FindStringSubmatch(a.location)
	if found == nil {
		c.t.Fatalf("not taken in: %d %s", a.status, a.body)
	}
	return found[1]
}

// imports takes the letter from a file.
func (c *city) imports(l *sealed) string {
	c.t.Helper()
	d := l.draft
	d.Channel, d.Source, d.SourceID, d.Received = letter.Web, "old-system.csv", "1", c.Now.Add(-time.Hour)
	r, err := c.Intake.Import(c.t.Context(), intake.Past{Draft: d})
	testhouse.Must(c.t, err)
	return r.Number
}

func (c *city) sealedAs(l *sealed) {
	c.t.Helper()
	got := c.Read(l.number)
	if got.Guard == "" || !got.Has(letter.Accusation) || !slices.Contains(got.Accused, l.accused) {
		c.t.Fatalf("%s is not sealed from %s: guard %q, accused %v", l.draft.Title, l.accused, got.Guard, got.Accused)
	}
}
