package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"huiyin/internal/letter"
)

// Where wishes for new indexes are kept, so that the serving process, or the next one to start, finds them.
const (
	systemKind    = "system"
	reindexID     = "reindex"      // of the public index, which all processes share or which one process has
	reindexDeskID = "reindex-desk" // of the members' index, of which each process has its own
)

// done is what stands where a wish was granted.
const done = `"done"`

// wishForIndexes asks for both indexes to be built anew. No two wishes are alike: one made while an index is being built
// may concern what was read before it, so it is not granted by that building.
func (p *parts) wishForIndexes(ctx context.Context, now time.Time) error {
	wish, err := json.Marshal(struct {
		Asked time.Time `json:"asked"`
	}{now.UTC()})
	if err != nil {
		return fmt.Errorf("ask for an index: %w", err)
	}
	for _, id := range []string{reindexID, reindexDeskID} {
		if err := p.store.PutDocument(ctx, systemKind, id, wish, now); err != nil {
			return err
		}
	}
	return nil
}

// wish is what was asked for last and not granted yet; nil: nothing.
func (p *parts) wish(ctx context.Context, id string) ([]byte, error) {
	wish, err := p.store.Document(ctx, systemKind, id)
	if letter.IsKind(err, letter.KindNotFound) || err == nil && string(wish) == done {
		return nil, nil
	}
	return wish, err
}

// granted takes the wish away that was there when the building began, and no later one.
func (p *parts) granted(ctx context.Context, id string, wish []byte, now time.Time) error {
	if wish == nil {
		return nil
	}
	return p.store.UpdateDocument(ctx, systemKind, id, now, func(stands []byte) ([]byte, error) {
		if !bytes.Equal(stands, wish) {
			return stands, nil
		}
		return []byte(done), nil
	})
}
