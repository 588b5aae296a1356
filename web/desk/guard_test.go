package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/web/page/pagetest"
)

var (
	accusation = letter.Draft{Title: "反映住建局工作人员收受好处", Body: "我要举报市住房和城乡建设局工作人员在验收时收受开发商好处费两万元，有转账记录。", Phone: "13900001177"}
	upward     = letter.Draft{Title: "反映纪委干部压下举报", Body: "我要举报市纪委工作人员收了钱，压下我的举报材料，包庇被举报人。", Phone: "13900001178"}
	danger     = letter.Draft{Title: "我不想活了", Body: "我已经站在楼顶上，不想活了，准备跳下去。", Phone: "13900001179"}
)

// A sealed letter is seen by those its guard names and by nobody else: every
// route is walked as a member of the accused unit who holds every post, and as
// everybody else.
func TestGuardedLettersAppearOnlyToThoseNamed(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		about, discipline, urgent := o.Submit(accusation), o.Submit(upward), o.Submit(danger)
		if l := o.Read(about); l.Guard != letter.GuardUnit("jwjw") || len(l.Accused) == 0 || l.Accused[0] != "zjj" {
			t.Fatalf("not sealed from the accused: guard %q, accused %v", l.Guard, l.Accused)
		}
		named := map[string]map[string]bool{}
		for _, number := range []string{about, discipline, urgent} {
			named[number] = map[string]bool{}
			for _, m := range must(o.Store.Members(t.Context()))(t) {
				named[number][m.Login] = m.MayRead(o.Read(number))
			}
		}
		if !named[about]["gaoyuan"] || named[discipline]["gaoyuan"] || !named[urgent]["duanwei"] {
			t.Fatalf("guards name %v", named)
		}
		for _, m := range must(o.Store.Members(t.Context()))(t) {
			b := o.as(m.Login)
			for number, sees := range named {
				o.walk(b, m, number, sees[m.Login])
			}
		}
	})
}

// walk tries every route of the desk with the letter's number.
func (o *office) walk(b *browser, m staff.Member, number string, sees bool) {
	o.t.Helper()
	login, title := m.Login, o.Read(number).Title
	found := false
	for _, route := range o.app.GetRoutes(true) {
		if route.Method != http.MethodGet && route.Method != http.MethodPost || !strings.HasPrefix(route.Path, "/desk") {
			continue
		}
		steps := []string{""}
		if strings.Contains(route.Path, ":step") {
			steps = allSteps(o)
		}
		if sees && route.Method == http.MethodPost && strings.Contains(route.Path, ":number") {
			continue // this would change the letter
		}
		for _, step := range steps {
			path := strings.NewReplacer(":number", number, ":step", step).Replace(route.Path)
			form := url.Values{"unit": {"zjj"}, "text": {"文字"}, "reason": {"not_our_duty"}, "basis": {"依据"}, "caller": {"13900001177"}, "do": {"look"}, "body": {title}}
			var r pagetest.Answer
			if route.Method == http.MethodPost {
				r = b.Post(path, form)
			} else {
				r = b.Get(path)
			}
			if strings.Contains(route.Path, ":number") && !sees && r.Status != http.StatusNotFound {
				o.t.Errorf("%s %s as %s: status %d", route.Method, path, login, r.Status)
			}
			// The page that says "not found" repeats the address; the form that looks for answers repeats what was typed.
			shown := strings.Contains(r.Text, number) && r.Status == http.StatusOK || strings.Contains(r.Text, title) && route.Method == http.MethodGet
			if shown && !sees {
				o.t.Errorf("%s %s shows the letter to %s", route.Method, path, login)
			}
			found = found || shown && !strings.Contains(route.Path, ":number")
		}
	}
	for _, path := range []string{"/desk/calls/new?caller=13900001177", "/desk?number=" + number, "/desk?state=done", "/desk/dispatch?list=copies", "/desk/dispatch?list=ruling", "/desk/dispatch?list=refusal"} {
		if r := b.Get(path); strings.Contains(r.Text, title) && !sees {
			o.t.Errorf("%s shows the letter to %s", path, login)
		}
	}
	acts := m.Has(staff.Handler) || m.Has(staff.Duty) || o.Read(number).Guard == letter.GuardMember(login) // others come in later
	if sees && acts && !found {
		o.t.Errorf("%s finds %s in no queue", login, title)
	}
}

func allSteps(o *office) []string {
	var steps []string
	for step := range o.Casework.Steps() {
		steps = append(steps, string(step))
	}
	return steps
}

// The duty officer sends a letter on; the unit then has it like any other.
func TestDutyOfficerSendsALetterOn(t *testing.T) {
	o := open(t)
	number := o.Submit(danger)
	duanwei := o.as("duanwei")
	duanwei.sees("/desk/duty", "我不想活了", "特急")
	duanwei.sees("/desk/letters/"+number+"?from=duty", "这封信只有 值班员 能看", "派单")
	duanwei.takes(number, letter.Assignment, url.Values{"unit": {"rsj"}})
	o.as("wangmin").sees("/desk", "我不想活了")
}

// A letter about the unit itself is never offered to it, whatever the dispatcher
// or the discipline unit does.
func TestTheAccusedUnitIsNotInTheListOfUnits(t *testing.T) {
	o := open(t)
	number := o.Submit(accusation)
	gaoyuan := o.as("gaoyuan")
	r := gaoyuan.sees("/desk/letters/"+number, "签收", "这封信只有")
	if strings.Contains(r.Text, `value="zjj"`) {
		t.Error("the accused unit is offered")
	}
}
