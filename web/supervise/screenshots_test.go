//go:build screenshots

package supervise_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"huiyin/internal/store/storetest"
	"huiyin/web/page/pagetest"
)

// TestPictures takes pictures of the pages, to be looked at.
func TestPictures(t *testing.T) {
	h := build(t, storetest.Open(t, filepath.Join(t.TempDir(), "huiyin.db")))
	matters := []string{"春晖路三盏路灯不亮", "公交 12 路晚点", "小区物业乱收停车费", "自来水水压不足", "拖欠工资三个月"}
	h.Now = h.Now.AddDate(0, -5, 0)
	for day := range 170 {
		n := h.file(fmt.Sprintf("%s（第 %d 次反映）", matters[day%len(matters)], day%7+1))
		later := h.Now
		if day < 160 && day%19 != 3 && h.Read(n).Unit != "" {
			h.Now = h.Now.AddDate(0, 0, 1+day*7%8)
			h.Answer(n, "您好，已处理。", "")
		}
		h.Now = later.AddDate(0, 0, 1)
	}
	h.Now = h.Now.AddDate(0, 0, -20)
	stops := []string{"26 路公交取消岭下村站，老人进城不方便", "26 路公交为什么不到岭下村了", "岭下村 26 路公交停开，学生怎么上学", "建议恢复 26 路公交岭下村站", "投诉 26 路公交取消岭下村班次没有公示"}
	h.complain(stops, oneEach)
	h.Now = h.Now.AddDate(0, 0, 18)
	h.complain(smoke, oneEach)
	for i := range 6 {
		h.misplaced(i)
	}
	h.Now = h.Now.AddDate(0, 0, 1)
	h.Learn()
	topic := "/supervise/topics/" + h.SortTopics().Started[1].ID
	base := pagetest.Serve(t, h.app)
	for name, path := range map[string]string{
		"topics": "/supervise/topics?lang=zh&days=90", "topics-en": "/supervise/topics?lang=en", "topic": topic + "?lang=zh",
		"routing": "/supervise/routing?lang=zh", "routing-en": "/supervise/routing?lang=en",
		"overview": "/supervise?lang=zh", "overview-en": "/supervise?lang=en",
		"letters": "/supervise/letters?lang=zh&figure=overdue", "letters-en": "/supervise/letters?lang=en&figure=answered&from=2026-02-01&to=2026-02-28",
	} {
		for _, width := range []int{390, 1280} {
			pagetest.Shoot(t, base+path, fmt.Sprintf("%s-%d", name, width), width, 2000)
		}
	}
}
