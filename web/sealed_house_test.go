package web_test

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"huiyin/intake"
	"huiyin/intake/interview"
	"huiyin/intake/survey"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/internal/testhouse"
	"huiyin/search"
	"huiyin/web"
	"huiyin/web/page"
)

// city is the whole server of the demonstration city, on a port of its own. Its time stands still.
type city struct {
	*testhouse.House
	t       *testing.T
	server  *web.Server
	address string
	index   search.Index
}

const (
	sealedPassword = "Tavu-kemi-4829-deza"
	// cheaper to check than those the program makes, which take 40 ms by intention
	sealedPasswordHash = "$argon2id$v=19$m=8,t=1,p=1$+/avAzo414BySAju5BBB5Q$xAqqeFhgzcAygTqTse/hUXqjHFjzbSHctM2yj5Ix6Fo"
)

func openCity(t *testing.T, s *store.Store) *city {
	t.Helper()
	c := &city{House: testhouse.New(t, s), t: t}
	c.serve(c.ReadCity)
	return c
}

// serve opens the doors; read takes changed rules over.
func (c *city) serve(read func(context.Context) error) {
	t, s := c.t, c.Store
	t.Helper()
	c.index = c.Index()
	for _, m := range c.City.Pack.Staff {
		c.employ(m)
	}
	submit := func(ctx context.Context, d letter.Draft) (string, string, error) {
		r, err := c.Intake.Submit(ctx, d)
		return r.Number, r.QueryCode, err
	}
	server, err := web.New(web.Parts{
		Store: s, Intake: c.Intake, Casework: c.Casework, Surveys: survey.New(s, submit), Interviews: interview.New(s, submit),
		Index: c.index, Live: c.Live(), Vault: c.Vault, Words: c.Words, City: c.InForce, Now: c.Clock, Poke: func() {},
		Teacher: c.Teacher(), ReadCity: read,
		Log: slog.New(slog.DiscardHandler), Site: page.Site{City: "澜川市", Zone: c.City.Zone(), Demo: true},
		Request: 1 << 20, Deadline: 30 * time.Second, Patience: 30 * time.Second,
	})
	testhouse.Must(t, err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	testhouse.Must(t, err)
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		testhouse.Must(t, server.Shutdown(ctx))
		testhouse.Must(t, <-ended)
	})
	c.server, c.address = server, "http://"+listener.Addr().String()
}

// employ gives a member an account.
func (c *city) employ(m staff.Member) {
	c.t.Helper()
	m.PasswordHash = sealedPasswordHash
	testhouse.Must(c.t, c.Store.PutMember(c.t.Context(), m, c.Now))
}

// code is the query code of a letter, which its sender knows.
func (c *city) code(number string) string { return c.Vault.QueryCode(number, intake.CodeVersion) }

// somebody is a person with a browser and, when he is a member, a token for the API.
type somebody struct {
	*city
	staff.Member
	client *http.Client
	token  string
}

// resident is somebody who is not signed in.
func (c *city) resident() *somebody {
	c.t.Helper()
	jar, err := cookiejar.New(nil)
	testhouse.Must(c.t, err)
	client := &http.Client{Jar: jar, Transport: &http.Transport{}, Timeout: 20 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	c.t.Cleanup(client.CloseIdleConnections)
	return &somebody{city: c, client: client}
}

// as signs a member in through the form and gives him a token.
func (c *city) as(m staff.Member) *somebody {
	c.t.Helper()
	who := c.resident()
	who.Member = m
	if a := who.post("/sign-in", url.Values{"login": {m.Login}, "password": {sealedPassword}}); a.status != http.StatusSeeOther {
		c.t.Fatalf("%s could not sign in: %d", m.Login, a.status)
	}
	token, hash := staff.NewToken()
	testhouse.Must(c.t, c.Store.PutToken(c.t.Context(), hash, m.Login, c.Now, time.Time{}))
	who.token = token
	return who
}

// answer is what came back.
type answer struct {
	status   int
	location string
	body     string
}

func (w *somebody) get(path string) answer { return w.send(http.MethodGet, path, nil) }

func (w *somebody) post(path string, form url.Values) answer {
	return w.send(http.MethodPost, path, form)
}

// names posts the number of a lead letter to the API of the desk.
func (w *somebody) names(path, lead string) answer {
	w.t.Helper()
	body := strings.NewReader(`{"lead":"` + lead + `"}`)
	r, err := http.NewRequestWithContext(w.t.Context(), http.MethodPost, w.address+"/api/v1/desk"+path, body)
	testhouse.Must(w.t, err)
	r.Header.Set("Accept-Language", "zh")
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+w.token)
	got, err := w.client.Do(r)
	testhouse.Must(w.t, err)
	defer got.Body.Close()
	text, err := io.ReadAll(got.Body)
	testhouse.Must(w.t, err)
	return answer{got.StatusCode, got.Header.Get("Location"), string(text)}
}

// send makes one request. A member calls the API with his token; a stream that goes on is read for a moment.
func (w *somebody) send(method, path string, form url.Values) answer {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), 20*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, method, w.address+path, strings.NewReader(form.Encode()))
	testhouse.Must(w.t, err)
	r.Header.Set("Accept-Language", "zh")
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", w.address)
	}
	if strings.HasPrefix(path, "/api/") {
		if w.token != "" {
			r.Header.Set("Authorization", "Bearer "+w.token)
		}
		if method == http.MethodPost {
			r.Header.Set("Content-Type", "application/json")
			r.Body = io.NopCloser(strings.NewReader(`{"unit":"rsj","text":"文字","reason":"not_our_duty","basis":"依据"}`))
			r.ContentLength = -1
		}
	}
	got, err := w.client.Do(r)
	if err != nil {
		w.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer got.Body.Close()
	if strings.HasPrefix(got.Header.Get("Content-Type"), "text/event-stream") {
		time.AfterFunc(300*time.Millisecond, cancel)
	}
	body, err := io.ReadAll(got.Body)
	if err != nil && ctx.Err() == nil {
		w.t.Fatalf("%s %s: %v", method, path, err)
	}
	return answer{got.StatusCode, got.Header.Get("Location"), string(body)}
}
