package main_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"huiyin/internal/staff"
	"huiyin/internal/store/storetest"
)

// Killed twice under load, the program finds every letter that it acknowledged, without building its index anew: what
// had not been filed yet is read again from what was delivered.
func TestAKilledServerFindsEveryLetterAtTheDesk(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, at string) {
		h := houseAt(t, at)
		p := h.serve(t)
		h.employ(t)
		posts := []*post{must(newPost("first", 1))(t)}
		sendAgain(t, p.url, posts)
		p.findsAll(t, posts)
		for cycle := range 2 {
			if cycle > 0 {
				p = h.serve(t)
			}
			mail := startMail(p.url, fmt.Sprint("desk-", cycle))
			<-time.After(underLoad())
			p.kill(t)
			posts = append(posts, mail.stop()...)
		}
		p = h.serve(t)
		sendAgain(t, p.url, unanswered(posts))
		deliverAll(t, storetest.Open(t, h.url))
		p.findsAll(t, posts)
		p.stop(t)
		t.Logf("%d letters found", len(posts))
		if log := p.log.String(); !strings.Contains(log, "desk index behind") || strings.Contains(log, "desk index rebuilt") {
			t.Errorf("the index was not brought up to date but built anew:\n%s", log)
		}
	})
}

func must[T any](x T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

const deskPassword = "Tavu-kemi-4829-deza"

// employ gives an account to somebody who reads letters of every kind: open ones, those of the duty officer, accusations.
func (h house) employ(t *testing.T) {
	t.Helper()
	m := staff.Member{Login: "reader", Name: "读者", Unit: "jwjw", Roles: []staff.Role{staff.Dispatcher, staff.Duty, staff.Handler},
		PasswordHash: "$argon2id$v=19$m=8,t=1,p=1$+/avAzo414BySAju5BBB5Q$xAqqeFhgzcAygTqTse/hUXqjHFjzbSHctM2yj5Ix6Fo"}
	if err := storetest.Open(t, h.url).PutMember(t.Context(), m, time.Now()); err != nil {
		t.Fatal(err)
	}
}

var foundCount = regexp.MustCompile(`找到 ([\d,]+) 封`)

// findsAll waits until the desk's search, asked for the month's numbers, finds as many letters as were posted.
func (p *process) findsAll(t *testing.T, posts []*post) {
	t.Helper()
	jar := must(cookiejar.New(nil))(t)
	c := &http.Client{Transport: &http.Transport{}, Jar: jar}
	defer c.CloseIdleConnections()
	signIn := must(http.NewRequest(http.MethodPost, p.url+"/sign-in", strings.NewReader(url.Values{"login": {"reader"}, "password": {deskPassword}}.Encode())))(t)
	signIn.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	signIn.Header.Set("Origin", p.url)
	must(c.Do(signIn))(t).Body.Close()
	end, got := time.Now().Add(2*time.Minute), ""
	for time.Now().Before(end) {
		r := must(http.NewRequest(http.MethodGet, p.url+"/desk/search?q="+posts[0].number[:4], nil))(t)
		r.Header.Set("Accept-Language", "zh")
		answer := must(c.Do(r))(t)
		text := must(io.ReadAll(answer.Body))(t)
		answer.Body.Close()
		if match := foundCount.FindSubmatch(text); match != nil {
			got = strings.ReplaceAll(string(match[1]), ",", "")
		}
		if got == fmt.Sprint(len(posts)) {
			return
		}
		<-time.After(200 * time.Millisecond)
	}
	t.Fatalf("%s of %d letters are found", got, len(posts))
}
