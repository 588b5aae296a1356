package desk_test

import (
	"strings"
	"testing"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
)

// lampsOf is the matter of the lamps in other words.
func lampsOf(phone, title string) letter.Draft {
	return letter.Draft{Title: title, Body: "梧桐路东段的路灯不亮好几天了，走夜路摔了人，请尽快维修。", Name: "另一人", Phone: phone, Place: "梧桐路东段"}
}

// between is what stands on the page from one text up to the next.
func between(t *testing.T, text, from, to string) string {
	t.Helper()
	_, after, ok := strings.Cut(text, from)
	inside, _, end := strings.Cut(after, to)
	if !ok || !end {
		t.Fatalf("the page lacks %q … %q", from, to)
	}
	return inside
}

func TestLettersOnTheSameMatterStandBesideALetter(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		first := o.Submit(lampsOf("13900001111", "梧桐路东段路灯不亮"))
		again, other := o.Submit(lampsOf("13900001111", "梧桐路东段路灯还是不亮")), o.Submit(lampsOf("13900002222", "梧桐路东段路灯坏了没人修"))
		o.Submit(letter.Draft{Title: "公积金提取需要哪些材料", Body: "想用公积金付房租，请问提取公积金需要带哪些材料？", Phone: "13900003333"})
		text := o.as("lina").sees("/desk/letters/"+first, "同一来信人", "其他来信人", "只供参考").Text
		card := between(t, text, `id="matter"`, "</section>")
		own := between(t, card, "同一来信人", "</ul>")
		others := between(t, card, "其他来信人", "</ul>")
		if !strings.Contains(own, again) || strings.Contains(own, other) || !strings.Contains(others, other) || strings.Contains(others, again) {
			t.Errorf("own: %s\nothers: %s", own, others)
		}
		if strings.Contains(card, `/desk/letters/`+first+`"`) || strings.Contains(card, "公积金") {
			t.Errorf("the letter itself or another matter: %s", card)
		}
		lead := `/desk/letters/` + first + `?lead=` + other
		if !strings.Contains(others, lead+`#merge"`) {
			t.Errorf("no way to merge: %s", others)
		}
		o.as("lina").sees(lead, `name="lead" value="`+other+`"`)
	})
}

// Neither what is sealed nor what another unit works on.
func TestTheCardHoldsOnlyWhatTheMemberMayRead(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		number := o.Submit(lampsOf("13900001111", "梧桐路东段路灯不亮"))
		sealed := o.Submit(letter.Draft{Title: "举报梧桐路东段路灯维修索要红包", Body: "城市管理局维修梧桐路东段路灯的工作人员多次向我索要红包，不给就不修路灯。",
			Phone: "13900001111", Place: "梧桐路东段"})
		foreign := o.Submit(letter.Draft{Title: "梧桐路东段路灯不亮", Body: "梧桐路东段的路灯不亮好几天了，请尽快维修。", Phone: "13900002222", Unit: "jtj"})
		_, err := o.Store.Update(t.Context(), foreign, func(l *letter.Letter) error {
			by := letter.Actor{Party: letter.ByDispatcher, Member: "hejing"}
			l.State = letter.Received // it was sent to the wrong unit
			return l.Record(letter.Assignment, by, o.Now, letter.Facts{Unit: "jtj"}, letter.Facts{})
		})
		if err != nil {
			t.Fatal(err)
		}
		o.Take(foreign, letter.Acceptance, casework.Input{})
		if text := o.as("lina").sees("/desk/letters/"+number, "没有找到您能查看的同一事项的来信").Text; strings.Contains(text, sealed) || strings.Contains(text, foreign) {
			t.Error("the page names a letter that the member may not read")
		}
	})
}

// Whoever reads the reasons may not be allowed to read the letters that were among them, so they are only counted.
func TestTheReasonsCountEarlierLettersWithoutNamingThem(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		swaying := letter.Draft{Title: "梧桐苑三号楼藤萝架摇晃", Body: "梧桐苑三号楼前的藤萝架摇晃，藤条垂落，走过的人提心吊胆，请派人看看。", Phone: "13900001111", Place: "梧桐苑三号楼"}
		first := o.Submit(swaying)
		o.Take(first, letter.Assignment, casework.Input{Unit: "lyj"})
		swaying.Phone = "13900002222"
		text := o.as("hejing").sees("/desk/letters/"+o.Submit(swaying), "与 1 封已经办理的相似来信一并考虑").Text
		if reasons := between(t, text, "派单的理由", `id="matter"`); strings.Contains(reasons, first) {
			t.Errorf("the reasons name the letter: %s", reasons)
		}
	})
}
