package main

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/search/local"
)

// start does what `serve --demo` does to a data folder before it listens, and
// returns what it printed.
func start(t *testing.T, data string) (out string, err error) {
	t.Helper()
	c := defaults()
	c.Data, c.Demo, c.ownData = data, true, true
	p, err := openWork(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	var printed bytes.Buffer
	said := &cobra.Command{}
	said.SetOut(&printed)
	s := &server{parts: p, command: said, log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	if s.index, err = local.Open(s.indexFolder(), s.words, s.indexWords()...); err != nil {
		t.Fatal(err)
	}
	defer s.index.Close()
	s.columns()
	err = s.demonstrate(t.Context())
	return printed.String(), err
}

var account = regexp.MustCompile(`(?m)^  (\w+) +(\S+)  `)

// fits says whether the printed password of an account opens it.
func fits(t *testing.T, data, out string) bool {
	t.Helper()
	p := open(t, data)
	defer p.close()
	found := account.FindStringSubmatch(out)
	if found == nil {
		t.Fatalf("no account is printed:\n%s", out)
	}
	m, err := p.store.Member(t.Context(), found[1])
	if err != nil {
		t.Fatal(err)
	}
	ok, err := staff.CheckPassword(m.PasswordHash, found[2])
	if err != nil {
		t.Fatal(err)
	}
	return ok
}

func open(t *testing.T, data string) *parts {
	t.Helper()
	c := defaults()
	c.Data = data
	p, err := openData(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A folder is seeded once; each start prints passwords that fit, because those of
// the last one were only printed.
func TestADemonstrationIsSeededOnceAndItsPasswordsAreNew(t *testing.T) {
	data := t.TempDir()
	first, err := start(t, data)
	if err != nil || len(account.FindAllString(first, -1)) != 15 || !fits(t, data, first) {
		t.Fatalf("%v\n%s", err, first)
	}
	letters := func() int {
		p := open(t, data)
		defer p.close()
		totals, err := p.store.Totals(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return totals.Letters
	}
	n := letters()
	second, err := start(t, data)
	if err != nil || !fits(t, data, second) || fits(t, data, first) || letters() != n || n < 120 {
		t.Errorf("%v, %d letters, then %d\n%s", err, n, letters(), second)
	}
	if out, errs, code := command(t, "", "verify", "--data", data); code != 0 {
		t.Errorf("verify: exit %d\n%s%s", code, out, errs)
	}
	if names := topicsShown(t, data); len(names) < 2 {
		t.Errorf("topics of the demonstration: %q", names)
	}
}

// topicsShown are the names of the topics of the last 30 days.
func topicsShown(t *testing.T, data string) (names []string) {
	t.Helper()
	p := open(t, data)
	defer p.close()
	now := time.Now()
	list, err := p.store.StartedTopics(t.Context(), store.Reader{All: true}, store.Period{From: now.AddDate(0, 0, -30), To: now}, now, 5)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range list {
		names = append(names, fmt.Sprintf("%s (%s): %d letters, %d people", x.Name, x.Place, x.Received, x.People))
	}
	t.Logf("%q", names)
	return names
}

// A real city's folder is neither filled nor are its accounts touched, even
// before its first letter.
func TestARealCitysFolderIsLeftAlone(t *testing.T) {
	data := t.TempDir()
	p := open(t, data)
	mine := staff.Member{Login: "zhouping", Name: "周平", Roles: []staff.Role{staff.Handler}, Unit: "zjj", PasswordHash: "mine"}
	if err := p.store.PutMember(t.Context(), mine, time.Now()); err != nil {
		t.Fatal(err)
	}
	p.close()
	out, err := start(t, data)
	if err != nil || account.MatchString(out) || !strings.Contains(out, "保持原样") {
		t.Fatalf("%v\n%s", err, out)
	}
	p = open(t, data)
	defer p.close()
	if m, err := p.store.Member(t.Context(), "zhouping"); err != nil || m.PasswordHash != "mine" || m.Name != "周平" {
		t.Errorf("%+v, %v", m, err)
	}
	if totals, err := p.store.Totals(t.Context()); err != nil || totals.Letters != 0 || totals.Members != 1 {
		t.Errorf("%+v, %v", totals, err)
	}
}

// Half a demonstration is not passed off as one.
func TestAnInterruptedDemonstrationIsRefused(t *testing.T) {
	data := t.TempDir()
	p := open(t, data)
	err := p.store.PutDocument(t.Context(), systemKind, demoID, []byte(seeding), time.Now())
	if err == nil {
		err = p.store.PutMember(t.Context(), staff.Member{Login: "lina", Name: "李娜"}, time.Now())
	}
	if err != nil {
		t.Fatal(err)
	}
	p.close()
	if _, err := start(t, data); !letter.IsKind(err, letter.KindRefused) {
		t.Error(err)
	}
}
