package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"huiyin/intake/interview"
	"huiyin/intake/survey"
	"huiyin/internal/jobs"
	"huiyin/internal/letter"
	"huiyin/internal/live"
	"huiyin/search"
	"huiyin/web"
	"huiyin/web/inbound"
	"huiyin/web/page"
	"huiyin/web/portal"
)

func serveCommand() *cobra.Command {
	c := &cobra.Command{Use: "serve", Short: "启动服务", Args: exactly(0), RunE: serve}
	d := defaults()
	c.Flags().String("listen", d.Listen, "监听地址")
	c.Flags().Bool("demo", false, "演示城市：不加 --data 时每次启动都是新的")
	c.Flags().Bool("no-limits", false, "不限制每小时来信数（压力测试用，只能在本机地址上）")
	return c
}

// serve runs until the process is told to stop. A demonstration without --data
// lives in a folder of its own that goes with it.
func serve(c *cobra.Command, _ []string) (err error) {
	config, err := loadConfig(c.Flags())
	if err != nil {
		return err
	}
	if config.Demo && !config.ownData {
		if config.Data, err = os.MkdirTemp("", "huiyin-demo-"); err != nil {
			return fmt.Errorf("make a folder for the demonstration: %w", err)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(config.Data)) }()
	}
	p, err := openWork(c.Context(), config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	release, err := p.serving(c.Context())
	if err != nil {
		return err
	}
	defer release()
	spareCollections()
	s := &server{parts: p, log: slog.New(slog.NewTextHandler(c.ErrOrStderr(), nil)), command: c}
	p.intake.Unhelped = func(ctx context.Context, number string, err error) {
		s.log.WarnContext(ctx, "no earlier letters found", "number", number, "error", err)
	}
	return s.run(c.Context())
}

// goMemory is what Go's own memory stays under while it can, so that building an
// index does not take a gigabyte; the dictionary is not part of it. With half of
// it, the words and columns of 100,000 published letters left a search collecting
// garbage: a third of the answers a second.
const goMemory = 256 << 20

// spareCollections makes collections rarer: most of the memory is the
// dictionary, which Go does not manage, so they cost little room and spare a
// tenth of the processor under load. Who sets GOGC or GOMEMLIMIT decides himself.
func spareCollections() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(300)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(goMemory)
	}
}

// server is a running process: its parts and what only serving needs.
type server struct {
	*parts
	command    *cobra.Command
	log        *slog.Logger
	live       *live.Live
	index      search.Index
	filing     *filing
	surveys    *survey.Service
	interviews *interview.Service
	jobs       *jobs.Jobs
	learning   sync.Mutex
	wording    sync.Mutex         // of used
	used       *search.Vocabulary // what the index was given last
	searchGone bool               // seen by searchBack
	questions  *portal.Questions
}

func (s *server) run(ctx context.Context) (err error) {
	if s.live, err = live.Open(ctx, s.config.Redis); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.live.Close()) }()
	if s.index, err = s.openIndex(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.index.Close()) }()
	if err := s.openDesk(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.filing.index.Close()) }()
	if err := s.hear(ctx); err != nil {
		return err
	}
	if err := s.useWords(ctx); err != nil {
		return err
	}
	s.questions = portal.NewQuestions(s.store, s.zone, time.Now)
	s.columns()
	if err := s.demonstrate(ctx); err != nil {
		return err
	}
	if s.jobs, err = jobs.New(s.work(), s.live, s.log, nil); err != nil {
		return err
	}
	app, err := web.New(s.pages())
	if err != nil {
		return err
	}
	if err := s.redateFresh(ctx); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", s.config.Listen)
	if err != nil {
		return letter.Refuse("无法监听 %s，地址可能已被占用。请换一个 --listen。", s.config.Listen).Because(err)
	}
	s.jobs.Start()
	if s.config.Demo {
		fmt.Fprintf(s.command.OutOrStdout(), "命令行和接口令牌用的数据目录：--data %s\n", s.config.Data)
	}
	fmt.Fprintf(s.command.OutOrStdout(), "回音已启动：http://%s\n", listener.Addr())
	return s.until(ctx, app, listener)
}

// until serves to the end, then lets what is under way finish.
func (s *server) until(ctx context.Context, app *web.Server, listener net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- app.Serve(listener) }()
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		s.log.Info("stopping")
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer cancel()
	return errors.Join(err, app.Shutdown(last), s.jobs.Stop(last), s.questions.Keep(last))
}

func (s *server) pages() web.Parts {
	perHour := s.config.Limits.PerHour
	if s.config.NoLimits {
		perHour = 0
	}
	return web.Parts{
		Store: s.store, Intake: s.intake, Casework: s.casework, Surveys: s.surveys, Interviews: s.interviews,
		Index: s.index, Desk: s.filing.index, Live: s.live, Vault: s.vault, Words: s.words, City: s.city.Load, Now: time.Now,
		Teacher: s.teacher, ReadCity: s.readRules, Counter: s.questions,
		Poke: s.jobs.Poke, Log: s.log, Site: s.site(), Request: s.config.Limits.Request, PerHour: perHour,
		Proxies: s.config.Proxies, Deadline: 30 * time.Second, Patience: time.Duration(max(s.config.Limits.Patience, 0)) * time.Millisecond, Hotline: s.config.Hotline.Secret,
		WeChat: inbound.WeChat{
			Token: s.config.WeChat.Token, AppID: s.config.WeChat.AppID,
			Key: s.config.WeChat.Key, PreviousKey: s.config.WeChat.PreviousKey,
		},
	}
}

func (s *server) site() page.Site {
	city := s.city.Load()
	c := city.Pack.City
	host, _ := city.Router.Unit(c.Host)
	return page.Site{
		City: c.Name, CityLatin: c.NameEn, Organizer: city.Router.Name(c.Host), OrganizerLatin: host.NameEn, Phone: c.Hotline,
		Demo: s.config.Demo, Zone: s.zone,
	}
}
