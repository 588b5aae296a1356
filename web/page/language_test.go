package page_test

import (
	"testing"

	"huiyin/web/page"
	"huiyin/web/page/pagetest"
)

func TestEveryTextOfPageHasEnglish(t *testing.T) {
	pagetest.Translations(t, ".", "中文", "回音\">", "%d月%d日", "%d年%d月%d日（%s）", "周日", "周一", "周二", "周三", "周四", "周五", "周六")
}

func TestEveryTextOfLetterAndStaffHasEnglish(t *testing.T) {
	pagetest.Translations(t, "../../internal/letter", "请填写", "。", "没有找到")
	pagetest.Translations(t, "../../internal/staff", "、")
}

// A refusal of the rules is read by people in both languages, wherever it is made.
func TestEveryRefusalHasEnglish(t *testing.T) {
	for _, folder := range []string{"../../internal/casework", "../../intake", "../../search"} {
		pagetest.Translations(t, folder)
	}
	pagetest.Translations(t, "../../search/meili", "。", "。！？", "化工厂污水处理，身份證辦理；ＩＰ１５ café 12345 热线、公交K902路")
	// What these file as letters is written in the language of the city.
	pagetest.Translations(t, "../../intake/survey", "问卷中的诉求：")
	pagetest.Translations(t, "../../intake/interview", "访谈提问：")
}

func TestNumbersInASentenceAreKept(t *testing.T) {
	got := page.T(page.English, "正文太长，请缩短到 500 字以内，或分成几封信。")
	if want := "The text is too long; please keep it to 500 characters, or write several letters."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWordsAmongArgumentsAreTranslatedToo(t *testing.T) {
	got := page.T(page.English, "这封信现在是“%s”，不能进行“%s”。", "办理中", "签发")
	want := "This letter is now “In progress”; the step “Approval” is not possible."
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := page.T(page.Chinese, "第 %d 页", 3); got != "第 3 页" {
		t.Error(got)
	}
	if got := page.T(page.English, "没有译文的句子"); got != "没有译文的句子" {
		t.Error("a text without translation must stay readable")
	}
}

// A number and its noun agree in English, which the catalogue writes as day(s).
func TestNounsAgreeWithTheirNumbers(t *testing.T) {
	for _, row := range []struct {
		text string
		n    int
		want string
	}{
		{"%d 个工作日", 1, "1 working day"}, {"%d 个工作日", 5, "5 working days"}, {"%d 小时", 0, "0 hours"}, {"至多延期 %d 次。", 1, "Extended at most 1 time."},
		{"共 %d 封", 1, "1 letter"}, {"共 %d 封", 21, "21 letters"},
	} {
		if got := page.T(page.English, row.text, row.n); got != row.want {
			t.Errorf("%s with %d is %q, not %q", row.text, row.n, got, row.want)
		}
	}
	if got := page.T(page.English, "个工作日"); got != "working day(s)" {
		t.Errorf("a unit without a number is %q", got)
	}
	if got := page.T(page.English, "全部 %s 封", "1,000"); got != "All 1,000 letters" {
		t.Errorf("a thousand letters are %q", got)
	}
}
