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
	b := o.browser()
	for path, next := range map[string]string{"/desk": "%2Fdesk", "/desk/letters/26112300000015?from=unit": "%2Fdesk%2Fletters%2F26112300000015%3Ffrom%3Dunit"} {
		if r := b.Get(path); r.Status != http.StatusSeeOther || r.Location != "/sign-in?next="+next {
			t.Errorf("%s: %d to %q", path, r.Status, r.Location)
		}
	}
	b.Post("/desk/letters/26112300000015/acceptance", nil).Want(t, http.StatusUnauthorized)
	r := b.Post("/sign-in", url.Values{"login": {" LINA "}, "password": {password}, "next": {"/desk/letters/26112300000015?from=unit"}})
	if r.Status != http.StatusSeeOther || r.Location != "/desk/letters/26112300000015?from=unit" {
		t.Errorf("after signing in: %d to %q", r.Status, r.Location)
	}
	b.sees("/desk", "本单位来信", "李娜")
	b.Post("/sign-out", nil)
	b.Get("/desk").Want(t, http.StatusSeeOther)
}

func TestSignInLeadsNowhereElse(t *testing.T) {
	o := open(t)
	for _, next := range []string{"https://example.org/", "//example.org/", `/\example.org`, "javascript:alert(1)", "desk", "", "/sign-out", "/desk\nX: y", "http:desk"} {
		b := o.browser()
		if r := b.Post("/sign-in", url.Values{"login": {"lina"}, "password": {password}, "next": {next}}); r.Location != "/desk" {
			t.Errorf("next=%q leads to %q", next, r.Location)
		}
	}
}

// Nobody learns which logins exist: the answer for an unknown one, for a disabled
// one and for a wrong password is the same.
func TestWrongLoginAndWrongPasswordAreAnsweredAlike(t *testing.T) {
	o := open(t)
	gone := staff.Member{Login: "gone", Name: "离岗", Unit: "zfb", Roles: []staff.Role{staff.Reviewer}, PasswordHash: passwordHash, Disabled: true}
	if err := o.Store.PutMember(t.Context(), gone, o.Now); err != nil {
		t.Fatal(err)
	}
	texts := map[string]bool{}
	for login, pass := range map[string]string{"nobody": password, "lina": "wrong", "gone": password, "": ""} {
		b := o.browser()
		r := b.Post("/sign-in", url.Values{"login": {login}, "password": {pass}})
		if r.Status != http.StatusUnauthorized || b.Cookie("session") != "" {
			t.Errorf("%q: %d", login, r.Status)
		}
		if strings.Contains(r.Text, pass) && pass != "" {
			t.Errorf("the password of %q stands on the page", login)
		}
		_, wrong, _ := strings.Cut(r.Text, `role="alert"`)
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
	b := o.browser()
	for _, login := range []string{"lina", "nobody"} {
		for range 5 {
			b.Post("/sign-in", url.Values{"login": {login}, "password": {"wrong"}}).Want(t, http.StatusUnauthorized)
		}
		r := b.Post("/sign-in", url.Values{"login": {login}, "password": {password}})
		r.Want(t, http.StatusTooManyRequests, "15 分钟后再试")
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
	o.Submit(lamps)
	lina := o.as("lina")
	lina.sees("/desk?page=9223372036854775807", "现在没有信")
	lina.sees("/desk?page=-3", "梧桐路三盏路灯不亮")
}
