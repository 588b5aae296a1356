package main

import (
	"errors"
	"slices"
	"testing"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/jobs"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/search"
	"huiyin/web/desk"
)

// files delivers all that happened, as the running program does, and files it.
func (s *server) files(t *testing.T) {
	t.Helper()
	list := s.work()
	list.Tasks = nil
	j, err := jobs.New(list, s.live, s.log, nil)
	if err != nil {
		t.Fatal(err)
	}
	j.Start()
	for waiting := 1; waiting > 0; time.Sleep(20 * time.Millisecond) {
		pending, err := s.store.PendingDeliveries(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		waiting = 0
		for _, n := range pending {
			waiting += n
		}
	}
	if err := errors.Join(j.Stop(t.Context()), s.file(t.Context(), time.Now())); err != nil {
		t.Fatal(err)
	}
}

// A letter for the duty officer that he sends on is an ordinary one, and sealed again when its unit returns it: from then
// on those who found it until now find it by nothing and count it nowhere, and he finds it.
func TestALetterSealedAfterItWasFiledIsFoundNoMore(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		s := deskFeeder(t, url)
		duty := staff.Member{Login: "duanwei", Unit: "zwfw", Roles: []staff.Role{staff.Duty}}
		handler := staff.Member{Login: "lina", Unit: "cgj-sz", Roles: []staff.Role{staff.Handler}}
		others := []staff.Member{handler, {Login: "zhouping", Unit: "zwfw", Roles: []staff.Role{staff.Dispatcher}},
			{Login: "jiangtao", Unit: "zfb", Roles: []staff.Role{staff.Leader}}}
		r, err := s.intake.Submit(t.Context(), letter.Draft{Channel: letter.Web, Kind: letter.Help, Title: "桥头的路灯", Phone: "13900001234", Name: "欧阳国庆",
			Body: "桥头的路灯坏了没人管，我不想活了，今晚就去跳河。"})
		if err != nil {
			t.Fatal(err)
		}
		number := r.Number
		find := func(m staff.Member, want int) {
			t.Helper()
			rights := desk.RightsOf(store.ReaderOf(m))
			for _, q := range []search.DeskQuery{
				{}, {Text: number}, {Text: number[:6]}, {Text: "路灯"}, {Text: "桥头 跳河"}, {Text: "桥头的路灯"}, {Text: "ludeng 桥头"},
				{Text: "13900001234", Sender: s.vault.SenderKey("13900001234")},
				{Text: "欧阳国庆", Name: s.vault.Sign("name", search.FoldedName("欧阳国庆"))}, {Unit: "cgj-sz"}, {States: letter.States},
			} {
				if q.Unit != "" && want > 0 && m.Login == duty.Login {
					continue // a letter that came back is with no unit
				}
				q.Rights = rights
				found, err := s.filing.index.Find(t.Context(), q)
				if err != nil {
					t.Fatal(err)
				}
				if found.Total != want || len(found.Numbers) != want || want > 0 && !slices.Contains(found.Numbers, number) {
					t.Errorf("%s finds %d letters %v by %+v, want %d", m.Login, found.Total, found.Numbers, q, want)
				}
			}
		}
		take := func(m staff.Member, step letter.Step, in casework.Input) {
			t.Helper()
			if _, err := s.casework.Take(t.Context(), number, step, s.city.Load().Cover(m), in); err != nil {
				t.Fatal(err)
			}
			s.files(t)
		}
		s.files(t)
		for _, m := range others {
			find(m, 0)
		}
		find(duty, 1)
		take(duty, letter.Assignment, casework.Input{Unit: handler.Unit})
		for _, m := range others {
			find(m, 1)
		}
		take(handler, letter.Objection, casework.Input{Reason: "not_our_duty", Basis: "职责", Text: "应由公安"})
		for _, m := range others {
			find(m, 0)
		}
		find(duty, 1)
	})
}
