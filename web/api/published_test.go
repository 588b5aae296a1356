package api_test

import (
	"strings"
	"testing"

	"huiyin/search"
)

type found struct {
	Total int
	Hits  []struct {
		Number, Title, Snippet, URL, Answered string
		Department                            *named
		SourceID                              string `json:"source_id"`
	}
	Facets map[string][]struct {
		ID, Name string
		Count    int
	}
	TookMS float64 `json:"took_ms"`
}

// publish takes a fresh letter all the way to the public.
func (h *house) publish(t testing.TB, body string) filed {
	t.Helper()
	f := h.file(t, body)
	h.Answer(f.Number, "您好，三盏路灯已于当日修复，联系人李工 13900000000。", "内部报告")
	must(t, h.index.Put(t.Context(), search.DocumentOf(h.Publish(f.Number), h.City)))
	return f
}

func TestPublishedLettersAreFoundAndReadWithoutPersonalData(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		f := h.publish(t, lamp)
		h.file(t, `{"title":"另一处路灯","body":"东湖路路灯不亮，还没有答复。"}`)
		a := h.call(t, "GET", "/api/v1/published?q=%E8%B7%AF%E7%81%AF&kind=help&from=2026-03-02&to=2026-03-02", "")
		var got found
		a.Into(t, &got)
		if a.Status != 200 || got.Total != 1 || len(got.Hits) != 1 {
			t.Fatalf("%d %s", a.Status, a.Text)
		}
		hit := got.Hits[0]
		if hit.Number != f.Number || hit.URL != "http://city.example/published/"+f.Number || *hit.Department != *f.Department ||
			hit.Answered != "2026-03-02T09:00:00+08:00" || hit.SourceID != "" || strings.ContainsAny(hit.Snippet, "<\uE000") {
			t.Errorf("%+v", hit)
		}
		if d := got.Facets["department"]; len(d) != 1 || d[0].Count != 1 || d[0].Name != f.Department.Name || got.Facets["kind"][0].Name != "求助" {
			t.Errorf("%+v", got.Facets)
		}
		one := h.call(t, "GET", "/api/v1/published/"+f.Number, "")
		if one.Status != 200 || !strings.Contains(one.Text, "当日修复") {
			t.Errorf("%d %s", one.Status, one.Text)
		}
		for _, private := range []string{"王小明", "13800000000", "13900000000", "内部报告", "春晖路 18 号"} {
			if strings.Contains(one.Text+a.Text, private) {
				t.Errorf("%s is public: %s", private, one.Text)
			}
		}
		h.call(t, "GET", "/api/v1/published?q=%E8%B7%AF%E7%81%AF&from=2026-03-03", "").Into(t, &got)
		if got.Total != 0 || got.Hits == nil {
			t.Errorf("answered before the period: %+v", got)
		}
	})
}

func TestWhatIsNotPublishedIsNotThere(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		f := h.file(t, lamp)
		for _, number := range []string{f.Number, "26030200000099", "x", "%00"} {
			if a := h.call(t, "GET", "/api/v1/published/"+number, ""); a.Status != 404 {
				t.Errorf("%s: %d %s", number, a.Status, a.Text)
			}
		}
	})
}

func TestTheBoundsOfASearchAreTold(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for query, field := range map[string]string{
			"page=0": "page", "page=-1": "page", "page=x": "page", "page=99999999999999999999": "page", "page=501": "page",
			"page=101&per_page=100": "page", "per_page=0": "per_page", "per_page=101": "per_page", "kind=rant": "kind",
			"from=2026-13-01": "from", "to=yesterday": "to", "from=2026-03-02&to=2026-03-01": "from",
		} {
			a := h.call(t, "GET", "/api/v1/published?"+query, "", "Accept-Language", "en")
			if r := a.Refusal(t); a.Status != 400 || r.Fields[field] == "" || strings.ContainsAny(a.Text, "页从应期") {
				t.Errorf("%s: %d %s", query, a.Status, a.Text)
			}
		}
		for _, query := range []string{"", "page=500", "page=100&per_page=100", "q=%E8%B7%AF%00%ff&department=none&category=none"} {
			if a := h.call(t, "GET", "/api/v1/published?"+query, ""); a.Status != 200 {
				t.Errorf("%s: %d %s", query, a.Status, a.Text)
			}
		}
	})
}
