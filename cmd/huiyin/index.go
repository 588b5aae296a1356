package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"path/filepath"
	"reflect"
	"runtime/debug"
	"slices"
	"time"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/search"
	"huiyin/search/meili"
)

func (s *server) indexFolder() string { return filepath.Join(s.config.Data, "index") }

// indexWords are the words whose change makes the index cut differently.
func (s *server) indexWords() []string { return s.city.Load().Words() }

// vocabulary is what the city tells the search about words.
func vocabulary(city *citypack.Snapshot) search.Vocabulary {
	v := search.Vocabulary{Words: city.Words(), Weak: city.Pack.Search.Weak}
	for _, group := range city.Pack.Search.Synonyms {
		v.Synonyms = append(v.Synonyms, group.Words)
	}
	return v
}

// useWords gives the words of the city in force to all who have others: intake and routing cut with them at once, as
// synonyms and weak words count in the indexes; other words make these build themselves anew in the background.
func (s *server) useWords(ctx context.Context) error {
	s.wording.Lock()
	defer s.wording.Unlock()
	v := vocabulary(s.city.Load())
	if s.used != nil && reflect.DeepEqual(*s.used, v) {
		return nil
	}
	if err := s.words.Learn(v.Words); err != nil {
		return err
	}
	if s.filing != nil { // which needs no server
		if err := s.filing.index.Use(ctx, v); err != nil {
			return fmt.Errorf("give the desk's index its words: %w", err)
		}
	}
	err := s.index.Use(ctx, v)
	if letter.IsKind(err, letter.KindUnavailable) {
		s.log.Warn("the index cannot be given its words now, the next reading of the city tries again", "error", err)
		return nil
	}
	if err != nil {
		return fmt.Errorf("give the index its words: %w", err)
	}
	s.used = &v
	s.log.Info("the index has its words", "words", len(v.Words), "synonyms", len(v.Synonyms), "weak", len(v.Weak), "rebuild", s.index.NeedsRebuild())
	return nil
}

// readRules takes changed rules over, here and in the index.
func (s *server) readRules(ctx context.Context) error {
	if err := s.readCity(ctx); err != nil {
		return err
	}
	return s.useWords(ctx)
}

// indexed brings the index up to what the public may read now of the letters named, whatever happened to them.
func (s *server) indexed(ctx context.Context, list []letter.Delivery) error {
	s.noted(ctx, list...)
	numbers := make(map[string]bool, len(list))
	for _, d := range list {
		numbers[d.Number] = true
	}
	now, failed := s.publicNow(ctx, keys(numbers))
	for len(now) > 0 {
		changed, err := s.write(ctx, now)
		now, failed = changed, errors.Join(failed, err)
	}
	return failed
}

// publicNow is what the public may read now of letters, nil where nothing.
func (s *server) publicNow(ctx context.Context, numbers []string) (map[string]*letter.Public, error) {
	public, err := s.store.PublishedAmong(ctx, numbers)
	if err != nil {
		return nil, err
	}
	now := make(map[string]*letter.Public, len(numbers))
	for _, number := range numbers {
		now[number] = nil
	}
	for _, p := range public {
		now[p.Number] = &p
	}
	return now, nil
}

// write brings the index up to what was read of letters. Beside other processes it gives what has changed since: one of
// them may have indexed that in between, and what was read before must not stay over it, least of all a letter that was
// taken down. For that reason also neither write waits for the other to go well: one beside a rebuild is made and reported
// as a conflict.
func (s *server) write(ctx context.Context, read map[string]*letter.Public) (changed map[string]*letter.Public, err error) {
	city := s.city.Load()
	var documents []search.Document
	var gone []string
	for _, number := range slices.Sorted(maps.Keys(read)) {
		if p := read[number]; p != nil {
			documents = append(documents, search.DocumentOf(*p, city))
		} else {
			gone = append(gone, number)
		}
	}
	if len(gone) > 0 {
		err = s.index.Delete(ctx, gone...)
	}
	if len(documents) > 0 {
		err = errors.Join(err, s.index.Put(ctx, documents...))
	}
	if !s.config.shared() {
		return nil, err
	}
	now, failed := s.publicNow(ctx, slices.Collect(maps.Keys(read)))
	maps.DeleteFunc(now, func(number string, p *letter.Public) bool { return reflect.DeepEqual(p, read[number]) })
	return now, errors.Join(err, failed)
}

func keys(set map[string]bool) []string { return slices.Sorted(maps.Keys(set)) }

// reindexIfAsked rebuilds the index when somebody asked for it or it may lack
// letters; searches are answered from the old one meanwhile. Of several processes
// one does.
func (s *server) reindexIfAsked(ctx context.Context, now time.Time) error {
	if _, needed, err := s.needsIndex(ctx); err != nil || !needed {
		return err
	}
	release, err := s.store.HoldRebuilding(ctx)
	if letter.IsKind(err, letter.KindConflict) {
		return nil
	}
	if err != nil {
		return err
	}
	defer release()
	if err := s.readAgain(ctx); err != nil {
		return err
	}
	wish, needed, err := s.needsIndex(ctx)
	if err != nil || !needed {
		return err
	}
	if err := s.rebuild(ctx); err != nil {
		return err
	}
	debug.FreeOSMemory() // a rebuild is rare, and what it took is not needed again
	// What could not be written for long need not wait now. Waits shorter than a lease are left, as in searchBack.
	if _, err := s.store.FreeDeliveries(ctx, handlerIndex, time.Now().Add(deliveryLease)); err != nil {
		return err
	}
	return s.granted(ctx, reindexID, wish, now)
}

// readAgain takes over what other processes may just have done: built the index, or changed words that it would otherwise
// be built without.
func (s *server) readAgain(ctx context.Context) error {
	if err := s.readRules(ctx); err != nil {
		return err
	}
	if index, ok := s.index.(*meili.Index); ok {
		return index.Reread(ctx)
	}
	return nil
}

// needsIndex says whether the index must be built anew, and by which wish, if by one.
func (s *server) needsIndex(ctx context.Context) (wish []byte, needed bool, err error) {
	wish, err = s.wish(ctx, reindexID)
	return wish, wish != nil || s.index.NeedsRebuild(), err
}

// rebuild fills the index anew with all published letters, and tells how far it is.
func (s *server) rebuild(ctx context.Context) error {
	total, err := s.store.CountPublished(ctx)
	if err != nil {
		return err
	}
	told := &building{server: s, Building: search.Building{Began: time.Now(), Of: total}}
	s.log.Info("index is built anew", "letters", total)
	if err := told.keep(ctx); err != nil {
		return err
	}
	err = s.index.Rebuild(ctx, s.allPublished(ctx, told))
	told.Ended, told.Failed = time.Now(), err != nil
	if err := errors.Join(err, told.keep(context.WithoutCancel(ctx))); err != nil {
		return err
	}
	s.log.Info("index rebuilt", "letters", told.Letters, "took", told.Took().Round(time.Millisecond))
	return nil
}

func (s *server) allPublished(ctx context.Context, told *building) iter.Seq2[search.Document, error] {
	city := s.city.Load()
	return func(yield func(search.Document, error) bool) {
		err := s.store.EachPublished(ctx, "", func(p letter.Public) error {
			if !yield(search.DocumentOf(p, city), nil) {
				return errEnough
			}
			return told.one(ctx)
		})
		if err != nil && err != errEnough {
			yield(search.Document{}, fmt.Errorf("read published letters: %w", err))
		}
	}
}

// building is a rebuild that tells how far it is: in a document, for the page of the administrator, and in the log.
type building struct {
	*server
	search.Building
	kept time.Time // when it was told last
}

// tellEvery is how often a rebuild tells how far it is.
const tellEvery = 2 * time.Second

// one counts a letter.
func (b *building) one(ctx context.Context) error {
	b.Letters++
	if time.Since(b.kept) < tellEvery {
		return nil
	}
	b.log.Info("index is being built", "letters", b.Letters, "of", b.Of)
	return b.keep(ctx)
}

func (b *building) keep(ctx context.Context) error {
	b.kept = time.Now()
	body, err := json.Marshal(b.Building)
	if err != nil {
		return fmt.Errorf("tell of the index: %w", err)
	}
	return b.store.PutDocument(ctx, search.BuildingKind, search.BuildingID, body, b.kept)
}

// errEnough ends a walk through the published letters early.
var errEnough = fmt.Errorf("enough")
