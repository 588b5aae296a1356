package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/web/page"
)

// A handler merges two letters, answers both at once, and the reviewer signs both.
func TestLettersAreMergedAndAnsweredTogether(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		lead, member := o.Submit(lamps), o.Submit(lamps)
		lina, fangqi := o.as("lina"), o.as("fangqi")
		lina.sees("/desk/letters/"+member, "主件的编号", "并入</button>")
		lina.takes(member, letter.Merge, url.Values{"lead": {lead}})
		r := lina.sees("/desk/letters/"+member, "这封信已并入下面的主件", "/desk/letters/"+lead, "取消并案</button>")
		if strings.Contains(r.Text, "主件的编号") {
			t.Error("a member is offered to merge again")
		}
		r = lina.sees("/desk/letters/"+lead, "并入这封信的来信", "/desk/letters/"+member, "共 1 封")
		if strings.Contains(r.Text, "主件的编号") {
			t.Error("a lead is offered to become a member")
		}
		o.as("lina").sees("/desk/letters/"+lead+"?lang=en", "Letters merged with this one")
		if queue := lina.sees("/desk").Text; strings.Count(queue, "已并案") != 1 {
			t.Errorf("the queue marks %d members", strings.Count(queue, "已并案"))
		}
		lina.takes(lead, letter.Acceptance, nil)
		lina.sees("/desk/letters/"+lead, "同样的答复也送审并案的 1 封来信")
		bad := url.Values{"text": {"王丽女士您好，路灯已修好。"}, "members": {"yes"}}
		lina.Post("/desk/letters/"+lead+"/review", bad).Want(t, http.StatusBadRequest, "答复里有个人信息", "王丽女士您好", `value="yes" checked`)
		lina.takes(lead, letter.Review, url.Values{"text": {"梧桐路的路灯已修好。"}, "members": {"yes"}})
		fangqi.sees("/desk/letters/"+lead, "并案的 1 封待审来信，答复相同的也一并签发", "一并退改")
		fangqi.takes(lead, letter.Approval, url.Values{"members": {"yes"}})
		if l := o.Read(member); l.State != letter.Answered || l.Reply.Text != "梧桐路的路灯已修好。" {
			t.Errorf("the member is %s with %q", l.State, l.Reply.Text)
		}
		lina.sees("/desk/letters/"+lead, "并入这封信的来信")
	})
}

// A refused form comes back with the number typed and says what to do, in both languages.
func TestARefusedMergerKeepsTheNumber(t *testing.T) {
	o := open(t)
	number, sealed := o.Submit(lamps), o.Submit(accusation)
	missing := letter.NewNumber(o.Now, 4_000_000)
	lina := o.as("lina")
	for lead, why := range map[string]string{number: "这是这封信自己的编号", sealed: "没有找到这封信", missing: "没有找到这封信", "第12号": "没有找到这封信", "": "没有找到这封信"} {
		r := lina.Post("/desk/letters/"+number+"/merge", url.Values{"lead": {lead}})
		r.Want(t, http.StatusBadRequest, why, `value="`+lead+`"`, `<details id="merge" open>`, `aria-invalid="true"`)
	}
	r := lina.Post("/desk/letters/"+number+"/merge?lang=en", url.Values{"lead": {number}})
	r.Want(t, http.StatusBadRequest, "This is the number of this very letter")
	lina.sees("/desk/letters/"+number+"?lead="+missing, `value="`+missing+`"`, `<details id="merge" open>`)
}

// Who may not read the other letter of the two learns neither its number nor its title.
func TestAMergerAcrossUnitsNamesNothingUnreadable(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		lead := o.Submit(lamps)
		o.bring(lead, turn{"lina", letter.Objection})
		o.desk("zhouping").takes(lead, letter.Assignment, url.Values{"unit": {"rsj"}})
		own := o.Submit(lamps)
		o.desk("zhouping").takes(own, letter.Merge, url.Values{"lead": {lead}})
		r := o.desk("lina").sees("/desk/letters/"+own, "您不能查看的主件", "取消并案</button>")
		if strings.Contains(r.Text, lead) || strings.Contains(r.Text, spaced(lead)) {
			t.Error("names a lead that the member may not read")
		}
		r = o.as("wangmin").sees("/desk/letters/" + lead)
		if strings.Contains(r.Text, own) || strings.Contains(r.Text, "并入这封信的来信") {
			t.Error("lists a letter that the member may not read")
		}
		o.desk("zhouping").sees("/desk/letters/"+lead, "并入这封信的来信", own)
		o.desk("zhouping").takes(own, letter.Unmerge, nil)
		if r := o.desk("lina").sees("/desk/letters/" + own); strings.Contains(r.Text, spaced(lead)) {
			t.Error("the history names a lead that the member may not read")
		}
		o.desk("zhouping").sees("/desk/letters/"+own, spaced(lead)) // who may, still finds what it was merged with
	})
}

// A member that did not go along takes the answer of its lead as a draft.
func TestTheAnswerOfTheLeadIsOfferedAsADraft(t *testing.T) {
	o := open(t)
	lead, member := o.Submit(lamps), o.Submit(lamps)
	o.Take(member, letter.Merge, casework.Input{Lead: lead})
	o.Answer(lead, "三盏路灯已修好。", "内部的话")
	o.bring(member, turn{"lina", letter.Acceptance})
	o.desk("lina").sees("/desk/letters/"+member, "用主件的答复作草稿")
	r := o.desk("lina").sees("/desk/letters/"+member+"?use="+lead, "三盏路灯已修好。</textarea>", "已放入")
	if strings.Contains(r.Text, "内部的话</textarea>") {
		t.Error("the report of the lead came along")
	}
	if l := o.Read(member); l.Reply.Text != "" {
		t.Error("the draft was saved without being asked")
	}
}

// The dispatcher merges a letter that no unit has yet: the unit of the lead is what the form of the assignment offers.
func TestAMergedLetterIsOfferedToTheUnitOfItsLead(t *testing.T) {
	o := open(t)
	lead, fresh := o.Submit(lamps), o.Submit(unsure)
	o.desk("zhouping").takes(fresh, letter.Merge, url.Values{"lead": {lead}})
	o.desk("zhouping").sees("/desk/letters/"+fresh, `<option value="`+o.Read(lead).Unit+`" selected>`)
	o.desk("zhouping").sees("/desk/dispatch", "已并案")
}

func spaced(number string) string { return page.Number(number) }
