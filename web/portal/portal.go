// Package portal is what residents see: home, writing, following, the published answers, surveys and interviews.
package portal

import (
	"embed"
	"log/slog"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/intake"
	"huiyin/intake/interview"
	"huiyin/intake/survey"
	"huiyin/internal/casework"
	"huiyin/internal/live"
	"huiyin/internal/segment"
	"huiyin/internal/store"
	"huiyin/internal/vault"
	"huiyin/search"
	"huiyin/web/page"
)

// Server answers residents. All fields but PerHour and Counter must be set.
type Server struct {
	Store      *store.Store
	Intake     *intake.Service
	Casework   *casework.Service
	Surveys    *survey.Service
	Interviews *interview.Service
	Index      search.Index
	Live       *live.Live
	Vault      *vault.Vault
	City       func() *citypack.Snapshot
	Words      *segment.Segmenter
	Now        func() time.Time
	Poke       func() // wakes the delivery of events after a write
	PerHour    int    // letters an hour and address, 0 without limit
	Log        *slog.Logger
	Counter    Counter // nil counts nothing

	set      *page.Set
	promises *promiseKeeper
}

//go:embed templates
var templates embed.FS

// New parses the pages once.
func New(s Server, site page.Site) (*Server, error) {
	set, err := page.New(site, page.Resident, templates)
	if err != nil {
		return nil, err
	}
	s.set, s.promises = set, &promiseKeeper{}
	return &s, nil
}

// Routes lists every address of the residents' pages. Anybody may open them; those below /follow/ belong to who
// showed the letter's query code (admitted), and a page of somebody's letter is kept by no browser and no proxy.
func (s *Server) Routes(r fiber.Router) {
	r.Get("/", s.home)

	r.Get("/write", s.write)
	r.Post("/write", s.submit)
	r.Post("/write/guess", s.guess)
	r.Post("/write/look", s.look)
	r.Get("/write/answered/:number", s.answered)
	r.Post("/write/answered/:number", s.choose)

	r.Get("/follow", s.follow)
	r.Post("/follow", s.admit)
	own := r.Group("/follow/:number", private, s.admitted)
	own.Get("/", s.letter)
	own.Get("/receipt", s.receipt)
	own.Post("/departure", s.depart)
	own.Post("/:step", s.step)

	r.Get("/published", s.published)
	r.Get("/published/suggest", s.suggest)
	r.Get("/published/:number", s.answer)

	r.Get("/take-part", s.takePart)
	r.Get("/surveys/:id", s.survey)
	r.Post("/surveys/:id", s.answerSurvey)
	r.Get("/surveys/:id/result", s.surveyResult)
	r.Get("/interviews/:id", s.interview)
	r.Post("/interviews/:id/questions", s.ask)

	r.Get("/how", s.how)
	r.Get("/privacy", s.statement("privacy", "个人信息保护"))
	r.Get("/accessibility", s.statement("accessibility", "无障碍说明"))
}

// private keeps a page of somebody's letter out of every cache, also that of a shared computer.
func private(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Next()
}
