// Package huiyin holds only this test: who may import whom, as the architecture fixes it.
package huiyin

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// mayImport lists, for each folder, the folders of ours that its non-test files
// may import. "x/..." means x and everything below it; "*" everything but what
// never lists.
var mayImport = map[string][]string{
	"internal/letter":  {},
	"internal/segment": {},
	"internal/privacy": {},
	"internal/vault":   {},
	"internal/files":   {},
	"internal/sheet":   {},

	"routing":          {"internal/letter"},
	"sla":              {"internal/letter"},
	"internal/staff":   {"internal/letter"},
	"routing/training": {"routing", "internal/letter", "internal/segment"},
	"sla/report":       {"sla", "internal/letter"},

	"intake":           {"internal/letter", "routing", "internal/segment", "sla", "internal/privacy", "internal/vault"},
	"intake/survey":    {"intake", "internal/letter", "internal/segment"},
	"intake/interview": {"intake", "internal/letter", "internal/segment"},
	"internal/casework": {"internal/letter", "routing", "sla", "internal/staff", "internal/privacy",
		"internal/segment", "internal/vault"},
	"internal/bulk": {"intake", "internal/casework", "internal/sheet", "internal/letter", "intake/survey", "intake/interview"},
	"citypack":      {"internal/bulk", "routing", "sla", "internal/staff", "internal/letter"},

	"search":                 {"internal/letter", "internal/segment"},
	"search/local":           {"search", "internal/letter", "internal/segment"},
	"search/meili":           {"search", "internal/letter", "internal/segment"},
	"search/meili/meilitest": {},
	"search/searchtest":      {"search", "internal/letter", "internal/segment"},
	"search/eval":            {"search", "internal/letter", "internal/segment"},

	"channels":         {"internal/letter"},
	"channels/wechat":  {"channels", "internal/letter"},
	"channels/hotline": {"channels", "internal/letter"},

	"internal/live": {"internal/letter"},
	"internal/jobs": {"internal/letter"},
	"internal/store": {"internal/letter", "routing", "sla", "sla/report", "internal/staff",
		"intake/survey", "intake/interview"},
	"internal/store/storetest": {"internal/store", "internal/letter"},
	"internal/testhouse": {"citypack", "intake", "internal/casework", "internal/letter", "internal/live", "internal/privacy",
		"internal/segment", "internal/staff", "internal/store", "internal/vault", "routing", "routing/training", "search", "search/local", "sla"},

	"web/page":          {"internal/letter", "internal/staff"},
	"web/page/pagetest": {"web/page", "internal/letter", "internal/staff"},
	"web":               {"*", "web/..."},

	"cmd/huiyin": {"*", "web/...", "internal/jobs"},
	"bench":      {"*", "web/...", "internal/jobs"},
}

// webChildren may import everything but jobs, cmd and their siblings.
var webChildren = []string{"web/portal", "web/desk", "web/supervise", "web/admin", "web/api", "web/inbound"}

// homes gives each third-party library its one home.
var homes = map[string][]string{
	"github.com/gofiber/":                 {"web", "web/..."},
	"modernc.org/sqlite":                  {"internal/store"},
	"github.com/jackc/pgx":                {"internal/store", "internal/store/storetest"},
	"github.com/pressly/goose":            {"internal/store"},
	"github.com/yanyiwu/gojieba":          {"internal/segment"},
	"github.com/blevesearch/":             {"search/local"},
	"github.com/meilisearch/":             {"search/meili"},
	"github.com/redis/":                   {"internal/live"},
	"github.com/alicebob/":                {"internal/live"},
	"github.com/go-co-op/gocron":          {"internal/jobs"},
	"github.com/spf13/":                   {"cmd/huiyin"},
	"github.com/knadh/":                   {"cmd/huiyin"},
	"github.com/xuri/excelize":            {"internal/sheet"},
	"github.com/alexedwards/argon2id":     {"internal/staff"},
	"github.com/longbridgeapp/opencc":     {"internal/segment"},
	"github.com/mozillazg/go-pinyin":      {"internal/segment"},
	"github.com/schollz/progressbar":      {"cmd/huiyin"},
	"gopkg.in/yaml.v3":                    {"citypack", "cmd/huiyin"},
	"github.com/getkin/kin-openapi":       {"web/api"},
	"github.com/chromedp/":                {},
	"pgregory.net/rapid":                  {},
	"database/sql":                        {"internal/store", "internal/store/storetest", "bench"},
	"net/http":                            {"cmd/huiyin", "bench", "web", "web/...", "search/meili", "search/meili/meilitest"},
	"github.com/petar-dambovaliev/aho-co": {"routing"},
}

func TestImportsStayInTheirHouse(t *testing.T) {
	for _, breach := range breaches(t, ".") {
		t.Error(breach)
	}
}

// A planted import must be found, or the test above proves nothing.
func TestAPlantedImportIsFound(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, "internal/letter/planted.go", "package letter\nimport _ \"huiyin/internal/store\"\n")
	plant(t, dir, "intake/planted.go", "package intake\nimport _ \"github.com/gofiber/fiber/v2\"\n")
	plant(t, dir, "web/desk/planted.go", "package desk\nimport _ \"huiyin/web/portal\"\n")
	plant(t, dir, "somewhere/planted.go", "package somewhere\n")
	if got := breaches(t, dir); len(got) != 4 {
		t.Fatalf("planted 4 breaches, found %d: %v", len(got), got)
	}
}

func plant(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func breaches(t *testing.T, root string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules" || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		found = append(found, fileBreaches(t, path, filepath.ToSlash(rel))...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func fileBreaches(t *testing.T, path, rel string) []string {
	t.Helper()
	folder := filepath.ToSlash(filepath.Dir(rel))
	if folder == "." {
		return nil
	}
	allowed, known := allowedFor(folder)
	if !known {
		return []string{fmt.Sprintf("%s: folder %s is not in the architecture", rel, folder)}
	}
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, i := range f.Imports {
		name, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if ours, ok := strings.CutPrefix(name, "huiyin/"); ok && !allowed(ours) {
			found = append(found, fmt.Sprintf("%s: %s may not import %s", rel, folder, ours))
		}
		for library, home := range homes {
			if strings.HasPrefix(name, library) && !matches(home, folder) {
				found = append(found, fmt.Sprintf("%s: %s lives in %v", rel, name, home))
			}
		}
	}
	return found
}

func allowedFor(folder string) (func(string) bool, bool) {
	for _, child := range webChildren {
		if folder == child {
			return func(ours string) bool {
				return ours == "web/page" || !strings.HasPrefix(ours, "web") && !strings.HasPrefix(ours, "cmd") && ours != "internal/jobs"
			}, true
		}
	}
	list, ok := mayImport[folder]
	return func(ours string) bool {
		if matches(list, ours) {
			return true
		}
		return matches(list, "*") && !strings.HasPrefix(ours, "cmd") && ours != "internal/jobs"
	}, ok
}

func matches(list []string, folder string) bool {
	for _, l := range list {
		if l == folder {
			return true
		}
		if tree, ok := strings.CutSuffix(l, "/..."); ok && strings.HasPrefix(folder, tree+"/") {
			return true
		}
	}
	return false
}
