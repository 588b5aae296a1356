package portal_test

import (
	"strings"
	"testing"

	"huiyin/web/portal"
)

func TestNothingPersonalIsKeptOfAQuestion(t *testing.T) {
	for text, want := range map[string]string{
		"路灯":          "路灯",
		"  路燈　不亮 ":    "路灯 不亮",
		"ＷiFi 密码":     "wifi 密码",
		"K902路公交":     "k902路公交",
		"26 路公交":      "26 路公交",
		"2026年学区":     "",
		"13812345678": "",
		"一三八一二三四五六七八": "",
		"我叫张三，身份证 110101199003078814": "",
		"云A12345 违停":                  "",
		"26030200000015":              "",
		"":                            "",
		" \n ":                        "",
		strings.Repeat("长", 31):       "",
	} {
		if got, ok := portal.KeptQuestion(text); got != want || ok != (want != "") {
			t.Errorf("%q is kept as %q, want %q", text, got, want)
		}
	}
}
