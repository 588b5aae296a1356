package web_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"huiyin/internal/letter"
)

// walk opens every route as each of them and gives what they saw, the number written as ⟨number⟩.
func (c *city) walk(who []*somebody, l *sealed, number string) map[string]string {
	c.t.Helper()
	c.files()
	seen := map[string]string{}
	note := func(w *somebody, call, path string, a answer) {
		seen[fmt.Sprintf("%s as %s", call, w.Login)] = settled(a, number)
		echo := strings.Contains(path, "{title}") || strings.Contains(path, "{word}")
		if number == unknown || echo {
			return
		}
		for _, mark := range []string{l.draft.Title, l.word} {
			if strings.Contains(a.body, mark) {
				c.t.Errorf("%s shows %q to %s", call, mark, w.Login)
			}
		}
		if !strings.Contains(path, "{number}") && strings.Contains(a.body, number) {
			c.t.Errorf("%s shows the number to %s", call, w.Login)
		}
	}
	for _, w := range who {
		for _, route := range slices.Sorted(maps.Keys(reads)) {
			if !w.walks(route) {
				continue
			}
			for _, path := range reads[route] {
				note(w, "GET "+path, path, w.get(l.filled(path, number)))
			}
		}
		for route, form := range asks {
			filled, echo := url.Values{}, ""
			for field, value := range form {
				filled.Set(field, l.filled(value[0], number))
				echo += value[0]
			}
			note(w, "POST "+route, echo, w.post(strings.ReplaceAll(route, ":id", "hotline"), filled))
		}
	}
	return seen
}

// walks says whether it is worth opening a route as this person: what residents see is the same for every member, so one
// of the unit opens it for all.
func (w *somebody) walks(route string) bool {
	members := strings.HasPrefix(route, "/desk") || strings.HasPrefix(route, "/supervise") || strings.HasPrefix(route, "/admin") || strings.Contains(route, "/desk/")
	return members || w.Login == "" || len(w.Roles) == len(posts)
}

// filled writes the marks of the letter into an address or a field.
func (l *sealed) filled(text, number string) string {
	escape := func(s string) string {
		if strings.HasPrefix(text, "/") {
			return url.QueryEscape(s)
		}
		return s
	}
	return strings.NewReplacer("{number}", number, "{other}", l.other, "{title}", escape(l.draft.Title), "{word}", escape(l.word),
		"{phone}", l.draft.Phone, "{unit}", l.accused).Replace(text)
}

// unsettled is what differs from one answer to the next whatever is stored.
var unsettled = regexp.MustCompile(`[A-Z2-7]{26}|"took_ms": ?[\d.e-]+|nonce-[^'"]+`)

func settled(a answer, number string) string {
	text := fmt.Sprintf("%d %s\n%s", a.status, a.location, a.body)
	return unsettled.ReplaceAllString(strings.ReplaceAll(text, number, "⟨number⟩"), "…")
}

// compare fails where the letter changed what somebody sees.
func (c *city) compare(l *sealed, before, after map[string]string, at time.Time) {
	c.t.Helper()
	for call, was := range before {
		if is := after[call]; is != was {
			c.t.Errorf("%s on %s differs since %q exists:\n%s", call, at.Format(time.DateOnly), l.draft.Title, firstDifference(was, is))
		}
	}
}

func firstDifference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return "- " + x[i] + "\n+ " + y[i]
		}
	}
	return fmt.Sprintf("%d lines became %d", len(x), len(y))
}

// refusesSteps takes every step of every route that names a letter: all answer as for a number that does not exist.
func (c *city) refusesSteps(who []*somebody, l *sealed) {
	c.t.Helper()
	events := len(c.Read(l.number).Events)
	for _, r := range c.server.Routes() {
		if r.Method != http.MethodPost || !strings.Contains(r.Path, ":number") || !strings.Contains(r.Path, "/desk/") {
			continue
		}
		steps := []string{""}
		if strings.Contains(r.Path, ":step") {
			steps = slices.Sorted(maps.Keys(c.steps()))
		}
		for _, w := range who {
			if w.Login == "" {
				continue // who is not signed in is asked to
			}
			for _, step := range steps {
				path := func(number string) string {
					return strings.NewReplacer(":number", number, ":step", step).Replace(r.Path)
				}
				form := url.Values{"unit": {"rsj"}, "text": {"文字"}, "reason": {"not_our_duty"}, "basis": {"依据"}}
				a := w.post(path(l.number), form)
				if a.status != http.StatusNotFound {
					c.t.Errorf("POST %s as %s: %d", path(l.number), w.Login, a.status)
				}
				if len(w.Roles) != len(posts) {
					continue
				}
				if b := w.post(path(unknown), form); settled(a, l.number) != settled(b, unknown) {
					c.t.Errorf("POST %s as %s: %d, for an unknown number %d", path(l.number), w.Login, a.status, b.status)
				}
			}
		}
	}
	for _, w := range who {
		if w.Login != "" {
			c.mergesWithNone(w, l)
		}
	}
	if got := len(c.Read(l.number).Events); got != events {
		c.t.Errorf("%s had %d events and has %d", l.number, events, got)
	}
}

// mergesWithNone names the sealed letter as the lead of an ordinary one: that answers as for a number that no letter has,
// and whoever may not take the step at all learns no more.
func (c *city) mergesWithNone(w *somebody, l *sealed) {
	c.t.Helper()
	path := "/letters/" + l.other + "/merge"
	a, b := w.post("/desk"+path, url.Values{"lead": {l.number}}), w.post("/desk"+path, url.Values{"lead": {unknown}})
	if settled(a, l.number) != settled(b, unknown) {
		c.t.Errorf("merging with %s as %s answers %d, with an unknown number %d:\n%s", l.draft.Title, w.Login, a.status, b.status,
			firstDifference(settled(a, l.number), settled(b, unknown)))
	}
	if a.status < 400 || c.Read(l.other).Merged != "" {
		c.t.Errorf("%s merged a letter with %s: %d", w.Login, l.draft.Title, a.status)
	}
	a, b = w.names(path, l.number), w.names(path, unknown)
	if settled(a, l.number) != settled(b, unknown) || a.status < 400 {
		c.t.Errorf("by token, merging with %s as %s answers %d, with an unknown number %d", l.draft.Title, w.Login, a.status, b.status)
	}
}

// guessed tries the doors that a query code opens with a wrong one: they answer as for a number that no letter has.
// Five wrong codes lock a number, twenty an address, so each is tried once.
func (c *city) guessed(l *sealed, serial int) {
	c.t.Helper()
	none := letter.NewNumber(c.Now.AddDate(1, 0, 0), serial)
	for _, try := range []func(number string) answer{
		func(n string) answer {
			return c.resident().post("/follow", url.Values{"number": {n}, "code": {"000000"}})
		},
		func(n string) answer { return c.resident().get("/api/v1/letters/" + n + "?code=000000") },
	} {
		a, b := try(l.number), try(none)
		if a.status == http.StatusOK && strings.Contains(a.body, l.word) || settled(a, l.number) != settled(b, none) {
			c.t.Errorf("a wrong code of %s answers %d, of an unknown number %d", l.number, a.status, b.status)
		}
	}
}

func (c *city) steps() map[string]bool {
	all := map[string]bool{}
	for step := range c.Casework.Steps() {
		all[string(step)] = true
	}
	return all
}

// readByThoseNamed: who is to look into the accusation finds it in his queue and reads it; its sender follows it.
func (c *city) readByThoseNamed(l *sealed) {
	c.t.Helper()
	login := "gaoyuan"
	if l.accused == "jwjw" {
		login = "jiangtao"
		if a := c.as(c.Member("gaoyuan")).get("/desk/letters/" + l.number); a.status != http.StatusNotFound {
			c.t.Errorf("the accused discipline unit reads %s: %d", l.number, a.status)
		}
	}
	w := c.as(c.Member(login))
	if a := w.get("/desk"); !strings.Contains(a.body, l.draft.Title) {
		c.t.Errorf("%s does not find %s in the queue", login, l.draft.Title)
	}
	if a := w.get("/desk/letters/" + l.number); a.status != http.StatusOK || !strings.Contains(a.body, l.word) {
		c.t.Errorf("%s cannot read %s: %d", login, l.draft.Title, a.status)
	}
	sender := c.resident()
	if a := sender.post("/follow", url.Values{"number": {l.number}, "code": {c.code(l.number)}}); a.status != http.StatusSeeOther {
		c.t.Errorf("its sender cannot follow %s: %d", l.number, a.status)
	}
}
