//go:build screenshots

package desk_test

import (
	"fmt"
	"net/url"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/web/page/pagetest"
)

// TestReminderPictures takes pictures of reminders and of an order from above, to be looked at.
func TestReminderPictures(t *testing.T) {
	o := open(t)
	settle(t, o)
	operator := o.desk("duanwei")
	form := url.Values{"body": {"省里转来：建设路路灯连着三天不亮，要求月底前答复。"}, "deadline": {"2026-11-27"}, "once": {"a"}, "do": {"submit"}}
	above := shownNumber.FindStringSubmatch(operator.Post("/desk/calls/new", form).Text)[1]
	o.Submit(lamps)
	o.Submit(letter.Draft{Title: "文昌街路灯不亮，晚上看不清路", Body: lamps.Body, Place: "东湖区文昌街口"})
	var numbers []string
	list, _, err := o.Store.List(t.Context(), store.Reader{All: true}, store.Filter{States: letter.OpenStates}, store.Page{Number: 1, Size: 500})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		numbers = append(numbers, r.Number)
	}
	o.climbs(time.Date(2026, 12, 1, 8, 30, 0, 0, o.City.Zone()), numbers...)
	must(o.ladder().Digest(t.Context(), "", o.Now))(t)
	if err := o.ladder().NextYear(t.Context(), o.Now); err != nil {
		t.Fatal(err)
	}
	base := pagetest.Serve(t, o.app)
	for _, p := range []struct{ name, login, path string }{
		{"told-handler", "chenbo", "/desk"}, {"told-leader", "jiangtao", "/desk"}, {"told-admin", "weiran", "/desk"}, {"told-none", "fangqi", "/desk"},
		{"above-call", "duanwei", "/desk/calls/new"}, {"above-letter", "chenbo", "/desk/letters/" + above},
	} {
		for _, lang := range []string{"zh", "en"} {
			for _, width := range []int{390, 1280} {
				at := base + p.path + "?" + url.Values{"lang": {lang}, "session": {o.desk(p.login).Cookie("session")}}.Encode()
				pagetest.Shoot(t, at, fmt.Sprintf("%s-%s-%d", p.name, lang, width), width, 1500)
			}
		}
	}
}
