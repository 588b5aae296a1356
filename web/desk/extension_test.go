package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"huiyin/internal/letter"
)

// From the request to the date told: the unit sees which dates it may ask for, the
// supervisor finds the request in his queue and sees what the unit wrote, and the
// letter has the new date.
func TestMoreTimeIsAskedForAndGrantedAtTheDesk(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		number := o.bring(o.Submit(lamps), turn{"lina", letter.Acceptance})
		at := "/desk/letters/" + number
		lina, luoming := o.desk("lina"), o.desk("luoming")
		luoming.sees("/desk/extensions", "承办单位在期满之前申请延期，会出现在这里")
		lina.sees(at, "现在的期限是2026年11月30日（周一）。", `<option value="2026-12-14">2026年12月14日（周一），多 10 个工作日</option>`)

		form := url.Values{"reason": {"works"}, "until": {"2026-12-15"}, "text": {"灯杆要重新浇基础。"}}
		lina.Post(at+"/extension-request", form).Want(t, http.StatusBadRequest, "最多延到 2026 年 12 月 14 日。", "灯杆要重新浇基础。")
		form.Set("until", "2026-12-10")
		lina.takes(number, letter.ExtensionRequest, form)
		lina.sees(at, "您已申请延期，等待督办员决定。").Lacks(t, at+"/extension-approval")

		luoming.sees("/desk/extensions", "梧桐路")
		luoming.sees("/desk", "待批延期")
		luoming.sees(at, "李娜", "申请延期到 2026年12月10日（周四）", "多 8 个工作日", "灯杆要重新浇基础。",
			`<option value="2026-12-10" selected>2026年12月10日（周四），多 8 个工作日</option>`, "您反映的事项需要现场施工或者采购材料，原定期限内办不完。")
		luoming.takes(number, letter.ExtensionApproval, url.Values{"until": {"2026-12-10"}, "text": {"需要重新安装灯杆。"}})
		lina.sees(at, "2026年12月10日（周四）").Lacks(t, at+"/extension-request")
		luoming.sees("/desk/extensions", "现在没有信")
	})
}

// The window for returning a letter is shown, and after it the page says when it
// ended; who sends the form all the same reads what to do instead.
func TestTheWindowForReturningIsShown(t *testing.T) {
	o := open(t)
	number := o.Submit(lamps)
	at := "/desk/letters/" + number
	b := o.desk("lina")
	b.sees(at, "退单须在2026年11月24日（周二） 23:59之前。")
	o.Now = o.Now.Add(40 * time.Hour)
	b.sees(at, "已于2026年11月24日（周二） 23:59结束").Lacks(t, at+"/objection")
	b.Post(at+"/objection", formOf(letter.Objection)).Want(t, http.StatusUnprocessableEntity, "退单期限已于 2026 年 11 月 24 日 23:59 结束", "申请延期")
	b.Post(at+"/objection?lang=en", formOf(letter.Objection)).Want(t, http.StatusUnprocessableEntity, "ended on 2026-11-24 at 23:59")
}

// A suspension shows when it would end by itself, then its reason.
func TestASuspensionShowsItsCapAndReason(t *testing.T) {
	o := open(t)
	number := o.bring(o.Submit(lamps), turn{"lina", letter.Acceptance})
	at := "/desk/letters/" + number
	o.desk("luoming").sees(at, "最迟到2026年12月14日（周一）自动恢复。", "现在的步骤由别的岗位办理")
	o.desk("luoming").takes(number, letter.Suspension, url.Values{"reason": {"testing"}, "text": {"灯杆送检。"}})
	answer := o.desk("lina").sees(at, "时限已因“检测”中止计算。", at+"/resumption")
	if strings.Contains(answer.Text, at+"/extension-request") {
		t.Error("more time is offered while time stands still")
	}
}
