package local_test

import (
	"os"
	"testing"

	"huiyin/internal/letter"
)

func TestClosedIndexIsNotHealthy(t *testing.T) {
	index := open(t, t.TempDir())
	closeIndex(t, index)
	if err := index.Health(t.Context()); !letter.IsKind(err, letter.KindUnavailable) {
		t.Errorf("health: %v", err)
	}
}

func TestIndexWhoseFolderIsGoneIsNotHealthy(t *testing.T) {
	dir := t.TempDir()
	index := open(t, dir)
	defer closeIndex(t, index)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := index.Health(t.Context()); !letter.IsKind(err, letter.KindUnavailable) {
		t.Errorf("health: %v", err)
	}
}
