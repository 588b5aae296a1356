package inbound_test

import (
	"testing"

	"huiyin/web/page/pagetest"
)

// What the chat says is Chinese only, as WeChat's users are.
func TestEverySentenceIsTranslated(t *testing.T) {
	pagetest.Translations(t, ".", "没有提交。", "编号和查询码对不上，请核对后再发。", "查询码错的次数太多，请 %d 分钟后再试，或者拨打热线。", "2006年1月2日")
}
