package testhouse_test

import (
	"path/filepath"
	"testing"

	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
	"huiyin/search"
)

// The house's indexes are cut with the city's words, as the program's are: given these words, they need no rebuild.
func TestTheHouseCutsWithTheCitysWords(t *testing.T) {
	h := testhouse.New(t, storetest.Open(t, filepath.Join(t.TempDir(), "huiyin.db")))
	known := search.Vocabulary{Words: h.City.Words()}
	index, desk := h.Index(), h.Desk(t.TempDir())
	testhouse.Must(t, index.Rebuild(t.Context(), func(func(search.Document, error) bool) {}))
	testhouse.Must(t, index.Use(t.Context(), known))
	testhouse.Must(t, desk.Rebuild(t.Context(), h.Now, func(func(search.DeskDocument, error) bool) {}))
	testhouse.Must(t, desk.Use(t.Context(), known))
	if index.NeedsRebuild() || desk.NeedsRebuild() {
		t.Errorf("other words: the public index %t, the members' %t", index.NeedsRebuild(), desk.NeedsRebuild())
	}
}
