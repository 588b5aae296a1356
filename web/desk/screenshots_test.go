//go:build screenshots

package desk_test

import (
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/sla"
	"huiyin/web/page/pagetest"
)

// TestPictures takes pictures of the desk, to be looked at.
func TestPictures(t *testing.T) {
	o := open(t)
	settle(t, o)
	base := pagetest.Serve(t, o.app)

	handling := o.bring(o.Submit(letter.Draft{Title: "文昌街路灯不亮，晚上看不清路", Body: lamps.Body, Name: "王丽", Phone: "13900001100", Place: "东湖区文昌街口", Publish: true}), turn{"lina", letter.Acceptance})
	review := o.bring(o.Submit(lamps), turn{"lina", letter.Acceptance}, turn{"lina", letter.Review})
	answered := o.bring(o.Submit(lamps), turn{"lina", letter.Acceptance}, turn{"lina", letter.Review}, turn{"fangqi", letter.Approval})
	returned := o.bring(o.Submit(lamps), turn{"lina", letter.Objection})
	asked := o.bring(o.Submit(lamps), turn{"lina", letter.Acceptance})
	o.desk("lina").takes(asked, letter.ExtensionRequest, url.Values{"reason": {"works"}, "until": {"2026-12-10"}, "text": {"灯杆锈蚀，要重新浇基础。已报料，材料 12 月 4 日到，施工三天。"}})
	granted := o.bring(o.Submit(lamps), turn{"lina", letter.Acceptance}, turn{"lina", letter.ExtensionRequest}, turn{"luoming", letter.ExtensionApproval})
	stopped := o.bring(o.Submit(lamps), turn{"lina", letter.Acceptance}, turn{"luoming", letter.Suspension})
	fresh := o.Submit(unsure)
	lead := o.bring(o.Submit(letter.Draft{Title: "梧桐路路灯坏了一个星期，夜里看不见路", Body: lamps.Body, Name: "刘芳", Phone: "13900001155", Place: "东湖区梧桐路", Publish: true}), turn{"lina", letter.Acceptance})
	var members []string
	for i, title := range []string{"梧桐路东段路灯不亮", "请尽快修好梧桐路的灯", "老人晚上在梧桐路摔倒了"} {
		member := o.Submit(letter.Draft{Title: title, Body: lamps.Body, Name: "来信人", Phone: fmt.Sprint(13900001160 + i), Place: "东湖区梧桐路", Publish: true})
		o.desk("lina").takes(member, letter.Merge, url.Values{"lead": {lead}})
		members = append(members, member)
	}
	signed := o.bring(o.Submit(lamps), turn{"lina", letter.Acceptance})
	beside := o.Submit(lamps)
	o.desk("lina").takes(beside, letter.Merge, url.Values{"lead": {signed}})
	o.desk("lina").takes(signed, letter.Review, url.Values{"text": {"您好，梧桐路三盏路灯已修好，感谢您的来信。"}, "members": {"yes"}})
	moved := o.Submit(lamps)
	o.Announce(sla.Year{Year: 2026, Source: "演示用，并非真实通知", Off: []sla.Special{{Date: "2026-11-26", Name: "演示"}, {Date: "2026-11-27", Name: "演示"}}})
	o.desk("lina").takes(moved, letter.Acceptance, nil)
	pictures := []struct{ name, login, path string }{
		{"sign-in", "", "/sign-in"}, {"queue", "lina", "/desk"}, {"start", "zhouping", "/desk"}, {"both", "chenbo", "/desk"},
		{"dispatch", "zhouping", "/desk/dispatch"}, {"ruling", "zhouping", "/desk/dispatch?list=ruling"},
		{"letter-handling", "lina", "/desk/letters/" + handling + "?from=unit"}, {"letter-review", "fangqi", "/desk/letters/" + review + "?from=review"},
		{"letter-publication", "fangqi", "/desk/letters/" + answered + "?from=publication"},
		{"letter-returned", "zhouping", "/desk/letters/" + returned + "?from=dispatch"}, {"letter-fresh", "zhouping", "/desk/letters/" + fresh + "?from=dispatch"},
		{"merge-lead", "lina", "/desk/letters/" + lead + "?from=unit"}, {"merge-member", "lina", "/desk/letters/" + members[0] + "?from=unit"},
		{"merge-form", "lina", "/desk/letters/" + handling + "?from=unit&lead=" + lead}, {"merge-review", "fangqi", "/desk/letters/" + signed + "?from=review"},
		{"redated", "lina", "/desk/letters/" + moved + "?from=unit"},
		{"more-time-request", "lina", "/desk/letters/" + handling + "?from=unit#extension-reason"}, {"more-time-approval", "luoming", "/desk/letters/" + asked + "?from=extensions"},
		{"more-time-queue", "luoming", "/desk/extensions"}, {"more-time-granted", "lina", "/desk/letters/" + granted + "?from=unit"}, {"more-time-suspended", "lina", "/desk/letters/" + stopped + "?from=unit#resumption-text"},
		{"more-time-suspension", "luoming", "/desk/letters/" + handling + "#suspension-reason"}, {"call", "duanwei", "/desk/calls/new?caller=13900001137"}, {"admin", "weiran", "/desk"}, {"empty", "duanwei", "/desk/duty"},
	}
	for _, p := range pictures {
		if only := os.Getenv("HUIYIN_PICTURE"); only != "" && !strings.Contains(only, p.name) {
			continue
		}
		b := o.browser()
		if p.login != "" {
			b = o.desk(p.login)
		}
		for _, lang := range []string{"zh", "en"} {
			for _, width := range []int{390, 1280} {
				if lang == "en" && width == 390 && !strings.HasPrefix(p.name, "merge") && !strings.HasPrefix(p.name, "more-time") {
					continue
				}
				// Chromium cannot be given a cookie; the test's session is taken from the address.
				path, fragment, _ := strings.Cut(p.path, "#") // unfolds the form that holds it
				sep := "?"
				if strings.Contains(path, "?") {
					sep = "&"
				}
				height := 1900
				if p.name == "redated" {
					height = 4200 // what it shows is the history, far below on a telephone
				}
				at := base + path + sep + url.Values{"lang": {lang}, "session": {b.Cookie("session")}}.Encode() + "#" + fragment
				pagetest.Shoot(t, at, fmt.Sprintf("%s-%s-%d", p.name, lang, width), width, height)
			}
		}
	}
}

// settle fills the city with some of its demonstration letters, of different ages.
func settle(t *testing.T, o *office) {
	stories := must(citypack.DemoStories())(t)
	now := o.Now
	n := 0
	for i, s := range stories {
		if i%4 != 0 || now.Sub(s.Began(now)) > 20*24*time.Hour {
			continue
		}
		o.Now = s.Began(now)
		if _, err := o.Intake.Submit(t.Context(), s.Draft); err == nil {
			n++
		}
	}
	o.Now = now
	o.published(letter.Draft{Title: "望江小区南门路灯从来不亮", Body: "望江小区南门外的路灯从来不亮。", Phone: "13900001166", Publish: true}, "这段路的灯归市政设施管理所管。这七盏灯是道路改造时新立的，还没有接通电源，现已通电，每晚随全城路灯一起开关。")
	t.Log(n, "letters")
}
