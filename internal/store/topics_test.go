package store_test

import (
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
)

// round puts the letters into one topic that has started.
func round(id string, letters ...*letter.Letter) letter.TopicRound {
	r := letter.TopicRound{Terms: []byte{1}, Joined: map[string]string{}}
	t := letter.Topic{ID: id, Name: "夜市油烟", Place: "柳堤路", Centre: []byte{1, 2}, Found: []uint32{7, 1 << 31}, First: day, Last: day, Started: day}
	for _, l := range letters {
		r.Joined[l.Number] = id
		t.Letters++
	}
	r.Topics = []letter.Topic{t}
	return r
}

func TestATopicComesBackAsItWasKeptAndIsFoundByItsFeatures(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a, b := placed(1, "cgj", ""), placed(2, "cgj", "")
		insert(t, s, a, b)
		waiting, err := s.Unsorted(t.Context(), 1)
		if err != nil || len(waiting) != 1 || waiting[0].Number != a.Number || waiting[0].Title != a.Title {
			t.Fatalf("%+v %v", waiting, err)
		}
		must(s.KeepTopics(t.Context(), round("t1", a, b)))
		if waiting, err = s.Unsorted(t.Context(), 9); err != nil || len(waiting) != 0 {
			t.Errorf("still waiting: %+v %v", waiting, err)
		}
		for feature, n := range map[uint32]int{7: 1, 1 << 31: 1, 8: 0} {
			found, err := s.TopicsFoundBy(t.Context(), []uint32{feature}, day, 5)
			if err != nil || len(found) != n || n == 1 && (found[0].Name != "夜市油烟" || len(found[0].Found) != 2 || len(found[0].Centre) != 2 || !found[0].Started.Equal(day)) {
				t.Errorf("feature %d: %+v %v", feature, found, err)
			}
		}
		if found, err := s.TopicsFoundBy(t.Context(), []uint32{7}, day.Add(time.Second), 5); err != nil || len(found) != 0 {
			t.Errorf("out of memory: %+v %v", found, err)
		}
		if terms, err := s.TopicTerms(t.Context()); err != nil || len(terms) != 1 {
			t.Errorf("%v %v", terms, err)
		}
	})
}

// Two copies of the program that sort the same letters keep them once.
func TestARoundIsKeptOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := placed(1, "cgj", "")
		insert(t, s, a)
		must(s.KeepTopics(t.Context(), round("t1", a)))
		if err := s.KeepTopics(t.Context(), round("t2", a)); err == nil {
			t.Error("a letter is in two topics")
		}
		if found, err := s.TopicsFoundBy(t.Context(), []uint32{7}, day, 5); err != nil || len(found) != 1 || found[0].ID != "t1" {
			t.Errorf("%+v %v", found, err)
		}
	})
}

func TestAMergedTopicIsTheOtherOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a, b := placed(1, "cgj", ""), placed(2, "cgj", "")
		insert(t, s, a, b)
		must(s.KeepTopics(t.Context(), round("t1", a)))
		second := round("t2", b)
		second.Merged = map[string]string{"t1": "t2"}
		must(s.KeepTopics(t.Context(), second))
		got, err := s.StartedTopic(t.Context(), store.Reader{All: true}, "t1", store.Period{To: day.AddDate(1, 0, 0)}, day, 5)
		if err != nil || got.ID != "t2" || got.Received != 2 {
			t.Errorf("%+v %v", got, err)
		}
		if found, err := s.TopicsFoundBy(t.Context(), []uint32{7}, day, 5); err != nil || len(found) != 1 || found[0].ID != "t2" {
			t.Errorf("%+v %v", found, err)
		}
	})
}

// What accuses a unit or is guarded waits for no topic, whoever asks.
func TestSealedLettersAreNotSorted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		guarded, accusing := placed(5, "jw", letter.GuardUnit("jw")), placed(6, "gaj", "")
		accusing.Accused = []string{"zfb"}
		insert(t, s, guarded, accusing)
		if waiting, err := s.Unsorted(t.Context(), 9); err != nil || len(waiting) != 0 {
			t.Errorf("%+v %v", waiting, err)
		}
		if err := s.KeepTopics(t.Context(), round("t1", guarded)); err == nil {
			t.Error("a guarded letter is in a topic")
		}
	})
}

// Topics that never started go when their memory has passed; those that did stay.
func TestOnlyTopicsThatNeverStartedAreForgotten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a, b := placed(1, "cgj", ""), placed(2, "cgj", "")
		insert(t, s, a, b)
		quiet := round("t2", b)
		quiet.Topics[0].Started = time.Time{}
		must(s.KeepTopics(t.Context(), round("t1", a)))
		must(s.KeepTopics(t.Context(), quiet))
		must(s.Forget(t.Context(), store.Expiry{Topics: day.Add(time.Second)}))
		if found, err := s.TopicsFoundBy(t.Context(), []uint32{7}, day, 5); err != nil || len(found) != 1 || found[0].ID != "t1" {
			t.Errorf("%+v %v", found, err)
		}
	})
}
