// Package web puts the pages, the API and the channels' addresses together into one server.
package web

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/intake"
	"huiyin/intake/interview"
	"huiyin/intake/survey"
	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/live"
	"huiyin/internal/segment"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/internal/vault"
	"huiyin/routing/training"
	"huiyin/search"
	"huiyin/web/admin"
	"huiyin/web/api"
	"huiyin/web/desk"
	"huiyin/web/inbound"
	"huiyin/web/page"
	"huiyin/web/portal"
	"huiyin/web/supervise"
)

// Parts is what the pages stand on.
type Parts struct {
	Store      *store.Store
	Intake     *intake.Service
	Casework   *casework.Service
	Surveys    *survey.Service
	Interviews *interview.Service
	Index      search.Index
	Live       *live.Live
	Vault      *vault.Vault
	Words      *segment.Segmenter
	City       func() *citypack.Snapshot
	Teacher    *training.Teacher           // learns from the city's letters
	ReadCity   func(context.Context) error // takes changed rules and models over at once
	Now        func() time.Time
	Poke       func() // wakes the delivery of events
	Log        *slog.Logger
	Counter    portal.Counter // of what residents search for; nil counts nothing

	Site     page.Site
	Request  int      // most bytes of one request
	PerHour  int      // letters an hour and address, 0 without limit
	Proxies  []string // whose X-Forwarded-For is believed
	WeChat   inbound.WeChat
	Hotline  string // secret shared with the telephone system
	Deadline time.Duration
	Patience time.Duration // how long a page waits for the index, 0 for search.PagePatience
}

// Server answers requests until it is shut down.
type Server struct{ app *fiber.App }

// Serve answers what comes in on the listener; it returns after Shutdown.
func (s *Server) Serve(l net.Listener) error { return s.app.Listener(l) }

// Shutdown takes no more requests and waits for those under way, until ctx ends.
func (s *Server) Shutdown(ctx context.Context) error { return s.app.ShutdownWithContext(ctx) }

// Routes lists every address the server answers, so that a test can walk them all.
func (s *Server) Routes() []fiber.Route { return s.app.GetRoutes(true) }

// New wires every page into one server.
func New(p Parts) (*Server, error) {
	failed, err := page.ErrorHandler(p.Site, p.Log)
	if err != nil {
		return nil, err
	}
	app := fiber.New(fiber.Config{
		// Fiber reuses the memory of a request; Immutable lets its strings outlive it.
		Immutable: true, UnescapePath: true, BodyLimit: p.Request, ErrorHandler: failed,
		// A search in Chinese takes nine bytes a character in an address.
		ReadBufferSize: 16 << 10, ReadTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute, DisableStartupMessage: true,
		EnableTrustedProxyCheck: true, TrustedProxies: p.Proxies, ProxyHeader: proxyHeader(p.Proxies),
	})
	sessions := newSessions(p.Live.Storage("session"), p.member)
	app.Use(p.recovered, p.deadline, page.Headers(), page.SameOrigin())
	page.ServeAssets(app)
	p.health(app)
	if err := p.pages(app, sessions); err != nil {
		return nil, err
	}
	app.Use(func(*fiber.Ctx) error { return fiber.ErrNotFound })
	return &Server{app}, nil
}

// proxyHeader is read only when proxies are trusted: without them a resident
// could choose his own address.
func proxyHeader(proxies []string) string {
	if len(proxies) == 0 {
		return ""
	}
	return fiber.HeaderXForwardedFor
}

// pages hangs every package's routes below the session that tells who is signed in.
func (p Parts) pages(app *fiber.App, sessions *sessions) error {
	// People do not wait for a search, programs do until the deadline of their request.
	patient := search.Patient(p.Index, cmp.Or(p.Patience, search.PagePatience))
	residents, err := portal.New(portal.Server{
		Store: p.Store, Intake: p.Intake, Casework: p.Casework, Surveys: p.Surveys, Interviews: p.Interviews, Index: patient,
		Live: p.Live, Vault: p.Vault, City: p.City, Words: p.Words, Now: p.Now, Poke: p.Poke, PerHour: p.PerHour, Log: p.Log,
		Counter: p.Counter,
	}, p.Site)
	if err != nil {
		return fmt.Errorf("residents' pages: %w", err)
	}
	handlers, err := desk.New(desk.Server{
		Store: p.Store, Intake: p.Intake, Casework: p.Casework, Index: patient, Live: p.Live, Vault: p.Vault, City: p.City,
		Now: p.Now, Poke: p.Poke, Log: p.Log, Sessions: sessions,
	}, p.Site)
	if err != nil {
		return fmt.Errorf("desk: %w", err)
	}
	supervisors, err := supervise.New(supervise.Server{
		Store: p.Store, City: p.City, Teacher: p.Teacher, ReadCity: p.ReadCity, Now: p.Now, Log: p.Log,
	}, p.Site)
	if err != nil {
		return fmt.Errorf("supervision: %w", err)
	}
	administrators, err := admin.New(admin.Server{Store: p.Store, City: p.City, ReadCity: p.ReadCity, Now: p.Now, Log: p.Log}, p.Site)
	if err != nil {
		return fmt.Errorf("administration: %w", err)
	}
	programs := api.Server{
		Store: p.Store, Intake: p.Intake, Casework: p.Casework, Index: p.Index, Live: p.Live, Vault: p.Vault, City: p.City,
		Now: p.Now, Poke: p.Poke, PerHour: p.PerHour, Log: p.Log,
	}
	outside, err := inbound.New(inbound.Server{
		Store: p.Store, Intake: p.Intake, Live: p.Live, Vault: p.Vault, City: p.City, Now: p.Now, Poke: p.Poke, Log: p.Log,
		WeChat: p.WeChat, Hotline: p.Hotline,
	})
	if err != nil {
		return fmt.Errorf("channels: %w", err)
	}
	programs.Routes(app)
	outside.Routes(app)
	app.Use(sessions.recognise)
	handlers.Routes(app)
	supervisors.Routes(app)
	administrators.Routes(app)
	residents.Routes(app)
	return nil
}

// member is the account behind a session with the units it covers.
func (p Parts) member(c *fiber.Ctx, login string) (staff.Member, error) {
	m, err := p.Store.Member(c.UserContext(), login)
	if err != nil {
		return m, err
	}
	return p.City().Cover(m), nil
}

// deadline gives every request an end, so that a stuck one frees what it holds.
func (p Parts) deadline(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(context.Background(), p.Deadline)
	defer cancel()
	c.SetUserContext(ctx)
	return c.Next()
}

// recovered turns a panic into the page of a broken system, not into its text.
func (p Parts) recovered(c *fiber.Ctx) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return c.Next()
}

// health answers those who watch the process: alive, and able to work.
func (p Parts) health(app *fiber.App) {
	app.Get("/healthz", func(c *fiber.Ctx) error { return c.SendString("ok") })
	app.Get("/readyz", func(c *fiber.Ctx) error {
		if err := p.Store.Ping(c.UserContext()); err != nil {
			return letter.Fail(letter.KindUnavailable, "数据库没有应答。").Because(err)
		}
		if err := p.Live.Ping(c.UserContext()); err != nil {
			return letter.Fail(letter.KindUnavailable, "Redis 没有应答。").Because(err)
		}
		// Without the search everything else works, so it takes nobody out of service: it is said.
		if err := p.Index.Health(c.UserContext()); err != nil {
			return c.SendString("ready, without search: " + err.Error())
		}
		return c.SendString("ready")
	})
}
