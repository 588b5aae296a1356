//go:build bench

package bench_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/segment"
	"huiyin/routing/training"
)

type streamLine struct{ ID, User, Title, Body, Time, Topic string }

func readLines(t *testing.T, path string) (list []streamLine) {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<22)
	for s.Scan() {
		var l streamLine
		if err := json.Unmarshal(s.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		list = append(list, l)
	}
	return list
}

func TestTopicsOfAFile(t *testing.T) {
	lines := readLines(t, os.Getenv("HUIYIN_TOPICS_FILE"))
	words, err := segment.Open(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	topics := training.NewTopics(training.NewTerms(), 400*24*time.Hour)
	of := map[string]string{}
	members := map[string][]streamLine{}
	most, sum := 0, 0
	for _, l := range lines {
		at, err := time.Parse("2006/1/2 15:04:05", l.Time)
		if err != nil {
			if at, err = time.Parse("2006-1-2 15:04:05", l.Time); err != nil {
				t.Fatal(err)
			}
		}
		id := topics.Add(letter.Reported{Number: l.ID, Sender: l.User, Title: l.Title, Body: l.Body, Received: at}, words.Words(l.Title+"\n"+l.Body))
		_ = id
		most, sum = max(most, topics.Compared), sum+topics.Compared
	}
	took := time.Since(began)
	fmt.Println("took", took, "topics", len(members), "compared most", most, "mean", float64(sum)/float64(len(lines)))
	for _, l := range lines {
		of[l.ID] = topics.Of(l.ID)
		members[of[l.ID]] = append(members[of[l.ID]], l)
	}
	var ids []string
	for id := range members {
		ids = append(ids, id)
	}
	people := func(id string) int {
		set := map[string]bool{}
		for _, l := range members[id] {
			set[l.User] = true
		}
		return len(set)
	}
	sort.Slice(ids, func(i, j int) bool {
		a, b := ids[i], ids[j]
		if people(a) != people(b) {
			return people(a) > people(b)
		}
		return a < b
	})
	for _, id := range ids[:25] {
		m := members[id]
		fmt.Printf("== %d letters %d people %s .. %s\n", len(m), people(id), m[0].Time, m[len(m)-1].Time)
		for i, l := range m {
			if i < 60 {
				fmt.Println("    ", l.ID, l.Time, l.Title)
			}
		}
	}
	for _, s := range readLines(t, os.Getenv("HUIYIN_TOPICS_SEED")) {
		fmt.Println(s.Topic, s.ID, of[s.ID], len(members[of[s.ID]]), s.Title)
	}
}
