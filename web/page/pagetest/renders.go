package pagetest

import (
	"bytes"
	"regexp"
	"testing"

	"huiyin/web/page"
)

var forbidden = map[string]*regexp.Regexp{
	"a value the template could not place": regexp.MustCompile(`ZgotmplZ|<no value>|%!`),
	"an inline style":                      regexp.MustCompile(`<style|\sstyle=`),
	"an inline script":                     regexp.MustCompile(`<script>|\son[a-z]+=|javascript:|hx-on|hx-vals="js`),
}

var ids = regexp.MustCompile(`\sid="([^"]+)"`)

// Renders shows every page of a set with the view given for it, in every language, and refuses a page without a view,
// what the content policy would block, and an id that stands twice.
func Renders(t *testing.T, set *page.Set, views map[string]page.View) {
	t.Helper()
	for _, name := range set.Names() {
		view, ok := views[name]
		if !ok {
			t.Errorf("page %s is rendered by no test", name)
			continue
		}
		for _, lang := range page.Languages {
			var b bytes.Buffer
			if err := set.Write(&b, name, lang, view); err != nil {
				t.Errorf("%s in %s: %v", name, lang, err)
				continue
			}
			check(t, name+" in "+string(lang), b.String())
		}
	}
}

func check(t *testing.T, name, html string) {
	t.Helper()
	for what, pattern := range forbidden {
		if found := pattern.FindString(html); found != "" {
			t.Errorf("%s has %s: %s", name, what, found)
		}
	}
	seen := map[string]bool{}
	for _, id := range ids.FindAllStringSubmatch(html, -1) {
		if seen[id[1]] {
			t.Errorf("%s has the id %q twice", name, id[1])
		}
		seen[id[1]] = true
	}
}
