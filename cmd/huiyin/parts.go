package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"huiyin/citypack"
	"huiyin/intake"
	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/segment"
	"huiyin/internal/store"
	"huiyin/internal/vault"
	"huiyin/routing"
	"huiyin/routing/training"
)

// Names of the handlers that events are delivered to.
const (
	handlerIndex = "index" // the search index
	handlerLive  = "live"  // pages that listen

	handlerLadder = "ladder" // inboxes, and lists by rung
	handlerDesk   = "desk"   // the members' index, of what no other handler hears of
)

// handlersOf says to whom an event is delivered.
func handlersOf(e letter.Event, l *letter.Letter) []string {
	names := handlersOfStep(e, l)
	if changesPublic(e, l) && !slices.Contains(names, handlerIndex) {
		names = append(names, handlerIndex)
	}
	return names
}

// changesPublic says that the event may change what the public reads of a letter that stands before it: a rating, or
// another unit after it is taken up again. What time does changes none of it.
func changesPublic(e letter.Event, l *letter.Letter) bool {
	return l.IsPublic() && e.Actor.Party != letter.ByTime && e.Step != letter.Redating
}

func handlersOfStep(e letter.Event, l *letter.Letter) []string {
	switch e.Step {
	case letter.Publication, letter.Takedown:
		return []string{handlerLive, handlerIndex}
	case letter.Imported:
		return []string{handlerIndex}
	case letter.Redating:
		return nil // all open letters at once would drown the desk: it is told once, see server.redate
	}
	if e.Seq <= 2 && l.Events[0].Actor.Party == letter.ByImporter {
		if e.Seq == 1 {
			return []string{handlerDesk}
		}
		return nil // a bulk import and the placing that comes with it tell nobody
	}
	if climbs(e, l) {
		return []string{handlerLive, handlerLadder}
	}
	return []string{handlerLive}
}

// parts is what every command that works on letters stands on.
type parts struct {
	config   Config
	zone     *time.Location
	store    *store.Store
	vault    *vault.Vault
	words    *segment.Segmenter
	intake   *intake.Service
	casework *casework.Service
	teacher  *training.Teacher
	city     atomic.Pointer[citypack.Snapshot]
	reading  sync.Mutex // of the city: by the task and by who changed it
	taught   string     // what the city in force was taught with
}

// openData opens folder, keys and database, and seeds the city's rules into an
// empty one.
func openData(ctx context.Context, c Config) (*parts, error) {
	p := &parts{config: c}
	var err error
	if p.zone, err = time.LoadLocation(c.Zone); err != nil {
		return nil, fmt.Errorf("zone: %w", err)
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, letter.Refuse("无法建立数据目录 %s，请检查路径和权限。", c.Data).Because(err)
	}
	if p.vault, err = vault.Open(c.Data); err != nil {
		return nil, err
	}
	if p.store, err = store.Open(ctx, c.databaseURL(), store.WithHandlers(handlersOf)); err != nil {
		return nil, err
	}
	p.teacher = &training.Teacher{Store: p.store, Now: time.Now, Rules: func() *routing.Router { return p.city.Load().Rules }, Held: p.held}
	if err := p.firstCity(ctx); err != nil {
		return nil, errors.Join(err, p.close())
	}
	return p, nil
}

// firstCity gives an empty database the rules of the demonstration city, which
// a real city edits or replaces by its own pack.
func (p *parts) firstCity(ctx context.Context) error {
	items, err := p.store.CityItems(ctx, time.Now())
	if err != nil {
		return err
	}
	if len(items) == 0 {
		pack, err := citypack.Demo()
		if err != nil {
			return err
		}
		if items, err = pack.Items(); err != nil {
			return err
		}
		if err := p.store.PutCityItems(ctx, items, time.Now()); err != nil {
			return err
		}
	}
	return p.readCity(ctx)
}

// cityVersion names the rules by the moment they became what they are; of two the newer sorts last.
const cityVersion = "20060102T150405.000Z"

// readCity makes the rows in force the active snapshot, taught with the model in use, if one of them changed.
func (p *parts) readCity(ctx context.Context) error {
	p.reading.Lock()
	defer p.reading.Unlock()
	at := time.Now()
	changed, err := p.store.CityChanged(ctx, at)
	if err != nil {
		return err
	}
	sign, err := p.teacher.Sign(ctx)
	if err != nil {
		return err
	}
	version := changed.UTC().Format(cityVersion)
	now := p.city.Load()
	if now != nil && now.Version == version {
		if sign == p.taught {
			return nil
		}
		return p.teach(ctx, now)
	}
	items, err := p.store.CityItems(ctx, at)
	if err != nil {
		return err
	}
	pack, err := citypack.FromItems(items)
	if err != nil {
		return err
	}
	policies, err := p.store.CityHistory(ctx, citypack.KindPolicy)
	if err != nil {
		return err
	}
	if err := pack.Remember(policies); err != nil {
		return err
	}
	snapshot, err := pack.Snapshot(p.zone, version)
	if err != nil {
		return fmt.Errorf("the city's rules: %w", err)
	}
	return p.teach(ctx, snapshot)
}

// held is the model that decides now, nil when rules do alone.
func (p *parts) held() *routing.Model {
	now := p.city.Load()
	if now == nil {
		return nil
	}
	return now.Router.Model()
}

// teach puts a city in force with the model in use. A model that cannot be read is told once and keeps nobody from work.
func (p *parts) teach(ctx context.Context, city *citypack.Snapshot) error {
	t, err := p.teacher.Teach(ctx, city.Rules, city.Pack.Routing.AtMostWrong)
	if err != nil {
		return err
	}
	if t.Damaged != "" {
		slog.Error("the model in use is damaged, another or rules alone go on", "model", t.Damaged, "error", t.Cause)
	}
	p.taught = t.Sign
	p.city.Store(city.Taught(t.Router, t.Damaged))
	return nil
}

// openWork adds what placing and handling letters needs: the dictionary, intake
// and casework.
func openWork(ctx context.Context, c Config) (*parts, error) {
	p, err := openData(ctx, c)
	if err != nil {
		return nil, err
	}
	if p.words, err = segment.Open(c.Data, p.city.Load().Words()); err != nil {
		return nil, errors.Join(err, p.close())
	}
	p.teacher.Words = p.words
	p.intake = &intake.Service{
		Letters: p.store, Words: p.words, Vault: p.vault, Now: time.Now,
		City: func() intake.City {
			s := p.city.Load()
			return intake.City{Router: s.Router, Clocks: s.Clocks}
		},
		Limits: intake.Limits{Title: c.Limits.Title, Body: c.Limits.Body, Name: c.Limits.Name, Place: c.Limits.Place, Deadline: c.Limits.Deadline},
	}
	p.casework = &casework.Service{
		Letters: p.store, Now: time.Now,
		City: func() casework.City {
			s := p.city.Load()
			return casework.City{Router: s.Router, Clocks: s.Clocks, Version: s.Version}
		},
	}
	return p, nil
}

func (p *parts) close() error { return p.store.Close() }
