package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"huiyin/internal/letter"
	"huiyin/internal/testhouse"
	"huiyin/search"
	"huiyin/web/page/pagetest"
)

// A refused form comes back with every word typed.
func TestARefusedStepKeepsWhatWasTyped(t *testing.T) {
	o := open(t)
	number := o.Submit(lamps)
	lina := o.as("lina")
	r := lina.Post("/desk/letters/"+number+"/objection", url.Values{"reason": {""}, "basis": {"三定规定<第五条>"}, "text": {"属于供电公司"}})
	r.Want(t, http.StatusBadRequest)
	for _, text := range []string{"三定规定&lt;第五条&gt;</textarea>", "属于供电公司</textarea>", "请选择一项理由。", `<details open>`, `aria-invalid="true"`} {
		if !strings.Contains(r.Text, text) {
			t.Errorf("the form lacks %q", text)
		}
	}
	lina.takes(number, letter.Acceptance, nil)
	long := strings.Repeat("长", 20_001)
	r = lina.Post("/desk/letters/"+number+"/review", url.Values{"text": {long}, "note": {"内部的话"}})
	r.Want(t, http.StatusBadRequest, long, "内部的话</textarea>")
	if l := o.Read(number); l.Reply.Text != "" || l.State != letter.Handling {
		t.Errorf("something was kept: %q %q", l.Reply.Text, l.State)
	}
}

// The sender's data is masked until a member who may read the letter asks; who
// asked is logged, what he saw is not.
func TestContactIsShownOnDemandAndLogged(t *testing.T) {
	o := open(t)
	number := o.Submit(lamps)
	lina := o.as("lina")
	r := lina.sees("/desk/letters/"+number, "周**", "139******37", "显示联系方式")
	if strings.Contains(r.Text, "13900001137") || strings.Contains(r.Text, "周敏") {
		t.Error("contact data stands on the page unasked")
	}
	r = lina.Post("/desk/letters/"+number+"/contact", nil)
	r.Want(t, http.StatusOK, "13900001137", "周敏")
	if r.Header.Get("Cache-Control") != "no-store" {
		t.Error("a page with contact data may be cached")
	}
	if log := o.log.String(); !strings.Contains(log, "contact shown") || !strings.Contains(log, "login=lina") || !strings.Contains(log, number) {
		t.Errorf("not logged: %s", log)
	}
	if log := o.log.String(); strings.Contains(log, "13900001137") || strings.Contains(log, "周敏") {
		t.Error("personal data in the log")
	}
	sunlei := o.as("sunlei")
	sunlei.Post("/desk/letters/"+number+"/contact", nil).Want(t, http.StatusNotFound)
}

// What a member may not read looks like what does not exist.
func TestLettersOfOtherUnitsDoNotExist(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		number := o.Submit(lamps)
		sunlei, chenbo := o.as("sunlei"), o.as("chenbo")
		missing := sunlei.Get("/desk/letters/26112399999999")
		for _, r := range []pagetest.Answer{sunlei.Get("/desk/letters/" + number), sunlei.Post("/desk/letters/"+number+"/acceptance", nil)} {
			if r.Status != http.StatusNotFound || missing.Status != r.Status || strings.Contains(r.Text, "路灯") {
				t.Errorf("status %d, of a missing letter %d", r.Status, missing.Status)
			}
		}
		if r := sunlei.sees("/desk"); strings.Contains(r.Text, number) {
			t.Error("the letter stands in another unit's queue")
		}
		chenbo.sees("/desk", "梧桐路三盏路灯不亮") // a unit covers those below it
		for _, path := range []string{"/desk/dispatch", "/desk/duty", "/desk/review", "/desk/publication", "/desk/calls/new"} {
			sunlei.Get(path).Want(t, http.StatusNotFound)
		}
		weiran := o.as("weiran")
		weiran.sees("/desk", "派单质量")
		weiran.Get("/desk/letters/"+number).Want(t, http.StatusNotFound)
	})
}

// A published answer can be taken as a draft; it is kept only when saved.
func TestASimilarAnswerBecomesADraft(t *testing.T) {
	o := open(t)
	old := o.published(lamps, "三盏路灯已经修好，接头进水。")
	number := o.Submit(letter.Draft{Title: "文昌街路灯不亮", Body: "文昌街口的路灯又不亮了，已经好几天，请派人修。", Phone: "13900001199"})
	lina := o.as("lina")
	if r := lina.sees("/desk/letters/"+number, "/published/"+old); strings.Contains(r.Text, "用作草稿") {
		t.Error("a draft is offered before the letter is accepted")
	}
	lina.takes(number, letter.Acceptance, nil)
	lina.sees("/desk/letters/"+number, "用作草稿")
	lina.sees("/desk/letters/"+number+"?use="+old, "三盏路灯已经修好，接头进水。</textarea>", "已放入")
	if l := o.Read(number); l.Reply.Text != "" {
		t.Error("the draft was saved without being asked")
	}
}

// published brings a letter to the public and into the index.
func (o *office) published(d letter.Draft, reply string) string {
	o.t.Helper()
	number := o.Submit(d)
	lina, fangqi := o.as("lina"), o.as("fangqi")
	lina.takes(number, letter.Acceptance, nil)
	lina.takes(number, letter.Review, url.Values{"text": {reply}})
	fangqi.takes(number, letter.Approval, nil)
	fangqi.takes(number, letter.Publication, nil)
	p, ok := o.Read(number).Public()
	if !ok {
		o.t.Fatal("not published")
	}
	testhouse.Must(o.t, o.index.Put(o.t.Context(), search.DocumentOf(p, o.City)))
	return number
}

// Publication with personal data left is refused, and the edited text comes back;
// who wrote the answer is not offered to publish it.
func TestPublicationRefusesPersonalData(t *testing.T) {
	o := open(t)
	number := o.Submit(lamps)
	lina, fangqi, chenbo := o.as("lina"), o.as("fangqi"), o.as("chenbo")
	lina.takes(number, letter.Acceptance, nil)
	chenbo.takes(number, letter.Review, url.Values{"text": {"已经修好。"}})
	if r := chenbo.sees("/desk/letters/"+number, "由别的审核员签发"); strings.Contains(r.Text, "签发</button>") {
		t.Error("the writer is offered to approve his own answer")
	}
	fangqi.takes(number, letter.Approval, nil)
	if r := chenbo.Get("/desk/letters/" + number); strings.Contains(r.Text, `form="publication"`) {
		t.Error("the writer is offered to publish his own answer")
	}
	form := url.Values{"open_title": {"路灯不亮"}, "open_body": {"请打13900042617找我。"}, "open_reply": {"已经修好。"}}
	r := fangqi.Post("/desk/letters/"+number+"/publication", form)
	r.Want(t, http.StatusBadRequest, "请打13900042617找我。</textarea>", "这里还有个人信息")
	form.Set("open_body", "路灯不亮，请修。")
	fangqi.takes(number, letter.Publication, form)
	if l := o.Read(number); l.Open.Body != "路灯不亮，请修。" {
		t.Errorf("published %q", l.Open.Body)
	}
	fangqi.takes(number, letter.Takedown, url.Values{"reason": {"outdated"}})
	if o.Read(number).IsPublic() {
		t.Error("still public")
	}
}

// Withholding takes a letter out of the publication queue, with a counted reason.
func TestWithholding(t *testing.T) {
	o := open(t)
	number := o.Submit(lamps)
	lina, fangqi := o.as("lina"), o.as("fangqi")
	lina.takes(number, letter.Acceptance, nil)
	lina.takes(number, letter.Review, url.Values{"text": {"已经修好。"}})
	fangqi.takes(number, letter.Approval, nil)
	fangqi.takes(number, letter.Withholding, url.Values{"reason": {"third_party"}})
	if r := fangqi.sees("/desk/publication", "现在没有信"); strings.Contains(r.Text, number) {
		t.Error("a withheld letter still waits for publication")
	}
	fangqi.sees("/desk/letters/"+number, "涉及第三人权益")
}

// While the sender is asked for more nobody can go on, and the page says why.
func TestSupplementRequestPausesTheLetter(t *testing.T) {
	o := open(t)
	number := o.Submit(lamps)
	lina := o.as("lina")
	lina.takes(number, letter.SupplementRequest, url.Values{"text": {"请告诉我们灯杆编号。"}})
	lina.sees("/desk/letters/"+number, "正在等来信人补充情况", "暂停计时", "请告诉我们灯杆编号。")
	lina.sees("/desk?state=awaiting-sender", "梧桐路三盏路灯不亮")
	lina.sees("/desk?state=handling", "现在没有信")
}
