package meili

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"syscall"
	"time"

	"github.com/meilisearch/meilisearch-go"

	"huiyin/internal/letter"
)

// How long a request may take. A search is for somebody who waits; a write may carry eight megabytes.
const (
	searchLimit = 2 * time.Second
	writeLimit  = 30 * time.Second
)

// The client's own retries send an empty body the second time and never retry a refused connection, so they are off, and
// the whole call is made again here.
const (
	tries     = 3
	firstWait = 100 * time.Millisecond
)

// spare is how long nobody else waits for a server that has just not answered.
const spare = time.Second

// server is one Meilisearch as two clients of different rights.
type server struct {
	host          string
	search, write meilisearch.ServiceManager

	mu     sync.Mutex
	down   error // what it last failed to answer with, nil when it answered
	downAt time.Time
}

func newServer(access Access) *server {
	return &server{
		host:   access.Host,
		search: client(access.Host, access.SearchKey), write: client(access.Host, access.WriteKey),
	}
}

// client has a transport of its own: the client's default goes through a proxy of the environment and has no time-out,
// and its options for a transport are ignored beside a client of one's own.
func client(host, key string) meilisearch.ServiceManager {
	return meilisearch.New(host, meilisearch.WithAPIKey(key), meilisearch.DisableRetries(),
		meilisearch.WithCustomClient(&http.Client{Transport: transport(), Timeout: writeLimit}))
}

func transport() *http.Transport {
	return &http.Transport{
		DialContext:     (&net.Dialer{Timeout: 2 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		IdleConnTimeout: 90 * time.Second, MaxIdleConns: 64, MaxIdleConnsPerHost: 64, TLSHandshakeTimeout: 5 * time.Second,
	}
}

// ask makes a call that somebody waits for. A server that did not answer a moment ago is not waited for again.
func (s *server) ask(ctx context.Context, call func(context.Context) error) error {
	if err := s.lately(); err != nil {
		return err
	}
	return s.note(ctx, s.again(ctx, searchLimit, call))
}

// tell makes a call that changes something. All but the swap can be made twice without harm.
func (s *server) tell(ctx context.Context, call func(context.Context) error) error {
	return s.note(ctx, s.again(ctx, writeLimit, call))
}

// once makes a call that must not be made twice.
func (s *server) once(ctx context.Context, call func(context.Context) error) error {
	return s.note(ctx, limited(ctx, writeLimit, call))
}

// again makes the whole call up to three times, while the server is not there or says that it cannot just now.
func (s *server) again(ctx context.Context, limit time.Duration, call func(context.Context) error) error {
	wait := firstWait
	for try := 1; ; try++ {
		err := limited(ctx, limit, call)
		if try == tries || !passing(err) {
			return err
		}
		if pause(ctx, wait) != nil {
			return err
		}
		wait *= 2
	}
}

func limited(ctx context.Context, limit time.Duration, call func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return call(ctx)
}

func pause(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// passing says that the same call may go well in a moment.
func passing(err error) bool {
	var fault *meilisearch.Error
	if !errors.As(err, &fault) {
		return false
	}
	switch fault.StatusCode {
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return errors.Is(fault.OriginError, syscall.ECONNREFUSED)
}

// note makes an error for people of what the client reports, and remembers a server that is not there, also when the time
// of whoever asked was over before the last try.
func (s *server) note(ctx context.Context, err error) error {
	ended := err != nil && ctx.Err() != nil
	said := s.said(err)
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case ended && !passing(err):
		return ctx.Err() // says nothing about the server
	case letter.IsKind(said, letter.KindUnavailable):
		s.down, s.downAt = said, time.Now()
	default:
		s.down = nil
	}
	if ended {
		return ctx.Err()
	}
	return said
}

// lately is the error of a server that did not answer within the last second.
func (s *server) lately() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.down != nil && time.Since(s.downAt) < spare {
		return s.down
	}
	return nil
}

// refusal is a call that the server or the way to it did not let through. It never holds what was asked or answered: that
// can be what somebody typed.
type refusal struct {
	call   string // method and path
	status int    // 0: no answer
	code   string // what the server calls the fault, empty when something else answered
	origin error  // of the network
}

func (r *refusal) Error() string {
	if r.status == 0 {
		return fmt.Sprintf("meilisearch: %s: %v", r.call, r.origin)
	}
	return fmt.Sprintf("meilisearch: %s: status %d %s", r.call, r.status, r.code)
}

func (r *refusal) Unwrap() error { return r.origin }

// said is the error in words for people, where it is one that they can do something about.
func (s *server) said(err error) error {
	var fault *meilisearch.Error
	if !errors.As(err, &fault) {
		return err
	}
	r := &refusal{call: fault.Method + " " + s.host + fault.Endpoint, status: fault.StatusCode, code: fault.MeilisearchApiError.Code, origin: fault.OriginError}
	var sentence string
	switch {
	case r.status == 0:
		sentence = "检索服务没有应答。请检查它是否在运行、地址是否正确。"
	case r.status == http.StatusUnauthorized || r.status == http.StatusForbidden:
		sentence = "检索服务不接受所给的密钥。请检查两个密钥和它们的权限。"
	case r.code == "":
		sentence = "检索服务的地址上应答的不是检索服务，可能是代理服务器的网页。请检查地址。"
	case r.status >= http.StatusInternalServerError:
		sentence = "检索服务暂时不能用。"
	default:
		return r
	}
	return letter.Fail(letter.KindUnavailable, sentence).Because(r)
}

// code is what the server calls the fault, empty for another error.
func code(err error) string {
	var refused *refusal
	var failed *failure
	switch {
	case errors.As(err, &refused):
		return refused.code
	case errors.As(err, &failed):
		return failed.code
	}
	return ""
}

// The faults that are no surprise.
const (
	indexNotFound = "index_not_found"
	indexExists   = "index_already_exists"
	taskNotFound  = "task_not_found"
)
