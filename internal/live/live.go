// Package live is what all running copies of the program agree on right now: sessions, limits, job slots and push, in Redis; nothing here has to survive a restart.
package live

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"sync"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// Bounds on one call, so that a dead Redis makes a page slow and then fail, but
// never hang.
const (
	dialTimeout = 500 * time.Millisecond
	callTimeout = 800 * time.Millisecond
)

// keys of all kinds begin with this, so that one Redis can serve other programs.
const space = "huiyin:"

// Live is a connection to Redis, or a Redis inside this process.
type Live struct {
	client   *redis.Client
	embedded *miniredis.Miniredis // nil with a real Redis
	stop     chan struct{}
	ticking  sync.WaitGroup
}

// Open connects to redis:// or rediss://; "" starts a Redis inside this process,
// which only this process may use. An address that does not answer is an error.
func Open(ctx context.Context, address string) (*Live, error) {
	if address == "" {
		return openEmbedded(ctx)
	}
	options, err := redis.ParseURL(address)
	if err != nil {
		// The address may hold a password, and so may the cause.
		return nil, fmt.Errorf("redis: the address %s cannot be read, expected redis://HOST:PORT/0", redacted(address))
	}
	l := &Live{client: connect(options), stop: make(chan struct{})}
	if err := l.Ping(ctx); err != nil {
		l.client.Close()
		return nil, fmt.Errorf("redis at %s does not answer: %w", redacted(address), err)
	}
	return l, nil
}

func redacted(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "(unreadable)"
	}
	return u.Redacted()
}

func connect(o *redis.Options) *redis.Client {
	o.DialTimeout, o.ReadTimeout, o.WriteTimeout, o.PoolTimeout = dialTimeout, callTimeout, callTimeout, callTimeout
	o.ContextTimeoutEnabled = true
	// One retry, for a connection that Redis closed while it was idle.
	o.MaxRetries, o.DialerRetries = 1, 1
	o.MinRetryBackoff, o.MaxRetryBackoff = time.Millisecond, 10*time.Millisecond
	// Both speak of managed services that a city's own Redis is not.
	o.DisableIdentity = true
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	// Its own log has its own form; what goes wrong comes back as an error anyway.
	logging.Disable()
	return redis.NewClient(o)
}

// openEmbedded starts miniredis behind a random password, because its port is
// open to every user of the machine.
func openEmbedded(ctx context.Context) (*Live, error) {
	m := miniredis.NewMiniRedis()
	password := rand.Text()
	m.RequireAuth(password)
	if err := m.Start(); err != nil {
		return nil, fmt.Errorf("start redis in process: %w", err)
	}
	l := &Live{client: connect(&redis.Options{Addr: m.Addr(), Password: password}), embedded: m, stop: make(chan struct{})}
	if err := l.Ping(ctx); err != nil {
		l.client.Close()
		m.Close()
		return nil, fmt.Errorf("redis in process does not answer: %w", err)
	}
	l.ticking.Add(1)
	go l.tick()
	return l, nil
}

// tick lets the lifetimes in miniredis run out, which it does not do by itself.
func (l *Live) tick() {
	defer l.ticking.Done()
	every := time.NewTicker(time.Second)
	defer every.Stop()
	last := time.Now()
	for {
		select {
		case <-l.stop:
			return
		case <-every.C:
			now := time.Now()
			l.embedded.FastForward(now.Sub(last))
			last = now
		}
	}
}

// Embedded says that this process holds its own Redis and must be the only one.
func (l *Live) Embedded() bool { return l.embedded != nil }

// Ping asks whether Redis answers.
func (l *Live) Ping(ctx context.Context) error { return l.client.Ping(ctx).Err() }

// Close ends all subscriptions and the connection. It is called once.
func (l *Live) Close() error {
	close(l.stop)
	l.ticking.Wait()
	err := l.client.Close()
	if l.embedded != nil {
		l.embedded.Close()
	}
	return err
}
