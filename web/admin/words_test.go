package admin_test

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"huiyin/internal/staff"
	"huiyin/search"
)

func (h *house) synonyms(id string) []string {
	for _, g := range h.City.Pack.Search.Synonyms {
		if g.ID == id {
			return g.Words
		}
	}
	return nil
}

// A group is added, changed and removed in the browser, each with who did it; it stays on record.
func TestSynonymsAreChangedInTheBrowser(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browse(t)
		b.Get("/admin").Want(t, 200, "检索用词", "/admin/words")
		b.Get("/admin/words").Want(t, 200, "照明灯", "加一组同义词", "不计分的词", "望江小区", "还没有改动", "/admin/words?page=2#synonyms")
		b.Get("/admin/words?q=巴士").Want(t, 200, "公共汽车", "1 组里有“巴士”").Lacks(t, "照明灯")
		b.Get("/admin/words?page=99").Want(t, 200, `aria-current="page"`, "宅基地、建房用地") // the last one
		b.Get("/admin/words?q=望江").Want(t, 200, "个有“望江”", "望江小区", "个里没有“望江”").Lacks(t, ">咨询<")
		b.Get("/admin/words?q=飞机").Want(t, 200, "没有哪一组里有“飞机”", "/admin/words/new?word=")
		b.Get("/admin/words/new?word=飞机").Want(t, 200, `value="飞机、"`)

		b.Post("/admin/words/new", url.Values{"words": {"飞机、航班 客机"}}).Want(t, 303)
		if got := h.synonyms("飞机"); !slices.Equal(got, []string{"飞机", "航班", "客机"}) {
			t.Errorf("%q", got)
		}
		b.Get("/admin/words").Want(t, 200, "已保存同义词", "写入一组 飞机、航班、客机", "魏然")

		h.Now = h.Now.Add(time.Minute)
		b.Get("/admin/words/groups/飞机").Want(t, 200, `value="飞机、航班、客机"`, "删除这一组")
		form := url.Values{"words": {"飞机，航班"}, "seen": {"飞机、航班、客机"}}
		b.Post("/admin/words/groups/飞机", form).Want(t, 303)
		b.Post("/admin/words/groups/飞机", url.Values{"words": {"飞机 飞行器"}, "seen": {"飞机、航班、客机"}}).Want(t, 422, "刚被别人改成了“飞机、航班”", `value="飞机 飞行器"`)

		h.Now = h.Now.Add(time.Minute)
		b.Post("/admin/words/groups/飞机/end", nil).Want(t, 303)
		if got := h.synonyms("飞机"); got != nil {
			t.Errorf("removed and still %q", got)
		}
		b.Get("/admin/words").Want(t, 200, "已删除这组同义词", "删除一组")
		b.Get("/admin/words/groups/飞机").Want(t, 404)
		b.Post("/admin/words/groups/飞机/end", nil).Want(t, 404)
	})
}

func TestRefusedWordsComeBackAsTyped(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browse(t)
		for words, says := range map[string]string{
			"":                              "至少两个",
			"飞机":                            "至少要有两个词",
			"飞机、飞机":                         "出现了两次",
			"飞机、街灯":                         "一个词只能在一组同义词里",
			"飞机、咨询":                         "只能选一种",
			"飞机、" + strings.Repeat("长", 21): "1 至 20 个字",
		} {
			a := b.Post("/admin/words/new", url.Values{"words": {words}})
			if a.Status != 400 && a.Status != 422 {
				t.Errorf("%q: %d", words, a.Status)
			}
			a.Want(t, a.Status, says, `value="`+words+`"`)
		}
		seen := strings.Join(h.City.Pack.Search.Weak, "、")
		b.Post("/admin/words/weak", url.Values{"words": {"咨询 路灯"}, "seen": {seen}}).Want(t, 422, "只能选一种", "咨询 路灯</textarea>")
		b.Post("/admin/words/weak", url.Values{"words": {seen}, "seen": {seen}}).Want(t, 422, "没有什么要保存")
		b.Post("/admin/words/weak", url.Values{"words": {"咨询"}, "seen": {"x"}}).Want(t, 422, "刚被别人改过")
	})
}

func TestListsOfWordsAreChangedInTheBrowser(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browse(t)
		seen := strings.Join(h.City.Pack.Search.Weak, "、")
		b.Post("/admin/words/weak", url.Values{"words": {"咨询\n请问"}, "seen": {seen}}).Want(t, 303)
		if got := h.City.Pack.Search.Weak; !slices.Equal(got, []string{"咨询", "请问"}) {
			t.Errorf("%q", got)
		}
		name, places := h.City.Pack.City.Name, strings.Join(h.City.Pack.City.Words, "、")
		b.Get("/admin/words/places").Want(t, 200, places)
		h.Now = h.Now.Add(time.Minute)
		b.Post("/admin/words/places", url.Values{"words": {places + "、云栖大道"}, "seen": {places}}).Want(t, 303)
		if c := h.City.Pack.City; !slices.Contains(c.Words, "云栖大道") || c.Name != name || len(c.Columns) == 0 {
			t.Errorf("%+v", c)
		}
		b.Get("/admin/words").Want(t, 200, "改了本市词语", "改了不计分的词", "云栖大道")
		h.member = &staff.Member{Login: "luoming", Unit: "zfb", Roles: []staff.Role{staff.Supervisor, staff.Security, staff.Audit}}
		for _, path := range []string{"", "/new", "/weak", "/places", "/groups/路灯"} {
			h.browse(t).Get("/admin/words"+path).Want(t, 403)
			if path != "" {
				h.browse(t).Post("/admin/words"+path, url.Values{"words": {"a b"}}).Want(t, 403)
			}
		}
	})
}

// Who changes words sees how far the index is.
func TestTheStateOfTheIndexIsShown(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.browse(t)
		b.Get("/admin/words").Want(t, 200).Lacks(t, "重建于")
		for _, c := range []struct {
			search.Building
			says string
		}{
			{search.Building{Began: h.Now, Letters: 250, Of: 1000}, "1,000 封中的 250 封，25%"},
			{search.Building{Began: h.Now, Ended: h.Now.Add(3 * time.Second), Letters: 1000, Of: 1000}, "1,000 封，用时 3 秒"},
			{search.Building{Began: h.Now, Ended: h.Now, Failed: true}, "没有完成"},
		} {
			body, err := json.Marshal(c.Building)
			must(t, err)
			must(t, h.Store.PutDocument(t.Context(), search.BuildingKind, search.BuildingID, body, h.Now))
			b.Get("/admin/words").Want(t, 200, c.says)
		}
	})
}
