package page_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"huiyin/web/page"
)

func TestAssetsMayBeKeptForEverUnderTheirHash(t *testing.T) {
	res, body := fetch(t, app(t), httptest.NewRequest("GET", page.Asset("site.css"), nil))
	if res.StatusCode != 200 || !strings.Contains(res.Header.Get("Cache-Control"), "immutable") || !strings.Contains(body, "--ink") {
		t.Errorf("status %d, cache %s", res.StatusCode, res.Header.Get("Cache-Control"))
	}
	if kind := res.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/css") {
		t.Errorf("content type %s", kind)
	}
	res, _ = fetch(t, app(t), httptest.NewRequest("GET", "/assets/000000000000/site.css", nil))
	if res.StatusCode != 200 || strings.Contains(res.Header.Get("Cache-Control"), "immutable") {
		t.Error("the address of another version must not be kept")
	}
	res, _ = fetch(t, app(t), httptest.NewRequest("GET", "/assets/000000000000/../page.go", nil))
	if res.StatusCode == 200 && strings.Contains(res.Header.Get("Content-Type"), "css") {
		t.Error("only assets are served")
	}
}

func TestPaginationLeadsToEveryEnd(t *testing.T) {
	for _, row := range []struct {
		pages page.Pages
		want  []int
	}{
		{page.Pages{Page: 1, PerPage: 20, Total: 0}, []int{1}},
		{page.Pages{Page: 1, PerPage: 20, Total: 21}, []int{1, 2}},
		{page.Pages{Page: 6, PerPage: 20, Total: 400}, []int{1, 0, 5, 6, 7, 0, 20}},
		{page.Pages{Page: 99, PerPage: 20, Total: 60}, []int{1, 0, 3}},
	} {
		got := row.pages.Near()
		if len(got) != len(row.want) {
			t.Errorf("%+v: got %v, want %v", row.pages, got, row.want)
			continue
		}
		for i := range got {
			if got[i] != row.want[i] {
				t.Errorf("%+v: got %v, want %v", row.pages, got, row.want)
			}
		}
	}
	p := page.Pages{Page: 2, PerPage: 20, Total: 60, Address: "/published?q=路灯"}
	if to := p.To(3); !strings.HasPrefix(to, "/published?page=3&q=") {
		t.Error(to)
	}
}
