// Package pagetest holds the checks that every page package runs on its own templates and words.
package pagetest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"huiyin/web/page"
)

// Translations checks that every Chinese text of a package can be shown in English: string literals in the Go files of
// dir (tests left out), and {{t "…"}} in dir/templates, where Chinese outside of an action is a mistake. Texts that are
// not words for readers are named in except.
func Translations(t *testing.T, dir string, except ...string) {
	t.Helper()
	for _, text := range append(goTexts(t, dir), templateTexts(t, dir, except)...) {
		if !page.Translated(text) && !slices.Contains(except, text) {
			t.Errorf("%s: no English for %q: add it to web/page/catalogue", dir, text)
		}
	}
}

func goTexts(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if text, err := strconv.Unquote(lit.Value); err == nil && chinese(text) {
					texts = append(texts, text)
				}
			}
			return true
		})
	}
	return texts
}

var (
	action = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|` + "`[^`]*`")
)

func templateTexts(t *testing.T, dir string, except []string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "templates", "*.html"))
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range action.FindAllString(string(b), -1) {
			for _, q := range quoted.FindAllString(a, -1) {
				if text, err := strconv.Unquote(q); err == nil && chinese(text) {
					texts = append(texts, text)
				}
			}
		}
		rest := action.ReplaceAllString(string(b), "")
		for _, e := range except {
			rest = strings.ReplaceAll(rest, e, "")
		}
		for i, line := range strings.Split(rest, "\n") {
			if chinese(line) {
				t.Errorf("%s: line %d after taking out the actions has Chinese outside of {{t}}: %s", file, i+1, strings.TrimSpace(line))
			}
		}
	}
	return texts
}

func chinese(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}
