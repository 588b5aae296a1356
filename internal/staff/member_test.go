package staff_test

import (
	"strings"
	"testing"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
)

func TestAccountsSayWhatIsWrongWithThem(t *testing.T) {
	good := staff.Member{Login: "lina", Name: "李娜", Unit: "cgj", Roles: []staff.Role{staff.Handler}}
	cases := []struct {
		why   string
		spoil func(*staff.Member)
		field string
	}{
		{"a complete account", func(*staff.Member) {}, ""},
		{"an @ would break the actor of an event", func(m *staff.Member) { m.Login = "lina@cgj" }, "login"},
		{"a colon too", func(m *staff.Member) { m.Login = "li:na" }, "login"},
		{"no name", func(m *staff.Member) { m.Name = " " }, "name"},
		{"no role", func(m *staff.Member) { m.Roles = nil }, "roles"},
		{"an unknown role", func(m *staff.Member) { m.Roles = []staff.Role{"boss"} }, "roles"},
		{"a handler without a unit", func(m *staff.Member) { m.Unit = "" }, "unit"},
		{"system and audit in one hand", func(m *staff.Member) { m.Roles = []staff.Role{staff.Admin, staff.Audit} }, "roles"},
	}
	for _, c := range cases {
		m := good
		c.spoil(&m)
		err := m.Check()
		if c.field == "" {
			if err != nil {
				t.Errorf("%s: %v", c.why, err)
			}
			continue
		}
		if !letter.IsKind(err, letter.KindInvalid) || err.(*letter.Error).Fields[c.field] == "" {
			t.Errorf("%s: got %v, want field %s named", c.why, err, c.field)
		}
	}
}

func TestEveryRoleHasItsWord(t *testing.T) {
	for _, r := range staff.Roles {
		if !r.Known() || r.Word() == "" {
			t.Errorf("%s has no word", r)
		}
	}
	m := staff.Member{Roles: []staff.Role{staff.Dispatcher, staff.Duty}}
	if got := m.RoleWords(); got != "派单员、值班员" {
		t.Errorf("got %s", got)
	}
}

func TestPasswordRule(t *testing.T) {
	cases := []struct {
		password string
		ok       bool
	}{
		{"Abcdef1234", true},
		{"abc-def-1234", true},
		{"市政府Abc1234567", true},
		{"Abcdef123", false},
		{"abcdefgh1234", false},
		{"ABCDEFGHIJKL", false},
		{"", false},
		{"Abcdef12\x0034", false},
		{"Abcdef1234\xff", false},
		{strings.Repeat("Ab1", 50), false},
	}
	for _, c := range cases {
		if err := staff.CheckRule(c.password); (err == nil) != c.ok {
			t.Errorf("%q: %v", c.password, err)
		}
		if _, err := staff.HashPassword(c.password); (err == nil) != c.ok {
			t.Errorf("hash of %q: %v", c.password, err)
		}
	}
}

func TestPasswordIsStoredAsArgon2idWith19MiB(t *testing.T) {
	hash, err := staff.HashPassword("Abcdef1234")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("hash is %s", hash)
	}
	for password, want := range map[string]bool{"Abcdef1234": true, "Abcdef1235": false, "": false, strings.Repeat("x", 1<<20): false} {
		if ok, err := staff.CheckPassword(hash, password); err != nil || ok != want {
			t.Errorf("%.20q: %v, %v", password, ok, err)
		}
	}
	if ok, err := staff.CheckPassword("", "Abcdef1234"); ok || err != nil {
		t.Errorf("no account: %v, %v", ok, err)
	}
	if ok, err := staff.CheckPassword("damaged", "Abcdef1234"); ok || err == nil {
		t.Errorf("damaged hash: %v, %v", ok, err)
	}
}

func TestFirstPasswordsKeepTheRuleAndDiffer(t *testing.T) {
	seen := map[string]bool{}
	for range 200 {
		p := staff.NewPassword()
		if err := staff.CheckRule(p); err != nil || seen[p] {
			t.Fatalf("%s: %v, seen %v", p, err, seen[p])
		}
		seen[p] = true
	}
}

func TestTokenIsFoundByItsHashOnly(t *testing.T) {
	token, hash := staff.NewToken()
	other, _ := staff.NewToken()
	if token == other || strings.Contains(hash, token) || len(hash) != 64 {
		t.Errorf("token %s, hash %s", token, hash)
	}
	if staff.TokenHash(token) != hash || staff.TokenHash(other) == hash {
		t.Error("the hash does not tell tokens apart")
	}
}
