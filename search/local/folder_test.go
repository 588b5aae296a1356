package local_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/search"
	"huiyin/search/local"
)

func TestReopenedIndexHoldsWhatWasPut(t *testing.T) {
	dir := t.TempDir()
	index := open(t, dir)
	if !index.NeedsRebuild() {
		t.Error("a new index does not ask to be filled")
	}
	putAndCloseAfterRebuild(t, index)
	began := time.Now()
	index = open(t, dir)
	defer closeIndex(t, index)
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("opening took %v", took)
	}
	if index.NeedsRebuild() {
		t.Error("a whole index asks to be rebuilt")
	}
	wantTotal(t, index, "路灯", 1)
}

// A process killed between opening a new index and filling it must not leave one that looks whole.
func TestIndexAsksAgainUntilARebuildEnds(t *testing.T) {
	dir := t.TempDir()
	index := open(t, dir)
	if err := index.Put(t.Context(), lamp); err != nil {
		t.Fatal(err)
	}
	closeIndex(t, index)
	index = open(t, dir)
	defer closeIndex(t, index)
	if !index.NeedsRebuild() {
		t.Error("an index never rebuilt says it is whole")
	}
	wantTotal(t, index, "路灯", 1)
}

func TestFolderInUseIsRefusedInChinese(t *testing.T) {
	dir := t.TempDir()
	index := open(t, dir)
	defer closeIndex(t, index)
	_, err := local.Open(dir, cut, cityWords...)
	if !letter.IsKind(err, letter.KindUnavailable) || !strings.Contains(err.Error(), "正被另一个进程使用") {
		t.Fatalf("second open: %v", err)
	}
	// Neither may a program with other words drop it.
	if _, err := local.Open(dir, cut, "别的词"); !letter.IsKind(err, letter.KindUnavailable) {
		t.Fatalf("second open with other words: %v", err)
	}
	if err := index.Put(t.Context(), lamp); err != nil {
		t.Errorf("the first one was disturbed: %v", err)
	}
	wantTotal(t, index, "路灯", 1)
}

func TestDamagedIndexIsMovedAside(t *testing.T) {
	damages := map[string]func(t *testing.T, folder string){
		"no metadata": func(t *testing.T, folder string) { remove(t, filepath.Join(folder, "index_meta.json")) },
		"metadata is rubbish": func(t *testing.T, folder string) {
			rubbish(t, filepath.Join(folder, "index_meta.json"))
		},
		"root is rubbish":      func(t *testing.T, folder string) { rubbish(t, filepath.Join(folder, "store", "root.bolt")) },
		"root is gone":         func(t *testing.T, folder string) { remove(t, filepath.Join(folder, "store", "root.bolt")) },
		"segments are gone":    func(t *testing.T, folder string) { overSegments(t, folder, remove) },
		"segments are cut":     func(t *testing.T, folder string) { overSegments(t, folder, halve) },
		"everything is gone":   func(t *testing.T, folder string) { remove(t, folder) },
		"a file, not a folder": func(t *testing.T, folder string) { remove(t, folder); rubbish(t, folder) },
	}
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			putAndCloseAfterRebuild(t, open(t, dir))
			folder := only(t, filepath.Join(dir, "letters-*"))
			damage(t, folder)
			index := open(t, dir)
			defer closeIndex(t, index)
			if !index.NeedsRebuild() {
				t.Error("damage went unnoticed")
			}
			if err := index.Rebuild(t.Context(), one(lamp)); err != nil {
				t.Fatal(err)
			}
			wantTotal(t, index, "路灯", 1)
			if left, _ := filepath.Glob(filepath.Join(dir, "damaged-*")); len(left) != 1 && name != "everything is gone" {
				t.Errorf("the damaged index was not kept: %v", left)
			}
		})
	}
}

// With other words in the dictionary a question is cut into terms the old index does not hold.
func TestIndexOfOtherWordsIsDropped(t *testing.T) {
	dir := t.TempDir()
	putAndCloseAfterRebuild(t, open(t, dir))
	index, err := local.Open(dir, cut, "别的词")
	if err != nil {
		t.Fatal(err)
	}
	defer closeIndex(t, index)
	if !index.NeedsRebuild() {
		t.Error("an index cut with other words was kept")
	}
	only(t, filepath.Join(dir, "letters-*"))
}

func TestOrderOfWordsDoesNotMatter(t *testing.T) {
	dir := t.TempDir()
	putAndCloseAfterRebuild(t, open(t, dir))
	index, err := local.Open(dir, cut, "充电桩", "住建局", "占道经营", "加装电梯", "公租房", "公租房")
	if err != nil {
		t.Fatal(err)
	}
	defer closeIndex(t, index)
	if index.NeedsRebuild() {
		t.Error("the same words in another order dropped the index")
	}
}

func TestRebuildLeavesOneFolder(t *testing.T) {
	dir := t.TempDir()
	index := open(t, dir)
	defer closeIndex(t, index)
	for range 3 {
		if err := index.Rebuild(t.Context(), one(lamp)); err != nil {
			t.Fatal(err)
		}
	}
	only(t, filepath.Join(dir, "letters-*"))
}

// What a rebuild left that was cut off is swept away by the next start.
func TestLeftoverOfARebuildIsRemoved(t *testing.T) {
	dir := t.TempDir()
	putAndCloseAfterRebuild(t, open(t, dir))
	kept := only(t, filepath.Join(dir, "letters-*"))
	if err := os.Mkdir(kept+"9", 0o700); err != nil {
		t.Fatal(err)
	}
	index := open(t, dir)
	defer closeIndex(t, index)
	if got := only(t, filepath.Join(dir, "letters-*")); got != kept {
		t.Errorf("%s is left, want %s", got, kept)
	}
	wantTotal(t, index, "路灯", 1)
}

// A server that stops in the middle of a rebuild starts again with the index it had.
func TestCloseEndsARebuild(t *testing.T) {
	dir := t.TempDir()
	putAndCloseAfterRebuild(t, open(t, dir))
	index := open(t, dir)
	err := index.Rebuild(t.Context(), func(yield func(search.Document, error) bool) {
		closeIndex(t, index)
		yield(search.Document{Number: "26030200000024", Title: "停水"}, nil)
	})
	if err == nil {
		t.Error("a rebuild of a closed index did not fail")
	}
	index = open(t, dir)
	defer closeIndex(t, index)
	wantTotal(t, index, "路灯", 1)
	wantTotal(t, index, "停水", 0)
	only(t, filepath.Join(dir, "letters-*"))
}

const victimDir = "HUIYIN_SEARCH_TEST_VICTIM"

// TestVictim is the process that TestKilledWriterLosesNothing kills.
func TestVictim(t *testing.T) {
	dir := os.Getenv(victimDir)
	if dir == "" {
		t.Skip("runs only as the child of TestKilledWriterLosesNothing")
	}
	index := open(t, dir)
	for i := 0; ; i++ {
		d := search.Document{Number: fmt.Sprintf("%014d", i), Title: "路灯不亮"}
		if err := index.Put(context.Background(), d); err != nil {
			t.Fatal(err)
		}
		fmt.Println("put", d.Number)
	}
}

func TestKilledWriterLosesNothing(t *testing.T) {
	const enough = 20
	dir := t.TempDir()
	child := exec.Command(os.Args[0], "-test.run=^TestVictim$", "-test.v")
	child.Env = append(os.Environ(), victimDir+"="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	var acknowledged []string
	for lines := bufio.NewScanner(out); len(acknowledged) < enough && lines.Scan(); {
		if number, ok := strings.CutPrefix(lines.Text(), "put "); ok {
			acknowledged = append(acknowledged, number)
		}
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	var ended *exec.ExitError
	if err := child.Wait(); !errors.As(err, &ended) {
		t.Fatalf("the victim ended by itself: %v", err)
	}
	index := open(t, dir)
	defer closeIndex(t, index)
	if len(acknowledged) < enough {
		t.Fatalf("the victim wrote only %d letters", len(acknowledged))
	}
	for _, number := range acknowledged {
		wantTotal(t, index, number, 1)
	}
}

var lamp = search.Document{Number: "26030100000018", Title: "路灯不亮"}

func one(d search.Document) iter.Seq2[search.Document, error] {
	return func(yield func(search.Document, error) bool) { yield(d, nil) }
}

func putAndCloseAfterRebuild(t *testing.T, index *local.Index) {
	t.Helper()
	if err := index.Rebuild(t.Context(), one(lamp)); err != nil {
		t.Fatal(err)
	}
	closeIndex(t, index)
}

func closeIndex(t *testing.T, index *local.Index) {
	t.Helper()
	if err := index.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
}

func wantTotal(t *testing.T, index *local.Index, text string, want int) {
	t.Helper()
	result, err := index.Search(context.Background(), search.Query{Text: text})
	if err != nil {
		t.Fatalf("search %q: %v", text, err)
	}
	if result.Total != want || len(result.Hits) != want {
		t.Errorf("search %q: %d, want %d", text, result.Total, want)
	}
}

func only(t *testing.T, pattern string) string {
	t.Helper()
	found, err := filepath.Glob(pattern)
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: %v, %v, want one", pattern, found, err)
	}
	return found[0]
}

func overSegments(t *testing.T, folder string, do func(*testing.T, string)) {
	t.Helper()
	segments, err := filepath.Glob(filepath.Join(folder, "store", "*.zap"))
	if err != nil || len(segments) == 0 {
		t.Fatalf("no segments: %v", err)
	}
	for _, segment := range segments {
		do(t, segment)
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
}

func halve(t *testing.T, path string) {
	t.Helper()
	info, err := os.Stat(path)
	if err == nil {
		err = os.Truncate(path, info.Size()/2)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func rubbish(t *testing.T, path string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(strings.Repeat("坏", 3000)), 0o600); err != nil {
		t.Fatal(err)
	}
}
