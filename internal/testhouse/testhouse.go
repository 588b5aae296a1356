// Package testhouse builds the demonstration city on real parts, for tests.
package testhouse

import (
	"context"
	"sync"
	"testing"
	"time"
	_ "time/tzdata" // the city's zone, whatever the machine knows

	"huiyin/citypack"
	"huiyin/intake"
	"huiyin/internal/casework"
	"huiyin/internal/live"
	"huiyin/internal/segment"
	"huiyin/internal/store"
	"huiyin/internal/vault"
	"huiyin/search"
	"huiyin/search/local"
)

// House is the demonstration city at work. Its time stands still until the test moves it.
type House struct {
	T        testing.TB
	Now      time.Time
	City     *citypack.Snapshot // shared by all tests of the process: never changed
	Store    *store.Store
	Words    *segment.Segmenter
	Vault    *vault.Vault
	Intake   *intake.Service
	Casework *casework.Service
}

// demo is the city in force, read once: it never changes.
var demo = sync.OnceValues(func() (*citypack.Snapshot, error) {
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		return nil, err
	}
	pack, err := citypack.Demo()
	if err != nil {
		return nil, err
	}
	return pack.Snapshot(zone, "test")
})

// New opens a house on the store, in which nothing has happened yet. It is Monday, 23 November 2026, 10:00 in the city.
func New(t testing.TB, s *store.Store) *House {
	t.Helper()
	city, err := demo()
	Must(t, err)
	h := &House{T: t, City: city, Store: s, Now: time.Date(2026, 11, 23, 10, 0, 0, 0, city.Zone())}
	// Only the first house of a process unpacks and loads the dictionaries.
	h.Words, err = segment.Open(t.TempDir(), city.Words())
	Must(t, err)
	h.Vault, err = vault.Open(t.TempDir())
	Must(t, err)
	h.Intake = &intake.Service{Letters: s, Words: h.Words, Vault: h.Vault, Limits: intake.DefaultLimits, Now: h.Clock,
		City: func() intake.City { return intake.City{Router: h.City.Router, Clocks: h.City.Clocks} }}
	h.Casework = &casework.Service{Letters: s, Now: h.Clock,
		City: h.Rules}
	return h
}

// Must ends the test on an error.
func Must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Clock is the house's time, for parts that ask for it.
func (h *House) Clock() time.Time { return h.Now }

// Rules are what steps are taken with.
func (h *House) Rules() casework.City {
	return casework.City{Router: h.City.Router, Clocks: h.City.Clocks, Version: h.City.Version}
}

// InForce is the house's city, for parts that ask for it.
func (h *House) InForce() *citypack.Snapshot { return h.City }

// Live opens a Redis within the process.
func (h *House) Live() *live.Live {
	h.T.Helper()
	l, err := live.Open(context.Background(), "")
	Must(h.T, err)
	h.T.Cleanup(func() { Must(h.T, l.Close()) })
	return l
}

// Desk opens an empty index for members in a folder.
func (h *House) Desk(dir string) *local.Desk {
	h.T.Helper()
	index, err := local.OpenDesk(dir, h.Words, h.City.Words()...)
	Must(h.T, err)
	h.T.Cleanup(func() { Must(h.T, index.Close()) })
	return index
}

// Index opens an empty search index.
func (h *House) Index() search.Index {
	h.T.Helper()
	index, err := local.Open(h.T.TempDir(), h.Words, h.City.Words()...)
	Must(h.T, err)
	h.T.Cleanup(func() { Must(h.T, index.Close()) })
	return index
}
