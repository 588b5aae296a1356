package store_test

import (
	"errors"
	"reflect"
	"strconv"
	"sync"
	"testing"
	"time"

	"huiyin/intake/survey"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
)

func TestARuleOfTheCityIsEndedNotDeleted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		may := day.AddDate(0, 2, 0)
		item := func(id, body string, from time.Time) letter.CityItem {
			return letter.CityItem{Kind: "unit", ID: id, Body: []byte(body), Source: "演示", From: from}
		}
		err := s.PutCityItems(t.Context(), []letter.CityItem{item("cgj", `1`, time.Time{}), item("cgj", `2`, may), item("gaj", `3`, time.Time{}), {Kind: "rule", ID: "r", Body: []byte(`4`)}}, day)
		if err != nil {
			t.Fatal(err)
		}
		bodies := func(at time.Time, kinds ...string) string {
			t.Helper()
			list, err := s.CityItems(t.Context(), at, kinds...)
			if err != nil {
				t.Fatal(err)
			}
			text := ""
			for _, i := range list {
				text += string(i.Body)
			}
			return text
		}
		if got := bodies(day); got != "413" {
			t.Errorf("now %s", got)
		}
		if got := bodies(may, "unit"); got != "23" {
			t.Errorf("units from May %s", got)
		}
		if err := s.EndCityItem(t.Context(), "unit", "gaj", may, day.Add(time.Second)); err != nil {
			t.Fatal(err)
		}
		if got := bodies(may.Add(-time.Millisecond)) + " " + bodies(may); got != "413 42" {
			t.Errorf("before and after the end: %s", got)
		}
		// A rule with a later date comes into force, or ends, without anybody changing it then.
		for at, want := range map[time.Time]time.Time{
			day.Add(time.Minute):       day.Add(time.Second),
			may.Add(-time.Millisecond): day.Add(time.Second),
			may:                        may,
			may.Add(time.Hour):         may,
		} {
			if changed, err := s.CityChanged(t.Context(), at); err != nil || !changed.Equal(want) {
				t.Errorf("at %s changed %s, want %s; %v", at, changed, want, err)
			}
		}
	})
}

func TestMembersAndTheirTokens(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		m := staff.Member{Login: "lina", Name: "李娜", Unit: "cgj", Roles: []staff.Role{staff.Handler, staff.Reviewer}, PasswordHash: "h"}
		if err := s.PutMember(t.Context(), m, day); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Member(t.Context(), "lina"); err != nil || !reflect.DeepEqual(got, m) {
			t.Errorf("got %+v %v", got, err)
		}
		if _, err := s.Member(t.Context(), "nobody"); !letter.IsKind(err, letter.KindNotFound) {
			t.Errorf("no member: %v", err)
		}
		if err := s.PutToken(t.Context(), "hash", "lina", day, day.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if got, err := s.MemberByToken(t.Context(), "hash", day); err != nil || got.Login != "lina" {
			t.Errorf("by token %+v %v", got, err)
		}
		if _, err := s.MemberByToken(t.Context(), "hash", day.Add(time.Hour)); !letter.IsKind(err, letter.KindNotFound) {
			t.Errorf("an expired token: %v", err)
		}
		m.Disabled = true
		if err := s.PutMember(t.Context(), m, day); err != nil {
			t.Fatal(err)
		}
		if _, err := s.MemberByToken(t.Context(), "hash", day); !letter.IsKind(err, letter.KindNotFound) {
			t.Errorf("the token of a disabled member: %v", err)
		}
		if list, err := s.Members(t.Context()); err != nil || len(list) != 1 || !list[0].Disabled {
			t.Errorf("members %+v %v", list, err)
		}
		if err := s.DropTokens(t.Context(), "lina"); err != nil {
			t.Fatal(err)
		}
	})
}

func TestANonceIsGoodOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		end := day.Add(time.Minute)
		for _, c := range []struct {
			scope string
			at    time.Time
			want  bool
		}{{"calls", day, true}, {"calls", day, false}, {"wechat", day, true}, {"calls", end, false}, {"calls", end.Add(time.Second), true}} {
			if fresh, err := s.UseNonce(t.Context(), c.scope, "n", end, c.at); err != nil || fresh != c.want {
				t.Errorf("%s at %v: %v %v", c.scope, c.at, fresh, err)
			}
		}
	})
}

func TestDraftsDocumentsAnswersAndBeats(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		if body, _, err := s.WeChatDraft(ctx, "a"); err != nil || body != nil {
			t.Errorf("no draft: %q %v", body, err)
		}
		err := errors.Join(s.PutWeChatDraft(ctx, "a", []byte("1"), day), s.PutWeChatDraft(ctx, "a", []byte("2"), day))
		if body, at, e := s.WeChatDraft(ctx, "a"); err != nil || e != nil || string(body) != "2" || !at.Equal(day) {
			t.Errorf("draft %q %v %v %v", body, at, err, e)
		}
		if err := s.DropWeChatDraft(ctx, "a"); err != nil {
			t.Fatal(err)
		}
		if body, _, err := s.WeChatDraft(ctx, "a"); err != nil || body != nil {
			t.Errorf("dropped draft: %q %v", body, err)
		}

		if err := s.PutDocument(ctx, "interview", "i", []byte("0"), day); err != nil {
			t.Fatal(err)
		}
		var wait sync.WaitGroup
		for range 20 {
			wait.Go(func() {
				err := s.UpdateDocument(ctx, "interview", "i", day, func(b []byte) ([]byte, error) {
					n, err := strconv.Atoi(string(b))
					return []byte(strconv.Itoa(n + 1)), err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		if b, err := s.Document(ctx, "interview", "i"); err != nil || string(b) != "20" {
			t.Errorf("after 20 updates at once %s %v", b, err)
		}
		if _, err := s.Document(ctx, "survey", "i"); !letter.IsKind(err, letter.KindNotFound) {
			t.Errorf("no document: %v", err)
		}
		if list, err := s.Documents(ctx, "interview"); err != nil || len(list) != 1 {
			t.Errorf("documents %+v %v", list, err)
		}

		for i, want := range []bool{true, false} {
			a := survey.Form{ID: strconv.Itoa(i), Once: "form", Body: []byte("{}"), At: day}
			if fresh, err := s.AddSurveyAnswer(ctx, "q", a); err != nil || fresh != want {
				t.Errorf("answer %d: %v %v", i, fresh, err)
			}
		}
		if list, err := s.SurveyAnswers(ctx, "q"); err != nil || len(list) != 1 {
			t.Errorf("answers %+v %v", list, err)
		}

		err = errors.Join(s.Beat(ctx, "one", day), s.Beat(ctx, "one", day.Add(time.Minute)), s.Beat(ctx, "two", day))
		if beats, e := s.Beats(ctx, day); err != nil || e != nil || len(beats) != 1 || !beats["one"].Equal(day.Add(time.Minute)) {
			t.Errorf("beats %v %v %v", beats, err, e)
		}
	})
}

func TestForgottenKeysMayComeAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		once := &letter.Once{Key: "k"}
		if err := s.Insert(t.Context(), written(1), once); err != nil {
			t.Fatal(err)
		}
		old := day.Add(time.Millisecond)
		if err := s.Forget(t.Context(), store.Expiry{Idempotency: old, Nonces: old, Drafts: old}); err != nil {
			t.Fatal(err)
		}
		if err := s.Insert(t.Context(), written(2), once); err != nil {
			t.Errorf("after it was forgotten: %v", err)
		}
	})
}
