// Package inbound is where the channels' own servers call: the telephone system of the hotline and WeChat. The folders below channels read what they send, intake files it.
package inbound

import (
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/channels/wechat"
	"huiyin/citypack"
	"huiyin/intake"
	"huiyin/internal/live"
	"huiyin/internal/store"
	"huiyin/internal/vault"
)

// Server answers the channels. All fields but WeChat and Hotline must be set; a channel that is not set up answers
// 503 and names the settings it lacks.
type Server struct {
	Store   *store.Store
	Intake  *intake.Service
	Live    *live.Live
	Vault   *vault.Vault
	City    func() *citypack.Snapshot
	Now     func() time.Time
	Poke    func() // wakes the delivery of events after a write
	Log     *slog.Logger
	WeChat  WeChat
	Hotline string // secret shared with the telephone system, "" without one

	account *wechat.Account // nil while WeChat is not set up
	lanes   *[64]sync.Mutex // one message of a person after the other
}

// WeChat is how the government account is set up in WeChat's console; the zero value is no account.
type WeChat struct {
	Token       string
	AppID       string
	Key         string // EncodingAESKey
	PreviousKey string // the one before, still used for some time after a change; may be empty
}

// New checks the settings: an account set up by half is refused at the start, not at the first message.
func New(s Server) (*Server, error) {
	s.lanes = new([64]sync.Mutex)
	if s.WeChat == (WeChat{}) {
		return &s, nil
	}
	account, err := wechat.New(wechat.Settings(s.WeChat))
	if err != nil {
		return nil, fmt.Errorf("wechat: %w", err)
	}
	s.account = account
	return &s, nil
}

// Routes lists every address. Who may call is proved by a signature, not by a session.
func (s *Server) Routes(r fiber.Router) {
	r.Post("/channels/hotline/calls", s.call)
	r.Get("/channels/wechat", s.check)
	r.Post("/channels/wechat", s.message)
}
