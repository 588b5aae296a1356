package desk_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"testing"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
)

// everything fills in what any step may need.
var everything = url.Values{
	"unit": {"rsj"}, "text": {"这里是文字。"}, "basis": {"三定规定第五条"}, "note": {"记录"},
	"until": {"2026-12-10"}, "open_title": {"标题"}, "open_body": {"正文"}, "open_reply": {"答复"},
}

var reasons = map[letter.Step]string{
	letter.Objection: "not_our_duty", letter.Refusal: "no_concrete_content", letter.Withholding: "third_party", letter.Takedown: "outdated",
	letter.ExtensionRequest: "works", letter.Suspension: "hearing",
}

// stage brings a fresh letter to where a test needs it.
var stages = map[string]func(o *office) string{
	"received": func(o *office) string { return o.Submit(unsure) },
	"proposed": func(o *office) string {
		return o.bring(o.Submit(unsure), turn{"zhouping", letter.Refusal})
	},
	"assigned": func(o *office) string { return o.Submit(lamps) },
	"member":   func(o *office) string { return o.bring(o.Submit(lamps), turn{"lina", letter.Merge}) },
	"returned": func(o *office) string { return o.bring(o.Submit(lamps), turn{"lina", letter.Objection}) },
	"ruled": func(o *office) string {
		return o.bring(o.Submit(lamps), turn{"lina", letter.Objection}, turn{"zhouping", letter.Ruling})
	},
	"handling": func(o *office) string { return o.bring(o.Submit(lamps), turn{"lina", letter.Acceptance}) },
	"asked": func(o *office) string {
		return o.bring(o.Submit(lamps), turn{"lina", letter.Acceptance}, turn{"lina", letter.ExtensionRequest})
	},
	"extended": func(o *office) string {
		return o.bring(o.Submit(lamps), turn{"lina", letter.Acceptance}, turn{"lina", letter.ExtensionRequest}, turn{"luoming", letter.ExtensionApproval})
	},
	"suspended": func(o *office) string {
		return o.bring(o.Submit(lamps), turn{"lina", letter.Acceptance}, turn{"luoming", letter.Suspension})
	},
	"in-review": func(o *office) string {
		return o.bring(o.Submit(lamps), turn{"lina", letter.Acceptance}, turn{"chenbo", letter.Review})
	},
	"awaiting": func(o *office) string { return o.bring(o.Submit(lamps), turn{"lina", letter.SupplementRequest}) },
	"answered": func(o *office) string {
		return o.bring(o.Submit(lamps), turn{"lina", letter.Acceptance}, turn{"chenbo", letter.Review}, turn{"fangqi", letter.Approval})
	},
	"secret": func(o *office) string { // never published
		d := lamps
		d.Publish = false
		return o.bring(o.Submit(d), turn{"lina", letter.Acceptance}, turn{"lina", letter.Review}, turn{"fangqi", letter.Approval})
	},
	"public": func(o *office) string {
		return o.bring(o.Submit(lamps), turn{"lina", letter.Acceptance}, turn{"lina", letter.Review}, turn{"fangqi", letter.Approval}, turn{"fangqi", letter.Publication})
	},
}

type turn struct {
	login string
	step  letter.Step
}

var desks = map[string]*browser{}

func (o *office) bring(number string, turns ...turn) string {
	o.t.Helper()
	for _, turn := range turns {
		o.desk(turn.login).takes(number, turn.step, formOf(turn.step))
	}
	return number
}

// desk signs each member in once.
func (o *office) desk(login string) *browser {
	if b := desks[login]; b != nil && b.office == o {
		return b
	}
	desks[login] = o.as(login)
	return desks[login]
}

func formOf(step letter.Step) url.Values {
	form := url.Values{}
	for k, v := range everything {
		form[k] = v
	}
	form.Set("reason", reasons[step])
	return form
}

var actions = regexp.MustCompile(`(?:form)?action="/desk/letters/\d{14}/([a-z-]+)`)

// goesThrough asks for a step that is not offered. Each refusal draws the whole page
// again, so only one member asks by the page, the others ask behind it.
func (o *office) goesThrough(b *browser, login, number string, step letter.Step) bool {
	form := formOf(step)
	if login == "luoming" {
		return b.Post("/desk/letters/"+number+"/"+string(step), form).Status < 400
	}
	_, err := o.Casework.Take(o.t.Context(), number, step, o.Member(login), casework.Input{
		Unit: form.Get("unit"), Reason: form.Get("reason"), Text: form.Get("text"), Basis: form.Get("basis"), Note: form.Get("note"),
		Until: form.Get("until"), Lead: form.Get("lead"),
		Open: &letter.OpenText{Title: form.Get("open_title"), Body: form.Get("open_body"), Reply: form.Get("open_reply")},
	})
	return err == nil
}

// What is offered goes through, and what is not offered is refused: for every
// state and every post.
func TestOfferedStepsAreExactlyThoseThatGoThrough(t *testing.T) {
	o := open(t)
	everything.Set("lead", o.Submit(lamps))
	offered := 0
	for stage, fresh := range stages {
		number := fresh(o)
		for _, login := range []string{"lina", "chenbo", "zhouping", "hejing", "fangqi", "luoming"} {
			b := o.desk(login)
			page := b.Get("/desk/letters/" + number)
			if page.Status == http.StatusNotFound {
				continue
			}
			var steps []string
			for _, found := range actions.FindAllStringSubmatch(page.Text, -1) {
				steps = append(steps, found[1])
			}
			for _, step := range allSteps(o) {
				if slices.Contains(steps, step) {
					offered++
					other := fresh(o)
					if r := b.Post("/desk/letters/"+other+"/"+step, formOf(letter.Step(step))); r.Status != http.StatusSeeOther {
						t.Errorf("%s: %s is offered to %s, and refused with %d", stage, step, login, r.Status)
					}
					continue
				}
				if o.goesThrough(b, login, number, letter.Step(step)) {
					t.Errorf("%s: %s is not offered to %s, and goes through", stage, step, login)
				}
			}
		}
	}
	if offered < 25 {
		t.Errorf("only %d steps were offered", offered)
	}
}
