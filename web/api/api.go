// Package api is the door for other programs: JSON over HTTP as contracts.md promises it; people use the pages.
package api

import (
	"log/slog"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/intake"
	"huiyin/internal/casework"
	"huiyin/internal/live"
	"huiyin/internal/store"
	"huiyin/internal/vault"
	"huiyin/search"
)

// Server answers programs. All fields but PerHour must be set.
type Server struct {
	Store    *store.Store
	Intake   *intake.Service
	Casework *casework.Service
	Index    search.Index
	Live     *live.Live
	Vault    *vault.Vault
	City     func() *citypack.Snapshot
	Now      func() time.Time
	Poke     func() // wakes the delivery of events after a write
	PerHour  int    // letters an hour and address, 0 without limit
	Log      *slog.Logger

	inWork sync.Map // Idempotency-Keys whose first request this process has not answered yet
}

// Routes lists every address. Anybody may submit, search and read what is published; a letter belongs to who knows
// its query code; what lies below /desk belongs to a member's token.
func (s *Server) Routes(r fiber.Router) {
	r.Get("/api/openapi.json", description)

	r.Post("/api/v1/letters", s.submit)
	r.Get("/api/v1/letters/:number", s.letter)

	r.Get("/api/v1/published", s.published)
	r.Get("/api/v1/published/suggest", s.suggest)
	r.Get("/api/v1/published/:number", s.publishedLetter)
	r.Get("/api/v1/reports/responsiveness", s.responsiveness)

	r.Get("/api/v1/desk/letters", s.queue)
	r.Get("/api/v1/desk/letters/:number", s.held)
	r.Post("/api/v1/desk/letters/:number/:step", s.step)
}
