package desk_test

import (
	"strings"
	"testing"

	"huiyin/internal/letter"
)

// Who looks letters up by their sender leaves a trace like who opens contact data: who, by what, and the letters he was
// shown, and never the telephone or the name. Other searches leave none.
func TestWhoLooksSomebodyUpIsRecorded(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		d := lamps
		d.Name, d.Phone = "欧阳国庆", "13900001234"
		number := o.Submit(d)
		o.Submit(letter.Draft{Kind: letter.Help, Title: "公园长椅坏了", Body: "人民公园东门的长椅坏了两张，请修一修。", Name: "路灯", Phone: "13900005678"})
		o.files()
		b := o.as("jiangtao")
		recorded := func(text, want string, more ...string) {
			t.Helper()
			o.log.Reset()
			page := b.seeks(text, more...)
			log := o.log.String()
			if strings.Contains(log, "sender looked up") != (want != "") || strings.Contains(page, "已记录您按来信人查找") != (want != "") ||
				!strings.Contains(log, want) {
				t.Errorf("%q leaves:\n%s", text, log)
			}
			for _, secret := range []string{"欧阳", "歐陽", "1390000", "139-0000", "１３９"} {
				if strings.Contains(log, secret) {
					t.Errorf("the log names %s:\n%s", secret, log)
				}
			}
		}
		recorded("13900001234", "login=jiangtao by=phone numbers="+number)
		recorded("+86 139-0000-1234", "login=jiangtao by=phone numbers="+number)
		recorded("１３９００００１２３４", "by=phone numbers="+number)
		recorded("13900001235", `login=jiangtao by=phone numbers=""`) // that nobody wrote is learnt too
		recorded("13900001234", `by=phone numbers=""`, "state", "done")
		recorded("欧阳国庆", "login=jiangtao by=name numbers="+number)
		recorded("歐陽 國慶", "by=name numbers="+number)
		recorded("欧阳", "")
		recorded("三盏路灯", "")
		recorded(number, "")
		recorded(number[:6], "")
		recorded("２"+number[1:6], "")
		stranger := o.as("wangmin") // of another unit, who may not read it
		o.log.Reset()
		stranger.misses(number, "欧阳国庆")
		if log := o.log.String(); strings.Contains(log, "sender looked up") {
			t.Errorf("nobody was shown anything:\n%s", log)
		}
	})
}

// Whose earlier letters an operator is shown while he types an order is recorded too.
func TestACallersEarlierLettersAreRecorded(t *testing.T) {
	o := open(t)
	d := lamps
	d.Phone = "13900001234"
	number := o.Submit(d)
	b := o.as("duanwei")
	o.log.Reset()
	b.sees("/desk/calls/new?caller=13900009999")
	if log := o.log.String(); strings.Contains(log, "sender looked up") {
		t.Errorf("a caller who never wrote leaves:\n%s", log)
	}
	b.sees("/desk/calls/new?caller=13900001234", number)
	if log := o.log.String(); !strings.Contains(log, "by=caller numbers="+number) || strings.Contains(log, "1390000") {
		t.Errorf("the log says:\n%s", log)
	}
}
