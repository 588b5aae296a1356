package api_test

import (
	"path/filepath"
	"strings"
	"testing"

	"huiyin/internal/store/storetest"
	"huiyin/search"
	"huiyin/web/api"
)

type found struct {
	Total, Exact int
	Corrected    string
	MayMean      []string `json:"may_mean"`
	Read         []struct {
		Typed string
		Words []string
	}
	Hits []struct {
		Number, Title, Snippet, URL, Answered string
		Exact                                 bool
		Marks                                 struct{ Title, Snippet [][2]int }
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
		title := []rune(hit.Title)
		if m := hit.Marks.Title; got.Exact != 1 || !hit.Exact || len(m) != 1 || string(title[m[0][0]:m[0][1]]) != "路灯" {
			t.Errorf("marked %+v", hit)
		}
		if y := got.Facets["year"]; len(y) != 1 || y[0].ID != "2026" || got.Facets["district"] == nil || got.MayMean == nil || got.Read == nil {
			t.Errorf("%+v", got)
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
			"year=x": "year", "year=10000": "year", "sort=best": "sort", "exactly=perhaps": "exactly",
			"from=2026-13-01": "from", "to=yesterday": "to", "from=2026-03-02&to=2026-03-01": "from",
		} {
			a := h.call(t, "GET", "/api/v1/published?"+query, "", "Accept-Language", "en")
			if r := a.Refusal(t); a.Status != 400 || r.Fields[field] == "" || strings.ContainsAny(a.Text, "页从应期") {
				t.Errorf("%s: %d %s", query, a.Status, a.Text)
			}
		}
		for _, query := range []string{"", "page=500", "page=100&per_page=100", "q=%E8%B7%AF%00%ff&department=none&category=none",
			"q=%E8%B7%AF&district=none&year=2026&sort=oldest&exactly=true", "sort=newest"} {
			if a := h.call(t, "GET", "/api/v1/published?"+query, ""); a.Status != 200 {
				t.Errorf("%s: %d %s", query, a.Status, a.Text)
			}
		}
	})
}

func TestWhatIsBeingTypedIsSuggested(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		f := h.publish(t, lamp)
		a := h.call(t, "GET", "/api/v1/published/suggest?q=%E8%B7%AF%E7%81%AF", "")
		var got struct {
			Suggestions []struct {
				Text, Number, URL string
				Marks             [][2]int
				Letters           int
			}
		}
		a.Into(t, &got)
		if a.Status != 200 || a.Header.Get("Cache-Control") != "private, max-age=30" {
			t.Errorf("%d %s", a.Status, a.Header)
		}
		found := false
		for _, s := range got.Suggestions {
			found = found || s.Number == f.Number && s.URL == "http://city.example/published/"+f.Number && len(s.Marks) > 0
		}
		if !found {
			t.Errorf("%s is not among %s", f.Number, a.Text)
		}
		for _, q := range []string{"", "?q=", "?q=%00%ff", "?q=zzzz"} {
			if a := h.call(t, "GET", "/api/v1/published/suggest"+q, ""); a.Status != 200 || !strings.Contains(a.Text, `"suggestions":[`) {
				t.Errorf("%s: %d %s", q, a.Status, a.Text)
			}
		}
	})
}

// Programs get the error, people the page without a search.
func TestAnIndexThatDoesNotAnswerIsSaid(t *testing.T) {
	h := build(t, storetest.Open(t, filepath.Join(t.TempDir(), "huiyin.db")), func(s *api.Server) { s.Index = search.Patient(s.Index, 0) })
	for _, path := range []string{"/api/v1/published?q=x", "/api/v1/published/suggest?q=x"} {
		if a := h.call(t, "GET", path, ""); a.Status != 503 || a.Refusal(t).Message == "" {
			t.Errorf("%s: %d %s", path, a.Status, a.Text)
		}
	}
}
