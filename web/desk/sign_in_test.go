package desk_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"huiyin/internal/staff"
)

// Whoever is not signed in is sent to the sign-in page and from there back to
// where he wanted to go; a form he sent is refused, not lost in a redirect.
func TestSignInLeadsBackToWhereOneWanted(t *testing.T) {
	o := open(t)
	b := &browser{office: o}
	for path, next := range map[string]string{"/desk": "%2Fdesk", "/desk/letters/26112300000015?from=unit": "%2Fdesk%2Fletters%2F26112300000015%3Ffrom%3Dunit"} {
		if r := b.get(path); r.status != http.StatusSeeOther || r.location != "/sign-in?next="+next {
			t.Errorf("%s: %d to %q", path, r.status, r.location)
		}
	}
	if r := b.send("POST", "/desk/letters/26112300000015/acceptance", nil); r.status != http.StatusUnauthorized {
		t.Errorf("a step without a session: %d", r.status)
	}
	r := b.send("POST", "/sign-in", url.Values{"login": {" LINA "}, "password": {password}, "next": {"/desk/letters/26112300000015?from=unit"}})
	if r.status != http.StatusSeeOther || r.location != "/desk/letters/26112300000015?from=unit" {
		t.Errorf("after signing in: %d to %q", r.status, r.location)
	}
	b.sees("/desk", "本单位来信", "李娜")
	b.send("POST", "/sign-out", nil)
	if r := b.get("/desk"); r.status != http.StatusSeeOther {
		t.Errorf("after signing out: %d", r.status)
	}
}

func TestSignInLeadsNowhereElse(t *testing.T) {
	o := open(t)
	for _, next := range []string{"https://example.org/", "//example.org/", `/\example.org`, "javascript:alert(1)", "desk", "", "/sign-out", "/desk\nX: y", "http:desk"} {
		b := &browser{office: o}
		if r := b.send("POST", "/sign-in", url.Values{"login": {"lina"}, "password": {password}, "next": {next}}); r.location != "/desk" {
			t.Errorf("next=%q leads to %q", next, r.location)
		}
	}
}

// Nobody learns which logins exist: the answer for an unknown one, for a disabled
// one and for a wrong password is the same.
func TestWrongLoginAndWrongPasswordAreAnsweredAlike(t *testing.T) {
	o := open(t)
	gone := staff.Member{Login: "gone", Name: "离岗", Unit: "zfb", Roles: []staff.Role{staff.Reviewer}, PasswordHash: must(passwordHash())(t), Disabled: true}
	if err := o.store.PutMember(t.Context(), gone, o.now); err != nil {
		t.Fatal(err)
	}
	texts := map[string]bool{}
	for login, pass := range map[string]string{"nobody": password, "lina": "wrong", "gone": password, "": ""} {
		b := &browser{office: o}
		r := b.send("POST", "/sign-in", url.Values{"login": {login}, "password": {pass}})
		if r.status != http.StatusUnauthorized || b.cookie != "" {
			t.Errorf("%q: %d", login, r.status)
		}
		if strings.Contains(r.text, pass) && pass != "" {
			t.Errorf("the password of %q stands on the page", login)
		}
		_, wrong, _ := strings.Cut(r.text, `role="alert"`)
		wrong, _, _ = strings.Cut(wrong, "</div>")
		texts[wrong] = true
	}
	if strings.Contains(o.log.String(), "nobody") {
		t.Error("what was typed as a login is in the log, although it may be a password")
	}
	if len(texts) != 1 {
		t.Errorf("%d different answers: %v", len(texts), texts)
	}
}

// Five wrong passwords lock the login, also for the right password, and whether
// or not there is such an account.
func TestFiveWrongPasswordsLockTheLogin(t *testing.T) {
	o := open(t)
	b := &browser{office: o}
	for _, login := range []string{"lina", "nobody"} {
		for n := range 5 {
			if r := b.send("POST", "/sign-in", url.Values{"login": {login}, "password": {"wrong"}}); r.status != http.StatusUnauthorized {
				t.Fatalf("%s, try %d: %d", login, n+1, r.status)
			}
		}
		r := b.send("POST", "/sign-in", url.Values{"login": {login}, "password": {password}})
		if r.status != http.StatusTooManyRequests || !strings.Contains(r.text, "15 分钟后再试") {
			t.Errorf("%s, try 6: %d", login, r.status)
		}
	}
	o.as("sunlei") // others are not locked out
}

// A queue that reloads itself after the session ended takes the whole screen to
// the sign-in page instead of vanishing.
func TestAnEndedSessionTakesTheScreenToSignIn(t *testing.T) {
	o := open(t)
	request := httptest.NewRequest(http.MethodGet, "/desk?state=handling", nil)
	request.Header.Set("HX-Request", "true")
	response := must(o.app.Test(request))(t)
	if got := response.Header.Get("HX-Redirect"); response.StatusCode != http.StatusUnauthorized || got != "/sign-in?next=%2Fdesk%3Fstate%3Dhandling" {
		t.Errorf("%d to %q", response.StatusCode, got)
	}
}

// Pages far beyond the last one are empty, not broken.
func TestPagesBeyondTheLastAreEmpty(t *testing.T) {
	o := open(t)
	o.submit(lamps)
	lina := o.as("lina")
	lina.sees("/desk?page=9223372036854775807", "现在没有信")
	lina.sees("/desk?page=-3", "梧桐路三盏路灯不亮")
}
