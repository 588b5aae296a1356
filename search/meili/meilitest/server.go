// Package meilitest plays a Meilisearch for tests: strict in what it takes, naive in how it finds. It refuses what a real
// server refuses and does its work in tasks that end later, but a letter holds a word when its text does, and nothing is
// to be learned from it about order, ranking or how a real server cuts Chinese.
package meilitest

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// The keys of the server. Master may do everything; the two others have the rights that docs/search.md gives them.
const (
	Master    = "master-key-0123456789"
	SearchKey = "search-key-0123456789"
	WriteKey  = "write-key-0123456789"
)

// Server is a played server.
type Server struct {
	Version string
	// MaxPayload is the largest body taken, in bytes.
	MaxPayload int

	address string
	http    *http.Server

	mu       sync.Mutex
	keys     map[string]key
	indexes  map[string]*index
	tasks    []*task
	held     bool
	wake     chan struct{}
	faults   []*Fault
	requests []Request
}

// Request is one that came in.
type Request struct {
	Method, Path, Key, Body string
}

// key is what a bearer may do and where.
type key struct {
	actions []string
	indexes []string // empty: all
}

func (k key) may(action string) bool {
	return slices.Contains(k.actions, "*") || slices.Contains(k.actions, action)
}

func (k key) on(uid string) bool { return len(k.indexes) == 0 || slices.Contains(k.indexes, uid) }

// Start starts a server that ends with the test.
func Start(t testing.TB) *Server {
	t.Helper()
	both := []string{"letters", "letters_next"}
	s := &Server{
		Version: "1.50.0", MaxPayload: 100 << 20, address: "127.0.0.1:0",
		keys: map[string]key{
			Master:    {actions: []string{"*"}},
			SearchKey: {[]string{"search"}, []string{"letters"}},
			WriteKey: {[]string{
				"documents.add", "documents.delete", "indexes.create", "indexes.get", "indexes.delete", "indexes.swap",
				"settings.get", "settings.update", "tasks.get", "stats.get", "version",
			}, both},
		},
		indexes: map[string]*index{}, wake: make(chan struct{}, 1),
	}
	done := make(chan struct{})
	go s.work(done)
	t.Cleanup(func() { close(done); s.Down() })
	s.Up(t)
	return s
}

// URL is where it listens, also while it does not.
func (s *Server) URL() string { return "http://" + s.address }

// Up lets it answer, always at the same address; it comes with what it had.
func (s *Server) Up(t testing.TB) {
	t.Helper()
	var listener net.Listener
	var err error
	for range 50 { // the address may be busy for a moment after Down
		if listener, err = net.Listen("tcp", s.address); err == nil {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if err != nil {
		t.Fatalf("played Meilisearch: %v", err)
	}
	s.address = listener.Addr().String()
	s.http = &http.Server{Handler: s}
	go s.http.Serve(listener)
}

// Down cuts every connection and refuses new ones.
func (s *Server) Down() { s.http.Close() }

// Hold lets no task go on until Release: what was asked for waits in the queue.
func (s *Server) Hold() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held = true
}

// Release lets the tasks go on.
func (s *Server) Release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held = false
	s.poke()
}

// Requests gives what came in since the last call.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	came := s.requests
	s.requests = nil
	return came
}

// Allow gives a key these rights; no indexes means all.
func (s *Server) Allow(bearer string, actions, indexes []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys[bearer] = key{actions, indexes}
}

// Wipe makes it a server that was never used, as after its disk was replaced.
func (s *Server) Wipe() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.indexes = map[string]*index{}
}

// Fault is what goes wrong with the next Times requests whose method and path begin with On ("POST /indexes/letters").
type Fault struct {
	On    string
	With  string // stands in the body
	Times int
	// One of these: a status with a fault as Meilisearch words it, a page of HTML with that status, a cut connection
	// after the request was done, a body that stops coming, a task that fails with this code.
	Status int
	HTML   bool
	Cut    bool
	Stall  time.Duration
	Task   string
}

// Break plants a fault.
func (s *Server) Break(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &f)
}

func (s *Server) fault(call, body string) *Fault {
	for _, f := range s.faults {
		if f.Times > 0 && strings.HasPrefix(call, f.On) && strings.Contains(body, f.With) {
			f.Times--
			return f
		}
	}
	return nil
}

// ServeHTTP answers as a server does, or as the planted fault wants.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, int64(s.MaxPayload)+1))
	if err != nil {
		return
	}
	s.mu.Lock()
	bearer := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	s.requests = append(s.requests, Request{r.Method, r.URL.RequestURI(), bearer, string(body)})
	f := s.fault(r.Method+" "+r.URL.Path, string(body))
	s.mu.Unlock()
	if f == nil {
		s.answer(w, r, bearer, body, "")
		return
	}
	switch {
	case f.Stall > 0:
		select {
		case <-r.Context().Done():
		case <-time.After(f.Stall):
		}
		panic(http.ErrAbortHandler)
	case f.HTML:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(f.Status)
		io.WriteString(w, "<html><h1>gateway</h1></html>")
	case f.Status > 0:
		refuse("internal", "internal", f.Status, "planted").write(w)
	case f.Cut:
		s.answer(discarded{http.Header{}}, r, bearer, body, "")
		panic(http.ErrAbortHandler)
	default:
		s.answer(w, r, bearer, body, f.Task)
	}
}

// discarded is an answer that nobody gets.
type discarded struct{ header http.Header }

func (d discarded) Header() http.Header         { return d.header }
func (d discarded) Write(b []byte) (int, error) { return len(b), nil }
func (d discarded) WriteHeader(int)             {}

// call is a request with who asked.
type call struct {
	*http.Request
	key    key
	body   []byte
	breaks string // the code its task is to fail with
}

func (s *Server) answer(w http.ResponseWriter, r *http.Request, bearer string, body []byte, breaks string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := call{Request: r, body: body, breaks: breaks}
	status, answer, fault := s.route(c, bearer)
	if fault != nil {
		fault.write(w)
		return
	}
	writeJSON(w, status, answer)
}

// checkBody refuses what no route takes.
func (s *Server) checkBody(c call) *refusal {
	if c.Method != http.MethodPost && c.Method != http.MethodPut && c.Method != http.MethodPatch {
		return nil
	}
	kind := c.Header.Get("Content-Type")
	switch {
	case kind == "":
		return refuse("missing_content_type", invalid, http.StatusUnsupportedMediaType, "A Content-Type header is missing.")
	case kind != "application/json":
		return refuse("invalid_content_type", invalid, http.StatusUnsupportedMediaType, "The Content-Type %s is invalid.", kind)
	case len(bytes.TrimSpace(c.body)) == 0:
		return refuse("missing_payload", invalid, http.StatusBadRequest, "A json payload is missing.")
	case len(c.body) > s.MaxPayload:
		return refuse("payload_too_large", invalid, http.StatusRequestEntityTooLarge, "The provided payload reached the size limit.")
	}
	return nil
}
