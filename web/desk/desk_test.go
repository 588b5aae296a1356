package desk_test

import (
	"net/url"
	"strings"
	"testing"

	"huiyin/internal/letter"
)

var lamps = letter.Draft{
	Title: "梧桐路三盏路灯不亮", Body: "梧桐路和文昌街口连着三盏路灯不亮已经一个多星期了，路上黑得看不清台阶。我叫赵小军，电话13900042617。",
	Name: "周敏", Phone: "13900001137", Place: "东湖区梧桐路与文昌街口", Publish: true,
}

// The whole way of a letter goes through pages alone: handler, reviewer,
// publication, each signed in by the form.
func TestALetterGoesFromAcceptanceToPublicationByPages(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		number := o.Submit(lamps)
		if l := o.Read(number); l.Unit != "cgj-sz" || l.State != letter.Assigned {
			t.Fatalf("placed with %q as %q", l.Unit, l.State)
		}
		lina := o.as("lina")
		lina.sees("/desk", "梧桐路三盏路灯不亮", "/desk/letters/"+number+"?from=unit")
		lina.sees("/desk/letters/"+number+"?from=unit", "签收", "退单", "怎么算的", "派单的理由", "周**")
		lina.takes(number, letter.Acceptance, nil)
		lina.sees("/desk/letters/"+number, "送审", "存稿")
		lina.takes(number, letter.DraftReply, url.Values{"text": {"三盏路灯已经修好。"}, "note": {"回路K17接头进水。"}})
		lina.sees("/desk/letters/"+number, ">三盏路灯已经修好。</textarea>", ">回路K17接头进水。</textarea>")
		lina.takes(number, letter.Review, url.Values{"text": {"三盏路灯已经修好，当晚亮灯。"}, "note": {"回路K17接头进水。"}})
		if l := o.Read(number); l.State != letter.InReview || l.Reply.Text != "三盏路灯已经修好，当晚亮灯。" {
			t.Fatalf("sent to review as %q with %q", l.State, l.Reply.Text)
		}

		fangqi := o.as("fangqi")
		fangqi.sees("/desk/review", "梧桐路三盏路灯不亮")
		fangqi.sees("/desk/letters/"+number+"?from=review", "三盏路灯已经修好，当晚亮灯。", "路上黑得看不清台阶", "签发", "退改")
		fangqi.takes(number, letter.ReturnDraft, url.Values{"text": {"请写明复查结果。"}})
		lina.sees("/desk/letters/"+number, "请写明复查结果。")
		lina.takes(number, letter.Review, url.Values{"text": {"三盏路灯已经修好，复查正常。"}})
		fangqi.takes(number, letter.Approval, nil)

		fangqi.sees("/desk/publication", "梧桐路三盏路灯不亮")
		r := fangqi.sees("/desk/letters/"+number+"?from=publication", "<mark>13900042617</mark>", "公开的来信")
		if strings.Contains(r.Text, "13900001137") {
			t.Error("the sender's phone stands on the page unasked")
		}
		fangqi.takes(number, letter.Publication, nil)
		if l := o.Read(number); !l.IsPublic() || strings.Contains(l.Open.Body, "13900042617") {
			t.Fatalf("published: %v, with %q", l.IsPublic(), l.Open.Body)
		}
		fangqi.sees("/desk/letters/"+number, "撤下公开")
		if o.poked == 0 {
			t.Error("nobody woke the delivery")
		}
	})
}
