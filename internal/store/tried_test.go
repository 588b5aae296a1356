package store_test

import (
	"fmt"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
)

// More letters than one batch, all answered at the same moment, are each handed over once; a guarded one, and one that
// accuses the reader's unit, never.
func TestLettersToTryRulesOnComeOnceEach(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		const many = 203
		h := testhouse.New(t, s)
		accusation := h.Submit(letter.Draft{Title: "举报受贿", Body: "我实名举报市住建局副局长李某收受开发商贿赂二十万元，有转账记录，请纪委调查。"})
		if h.Read(accusation).Guard == "" {
			t.Fatal("not guarded")
		}
		var numbers []string
		for i := range many {
			numbers = append(numbers, h.Submit(letter.Draft{Kind: letter.Help, Title: fmt.Sprintf("春晖路第 %d 盏路灯不亮", i), Body: "路灯不亮，请尽快处理。"}))
		}
		reader := store.Reader{All: true, Own: "zwfw"}
		seen := map[string]int{}
		take := func(l *letter.Letter) error {
			seen[l.Number]++
			if l.Title != "" || len(l.Events) == 0 || len(l.Clocks) == 0 && l.State.Open() {
				return fmt.Errorf("%s has %d events, %d clocks, title %q", l.Number, len(l.Events), len(l.Clocks), l.Title)
			}
			return nil
		}
		once := func(want int) {
			t.Helper()
			for number, n := range seen {
				if n != 1 || number == accusation {
					t.Errorf("%s came %d times", number, n)
				}
			}
			if len(seen) != want {
				t.Errorf("%d letters, want %d", len(seen), want)
			}
			clear(seen)
		}
		for most, more := range map[int]bool{many: false, many - 1: true, 1: true} {
			got, err := s.EachOpen(t.Context(), reader, most, take)
			testhouse.Must(t, err)
			if got != more {
				t.Errorf("at most %d: more is %v", most, got)
			}
			once(most)
		}
		for _, n := range numbers {
			h.Answer(n, "您好，已修好。", "")
		}
		day := store.Period{From: h.Now, To: h.Now.Add(time.Hour)}
		more, err := s.EachAnswered(t.Context(), reader, day, many+9, take)
		testhouse.Must(t, err)
		if more {
			t.Error("there are more")
		}
		once(many)
		_, err = s.EachAnswered(t.Context(), reader, store.Period{From: day.To, To: day.To.Add(time.Hour)}, many, take)
		testhouse.Must(t, err)
		once(0)
	})
}
