package desk_test

import (
	"net/url"
	"testing"

	"huiyin/internal/letter"
)

// A part is asked for with the date that results, stands in the other unit's queue with
// its own due time, and comes back to the page of the letter.
func TestAPartIsAskedForAndDeliveredAtTheDesk(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		number := o.bring(o.Submit(lamps), turn{"lina", letter.Acceptance})
		at := "/desk/letters/" + number
		lina, wangmin := o.desk("lina"), o.desk("wangmin")
		wangmin.sees("/desk/parts", "别的单位请您的单位会办时，信会出现在这里")
		lina.sees(at, "请别的单位会办", "请它在2026年11月26日（周四） 23:59之前反馈。")
		lina.Post(at+"/part", url.Values{"unit": {"cgj-sz"}, "text": {"请核实合同。"}}).Want(t, 400, "这个单位就是承办单位", "请核实合同。</textarea>")
		lina.takes(number, letter.Part, url.Values{"unit": {"rsj"}, "text": {"请核实合同。"}})
		lina.sees(at, "等待反馈", "请核实合同。").Lacks(t, at+"/part-delivery")
		wangmin.sees("/desk/parts", "11月26日到期", number+"?from=parts")
		wangmin.sees("/desk", "会办 <span class=\"n\">1</span>")
		wangmin.sees(at+"?from=parts", "请核实合同。", at+"/part-delivery?from=parts", "反馈会办意见").Lacks(t, at+"/part?")
		wangmin.Post(at+"/part-delivery", url.Values{"unit": {"rsj"}}).Want(t, 400, "请填写文字")
		wangmin.takes(number, letter.PartDelivery, url.Values{"unit": {"rsj"}, "text": {"合同已经核实。"}})
		lina.sees(at, "已反馈", "合同已经核实。", "会办反馈", "汪敏")
		wangmin.sees("/desk/parts", "现在没有信")
		o.desk("zhaogang").Get("/desk/parts").Want(t, 200)
		o.desk("fangqi").Get("/desk/parts").Want(t, 404)
	})
}
