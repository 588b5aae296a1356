package store_test

import (
	"testing"

	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
)

// The dispatch queue falls apart into letters to place, letters to rule on and
// refusals to confirm; none stands in two of them, and guarded ones in none.
func TestDispatchListsDivideTheQueue(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		dispatcher := letter.Actor{Party: letter.ByDispatcher, Member: "zhouping"}
		waiting, proposed, returned, sealed := written(1), written(2), written(3), written(4)
		for _, l := range []*letter.Letter{waiting, proposed, sealed} {
			guard := ""
			if l == sealed {
				guard = letter.GuardDuty
			}
			fresh := *l
			fresh.Status, fresh.Events, fresh.Clocks = letter.Status{}, nil, nil
			must(fresh.Record(letter.Submission, letter.SenderActor, day, letter.Facts{Guard: guard, Digest: l.Digest()}, letter.Facts{}))
			*l = fresh
		}
		must(proposed.Record(letter.Refusal, dispatcher, day, letter.Facts{Reason: "no_concrete_content"}, letter.Facts{Text: "没有具体内容"}))
		must(returned.Record(letter.Objection, letter.Actor{Party: letter.ByUnit, Member: "lina", Unit: "cgj"}, day, letter.Facts{Reason: "not_our_duty"}, letter.Facts{Basis: "三定规定"}))
		insert(t, s, waiting, proposed, returned, sealed)

		reader, page := store.Reader{All: true}, store.Page{Number: 1, Size: 10}
		placed, n, err := s.Undecided(t.Context(), reader, letter.Received, page)
		if err != nil || n != 1 || len(placed) != 1 || placed[0].Number != waiting.Number {
			t.Errorf("to place: %d %v %v", n, placed, err)
		}
		ruled, n, err := s.Undecided(t.Context(), reader, letter.Returned, page)
		if err != nil || n != 1 || ruled[0].Number != returned.Number {
			t.Errorf("to rule on: %d %v %v", n, ruled, err)
		}
		refused, n, err := s.ProposedRefusals(t.Context(), reader, page)
		if err != nil || n != 1 || refused[0].Number != proposed.Number {
			t.Errorf("to confirm: %d %v %v", n, refused, err)
		}
		if _, n, err := s.ProposedRefusals(t.Context(), store.Reader{}, page); err != nil || n != 0 {
			t.Errorf("a reader without rights counts %d, %v", n, err)
		}
	})
}
