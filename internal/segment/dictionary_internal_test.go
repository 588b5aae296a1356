package segment

import (
	"os"
	"path/filepath"
	"testing"
)

func TestADamagedDictionaryIsWrittenAgain(t *testing.T) {
	home := filepath.Join(t.TempDir(), "dictionaries")
	files := map[string][]byte{mainDictionary: []byte("住建局 500 n\n"), hmmModel: []byte("model")}
	path := filepath.Join(home, mainDictionary)
	if err := unpack(home, files); err != nil {
		t.Fatal(err)
	}
	for _, damage := range []string{"", "住建局 500 n", "住建屋 500 n\n"} {
		if err := os.WriteFile(path, []byte(damage), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := unpack(home, files); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != "住建局 500 n\n" {
			t.Errorf("after damage %q there lies %q, %v", damage, got, err)
		}
	}
	if left, err := os.ReadDir(home); err != nil || len(left) != 2 {
		t.Errorf("%d files lie there (%v), want 2", len(left), err)
	}
}

func TestADictionaryThatIsNowhereIsNamedInTheError(t *testing.T) {
	if err := present(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a missing file is present")
	}
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := dictionaryPaths(blocked); err == nil {
		t.Error("a folder that cannot be made gives no error")
	}
}
