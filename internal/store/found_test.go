package store_test

import (
	"slices"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
)

// What a search found is shown in its order, and only to whom may read it.
func TestWhatWasFoundIsShownToWhomMayReadIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := testhouse.New(t, s)
		first := h.Submit(letter.Draft{Title: "路灯不亮", Body: "湖滨路的路灯坏了三盏，晚上一片漆黑，请维修。"})
		sealed := h.Submit(letter.Draft{Title: "房管局办事不公", Body: "房管局的工作人员收了开发商的红包和一架缂丝屏风，验收时睁一只眼闭一只眼。"})
		last := h.Submit(letter.Draft{Title: "欠薪", Body: "工地老板拖欠我们三个月工资，一直不发，请劳动监察部门帮我们要回来。"})
		named := []string{last, sealed, "26112399999997", first}
		for login, want := range map[string][]string{"jiangtao": {last, first}, "gaoyuan": {sealed}, "weiran": nil} {
			list, err := s.Found(t.Context(), store.ReaderOf(h.Member(login)), named)
			testhouse.Must(t, err)
			var got []string
			for _, f := range list {
				got = append(got, f.Number)
				if f.Body == "" {
					t.Errorf("%s has no text", f.Number)
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s is shown %v, not %v", login, got, want)
			}
		}
	})
}

// Every letter is filed once, those of more than one batch too, and the deliveries tell which changed since a moment.
func TestFiledLettersAndThoseDeliveredSince(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := testhouse.New(t, s)
		old := h.Submit(letter.Draft{Title: "路灯不亮", Body: "湖滨路的路灯坏了三盏，晚上一片漆黑，请维修。", Name: "王芳", Phone: "13900001234"})
		fresh := h.Submit(letter.Draft{Title: "欠薪", Body: "工地老板拖欠我们三个月工资，一直不发，请劳动监察部门帮我们要回来。"})
		list, err := s.FiledAmong(t.Context(), []string{old, fresh, "26112399999997"})
		testhouse.Must(t, err)
		if len(list) != 2 {
			t.Fatalf("%d letters are filed", len(list))
		}
		for _, f := range list {
			if l := h.Read(f.Number); f.Title != l.Title || f.Unit != l.Unit || f.Sender != l.Sender || !f.Received.Equal(l.Received) || (len(f.Contact) > 0) != (f.Number == old) {
				t.Errorf("%s is filed as %+v", f.Number, f)
			}
		}
		var all []string
		testhouse.Must(t, s.EachFiled(t.Context(), func(f store.Filed) error { all = append(all, f.Number); return nil }))
		if !slices.Equal(all, slices.Sorted(slices.Values([]string{old, fresh}))) {
			t.Errorf("all are %v", all)
		}
	})
}

// finished does what a handler has to do with one letter at a moment.
func finished(t *testing.T, s *store.Store, handler string, at time.Time) {
	t.Helper()
	list, err := s.ClaimDeliveries(t.Context(), handler, at, time.Minute, 100)
	testhouse.Must(t, err)
	testhouse.Must(t, s.FinishDeliveries(t.Context(), list, at))
}

func TestDeliveredSinceNamesEachLetterOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := testhouse.New(t, s)
		at := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
		h.Submit(letter.Draft{Title: "路灯不亮", Body: "湖滨路的路灯坏了三盏，晚上一片漆黑，请维修。"})
		finished(t, s, "live", at)
		fresh := h.Submit(letter.Draft{Title: "欠薪", Body: "工地老板拖欠我们三个月工资，一直不发，请劳动监察部门帮我们要回来。"})
		finished(t, s, "live", at.Add(time.Hour))
		finished(t, s, "other", at.Add(time.Hour))
		got, err := s.DeliveredSince(t.Context(), at.Add(time.Minute), []string{"live"})
		testhouse.Must(t, err)
		if !slices.Equal(got, []string{fresh}) {
			t.Errorf("delivered since are %v, not %v", got, fresh)
		}
	}, store.WithHandlers(func(letter.Event, *letter.Letter) []string { return []string{"live", "other"} }))
}
