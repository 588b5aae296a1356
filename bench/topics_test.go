//go:build bench

package bench_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"huiyin/internal/bulk"
	"huiyin/internal/letter"
	"huiyin/internal/sheet"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
)

// A year of a city's letters is sorted into topics within ten seconds, writing included. HUIYIN_TOPICS_FILE names a file
// to import; HUIYIN_TOPICS_SEED one of letters whose topic is known (topic, id), each of which must be together. The ten
// largest topics are printed to be read, with all their letters under -v.
func TestTopicsOfAFile(t *testing.T) {
	file := os.Getenv("HUIYIN_TOPICS_FILE")
	if file == "" {
		t.Skip("HUIYIN_TOPICS_FILE names no file")
	}
	const atMost = 10 * time.Second
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := testhouse.New(t, s)
		h.Now = time.Now()
		began := time.Now()
		taken := imported(t, h, file)
		t.Logf("imported %d letters in %v", taken, time.Since(began).Round(time.Millisecond))
		began = time.Now()
		done, err := h.Sorter().Run(t.Context())
		took := time.Since(began)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("sorted %d letters in %v, %d topics started", done.Sorted, took.Round(time.Millisecond), len(done.Started))
		if took > atMost {
			t.Errorf("%v, at most %v", took, atMost)
		}
		largest(t, s)
		together(t, s, file)
	})
}

func imported(t *testing.T, h *testhouse.House, file string) int {
	rows, err := sheet.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	run := bulk.Import{Intake: h.Intake, Source: "file:" + filepath.Base(file), Channel: letter.Web, Zone: h.City.Zone()}
	report, err := run.Run(t.Context(), rows, func(_, _ int64) {})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range report.Refusals {
		t.Log(r)
	}
	return report.Taken
}

func largest(t *testing.T, s *store.Store) {
	all := store.Period{From: time.Unix(0, 0), To: time.Now()}
	list, err := s.StartedTopics(t.Context(), store.Reader{All: true}, all, time.Now(), 5)
	if err != nil {
		t.Fatal(err)
	}
	slices.SortStableFunc(list, func(a, b store.TopicFigures) int { return b.People - a.People })
	for i, x := range list {
		fmt.Printf("%2d. %s · %s · %d letters, %d people, %s to %s, started %s\n", i+1, x.Name, x.Place, x.Received, x.People,
			x.First.Format(time.DateOnly), x.Last.Format(time.DateOnly), x.Started.Format(time.DateOnly))
		letters, err := s.TopicLetters(t.Context(), x.ID, 1000)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range letters {
			if testing.Verbose() && i < 10 {
				fmt.Printf("      %s %s\n", l.Received.Format(time.DateOnly), l.Title)
			}
		}
	}
}

// together checks that the letters of each known topic lie in one.
func together(t *testing.T, s *store.Store, file string) {
	seed := os.Getenv("HUIYIN_TOPICS_SEED")
	if seed == "" {
		return
	}
	f, err := os.Open(seed)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	of := map[string]map[string]int{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var known struct{ Topic, ID string }
		if err := json.Unmarshal(lines.Bytes(), &known); err != nil {
			t.Fatal(err)
		}
		id, err := s.TopicOfSource(t.Context(), "file:"+filepath.Base(file), known.ID)
		if err != nil {
			t.Fatal(err)
		}
		if of[known.Topic] == nil {
			of[known.Topic] = map[string]int{}
		}
		of[known.Topic][id]++
	}
	for topic, ids := range of {
		fmt.Println(topic, ids)
		if len(ids) != 1 {
			t.Errorf("%s lies in %d topics", topic, len(ids))
		}
	}
}
