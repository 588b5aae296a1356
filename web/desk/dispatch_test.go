package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"huiyin/internal/letter"
)

// unsure is a letter in which the router finds nothing to go by.
var unsure = letter.Draft{Title: "有件事想请你们看看", Body: "这件事拖了很久，希望有人管一管，谢谢。", Phone: "13900001138", Publish: true}

// The dispatcher sees what the router was not sure of, and sends it on with one press.
func TestDispatcherAssignsWithOnePress(t *testing.T) {
	o := open(t)
	sure, open := o.Submit(lamps), o.Submit(letter.Draft{Title: "小区门口的事", Body: "小区门口路灯不亮，物业也不管，停车乱收费，公交站也挪走了。"})
	l := o.Read(open)
	if l.State != letter.Received || len(l.Placement.Top) < 2 {
		t.Fatalf("the router was sure: %q %v", l.State, l.Placement.Top)
	}
	zhouping := o.as("zhouping")
	first := l.Placement.Top[0]
	r := zhouping.sees("/desk/dispatch", "小区门口的事", "派给"+o.City.Router.Name(first.Unit), first.Words[0].Text, "%</span>")
	if strings.Contains(r.Text, sure) {
		t.Error("a letter that the router placed stands in the dispatcher's queue")
	}
	second := l.Placement.Top[1].Unit
	r = zhouping.Post("/desk/letters/"+open+"/assignment", url.Values{"unit": {second}, "back": {"/desk/dispatch?list=assignment"}})
	if r.Status != http.StatusSeeOther || r.Location != "/desk/dispatch?list=assignment" {
		t.Fatalf("%d to %q", r.Status, r.Location)
	}
	if l := o.Read(open); l.Unit != second || l.State != letter.Assigned || l.Kind != o.Read(open).Placement.Kind {
		t.Errorf("with %q as %q", l.Unit, l.State)
	}
}

// Kind and category can be corrected with the assignment.
func TestAssignmentCorrectsKindAndCategory(t *testing.T) {
	o := open(t)
	number := o.Submit(unsure)
	zhouping := o.as("zhouping")
	zhouping.sees("/desk/letters/"+number, "承办单位", "类别", "全部单位")
	code := o.City.Pack.Routing.Categories[0].Children[0].Code
	zhouping.takes(number, letter.Assignment, url.Values{"unit": {"rsj"}, "kind": {"complaint"}, "category": {code}, "note": {"请尽快"}})
	if l := o.Read(number); l.Kind != letter.Complaint || l.Category != code || l.Unit != "rsj" {
		t.Errorf("%q %q %q", l.Kind, l.Category, l.Unit)
	}
}

// A refusal needs two dispatchers: who proposed it is not offered the confirmation.
func TestRefusalNeedsASecondDispatcher(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		number := o.Submit(unsure)
		zhouping, hejing := o.as("zhouping"), o.as("hejing")
		zhouping.takes(number, letter.Refusal, url.Values{"reason": {"no_concrete_content"}, "text": {"来信没有写明具体事项，请补充后重新来信。"}})
		zhouping.sees("/desk/dispatch?list=refusal", "周萍 提出不予受理", "须由另一位派单员确认")
		if r := zhouping.Get("/desk/letters/" + number); strings.Contains(r.Text, "同意不予受理") {
			t.Error("the proposer is offered to confirm his own refusal")
		}
		r := zhouping.Post("/desk/letters/"+number+"/refusal-approval", nil)
		r.Want(t, http.StatusForbidden, "不予受理须由另一位派单员确认。")
		hejing.sees("/desk/dispatch?list=refusal", "同意不予受理", "没有具体内容", "请补充后重新来信")
		hejing.takes(number, letter.RefusalApproval, nil)
		if l := o.Read(number); l.State != letter.Refused {
			t.Errorf("state %q", l.State)
		}
	})
}

// A unit returns a letter with reason and basis; the ruling leaves it with the
// unit, which is not offered to return it again.
func TestObjectionAndRuling(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		number := o.Submit(lamps)
		lina, zhouping := o.as("lina"), o.as("zhouping")
		lina.takes(number, letter.Objection, url.Values{"reason": {"not_our_area"}, "basis": {"市政设施管理分工（三定规定第五条）"}})
		zhouping.sees("/desk/dispatch?list=ruling", "不在本单位辖区", "三定规定第五条")
		zhouping.sees("/desk/letters/"+number+"?from=dispatch", "裁定由", "改派别的单位")
		r := zhouping.Post("/desk/letters/"+number+"/ruling", url.Values{"text": {"  "}})
		r.Want(t, http.StatusBadRequest, "请填写文字。")
		zhouping.takes(number, letter.Ruling, url.Values{"text": {"该路段属你所养护范围。"}})
		page := lina.sees("/desk/letters/"+number, "已裁定，不能再退单", "该路段属你所养护范围。", "送审")
		if strings.Contains(page.Text, "/objection") {
			t.Error("a designated letter is offered for return")
		}
		lina.Post("/desk/letters/"+number+"/objection", url.Values{"reason": {"not_our_area"}, "basis": {"同上"}}).Want(t, http.StatusUnprocessableEntity)
	})
}

// Urgent supply failures go straight to the unit; the dispatcher sees a copy.
func TestUrgentSupplyFailuresAreCopiedToTheDispatcher(t *testing.T) {
	o := open(t)
	number := o.Submit(letter.Draft{Title: "全小区停水两天", Body: "望江小区从昨天早上全小区停水，到现在已经两天没有水，老人小孩都没法过。", Phone: "13900001139"})
	if l := o.Read(number); !l.Placement.Copy || l.Unit == "" {
		t.Fatalf("not a copied letter: %+v", l.Placement)
	}
	zhouping := o.as("zhouping")
	zhouping.sees("/desk/dispatch?list=copies", "全小区停水两天", "紧急")
	if r := zhouping.Get("/desk/dispatch"); strings.Contains(r.Text, number) {
		t.Error("the copy stands in the queue to assign")
	}
}
