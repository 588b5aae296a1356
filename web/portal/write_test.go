package portal_test

import (
	"net/url"
	"strings"
	"testing"

	"huiyin/web/page/pagetest"
	"huiyin/web/portal"
)

func TestLetterGetsItsReceiptAndSaysWhereItWentAndWhy(t *testing.T) {
	c := newCity(t)
	b := c.browser()
	number := b.send(streetlight)
	page := b.Get("/follow/"+number+"/receipt").Want(t, 200, c.code(number), "交给：", "因为信里写到", "怎么算的", "HY1."+number)
	page.Want(t, 200, number[:6]+" "+number[6:10]+" "+number[10:])
	if page.Header.Get("Cache-Control") != "no-store" {
		t.Error("a receipt must not stay in a cache")
	}
	if l := c.Read(number); !l.Consent || l.Unit == "" {
		t.Errorf("kept as %+v", l)
	}
}

// Nothing typed is lost, and nothing is stored, when a form is refused.
func TestRefusedLetterComesBackWithEveryWord(t *testing.T) {
	c := newCity(t)
	b := c.browser()
	for name, bad := range map[string]url.Values{
		"empty":     with(streetlight, "body", " "),
		"too long":  with(streetlight, "body", strings.Repeat("长", 20_001)),
		"NUL":       with(streetlight, "body", "路灯\x00不亮"),
		"not UTF-8": with(streetlight, "title", "\xc2\xb7\xb5\xc6"),
		"phone":     with(streetlight, "phone", "call me"),
		"email":     with(streetlight, "email", "nobody"),
		"unit":      with(streetlight, "unit", "nowhere"),
		"kind":      with(streetlight, "kind", "rant"),
		"leader":    with(streetlight, "column", "leaders", "addressee", "emperor"),
	} {
		t.Run(name, func(t *testing.T) {
			page := b.Post("/write", with(bad, "once", "key-"+name))
			if page.Status != 400 && page.Status != 422 {
				t.Fatalf("status %d", page.Status)
			}
			page.Want(t, page.Status, "东湖区文昌街", "王小明", `name="publish" value="yes" checked`, `-fault"`)
			for _, field := range []string{"title", "body", "phone", "email"} {
				if typed := bad.Get(field); typed != "" && !strings.ContainsAny(typed, "\x00\xc2") {
					page.Want(t, page.Status, strings.TrimSpace(typed))
				}
			}
		})
	}
	if n := c.letters(); n != 0 {
		t.Errorf("%d letters were stored", n)
	}
}

func TestSameFormTwiceIsOneLetter(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		b := c.browser()
		form := with(streetlight, "once", once(t, b.Get("/write")))
		first, second := b.Post("/write", form).Want(t, 303), b.Post("/write", form).Want(t, 303)
		if first.Location != second.Location || c.letters() != 1 {
			t.Errorf("%s and %s, %d letters", first.Location, second.Location, c.letters())
		}
		other := b.Post("/write", with(form, "body", "桂花巷的下水道堵了，污水流到路面上。")).Want(t, 422, "桂花巷的下水道", "已经交过一次")
		b.Post("/write", with(form, "body", "桂花巷的下水道堵了，污水流到路面上。", "once", once(t, other))).Want(t, 303)
		if n := c.letters(); n != 2 {
			t.Errorf("%d letters after another text was sent with a fresh key", n)
		}
	})
}

func TestAddressMayWriteSoManyLettersAnHour(t *testing.T) {
	c := newCity(t, func(s *portal.Server) { s.PerHour = 2 })
	b := c.browser()
	b.send(streetlight)
	b.send(streetlight)
	b.Post("/write", with(streetlight, "once", "third")).Want(t, 429, "一小时内最多写 2 封信", "文昌街北段的路灯坏了三盏", `value="third"`)
	if n := c.letters(); n != 2 {
		t.Errorf("%d letters", n)
	}
}

func TestLetterToALeaderGoesToTheUnitResponsible(t *testing.T) {
	c := newCity(t)
	b := c.browser()
	b.Get("/write?column=leaders").Want(t, 200, "写给哪位领导", "市长")
	number := b.send(with(streetlight, "column", "leaders", "addressee", "shizhang"))
	b.Get("/follow/"+number+"/receipt").Want(t, 200, "写给市长的信，按职责交承办单位答复")
}

func TestGuessNamesUnitReasonsAndLikeAnswersAndKeepsNothing(t *testing.T) {
	c := newCity(t)
	b := c.browser()
	old := b.send(streetlight)
	c.Answer(old, "三盏路灯已于当晚修好，恢复照明。", "")
	c.published(old)
	page := b.Post("/write/guess", with(streetlight, "body", "我家门口文昌街的路灯又坏了，晚上看不见路。"))
	page.Want(t, 200, "交给：", "路灯", "/published/"+old).Lacks(t, "<html")
	if n := c.letters(); n != 1 {
		t.Errorf("%d letters", n)
	}
	b.Post("/write/guess", url.Values{"body": {"路"}}).Want(t, 200).Lacks(t, "交给")
}

const accusation = "实名举报：住建局科长张某收受开发商贿赂，索要红包二十万元，请纪委查处。"

// A sender may be read over his shoulder: no page of a guarded letter names the unit.
func TestGuardedLetterSaysOnlyThatItIsConfidential(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		b := c.browser()
		form := with(streetlight, "title", "举报受贿", "body", accusation, "place", "")
		guess := b.Post("/write/guess", form).Want(t, 200, "保密办理")
		number := b.send(form)
		l := c.Read(number)
		if l.Guard == "" {
			t.Fatalf("not guarded: %+v", l.Placement)
		}
		receipt := b.Get("/follow/"+number+"/receipt").Want(t, 200, "保密办理")
		followed := b.Get("/follow/"+number).Want(t, 200, "保密办理")
		for _, page := range []pagetest.Answer{receipt, followed, guess} {
			for _, u := range c.City.Router.Units() {
				if u.ID == l.Unit || u.ID == c.City.Pack.Routing.DisciplineUnit || u.ID == "zjj" {
					page.Lacks(t, u.Name)
				}
			}
			page.Lacks(t, "因为信里写到")
		}
	})
}
