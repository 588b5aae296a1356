package local_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"huiyin/search"
	"huiyin/search/local"
)

// filled is an index of 2,000 letters put together from the parts of the quality set.
func filled(b *testing.B) (*local.Index, []search.Document) {
	b.Helper()
	var parts []string
	for _, d := range qualityLetters(b) {
		parts = append(parts, d.Title, d.Body, d.Reply)
	}
	began := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	all := make([]search.Document, 2_000)
	for i := range all {
		part := func(step int) string { return parts[(i*step+i/len(parts))%len(parts)] }
		all[i] = search.Document{
			Number: fmt.Sprintf("%014d", i), Unit: fmt.Sprint("unit", i%40), Category: fmt.Sprint("category", i%20), Kind: "help",
			Title: fmt.Sprintf("%s（第%d号）", part(1), i), Body: part(7) + part(11) + part(13), Reply: part(17) + part(19) + part(23),
			Answered: began.Add(time.Duration(i) * time.Hour),
		}
	}
	index := open(b, b.TempDir())
	b.Cleanup(func() {
		if err := index.Close(); err != nil {
			b.Error(err)
		}
	})
	if err := index.Put(b.Context(), all...); err != nil {
		b.Fatal(err)
	}
	return index, all
}

func BenchmarkSearch(b *testing.B) {
	index, all := filled(b)
	var pasted strings.Builder
	for i := range 20 {
		pasted.WriteString(all[i*31].Body)
	}
	for name, query := range map[string]func(i int) search.Query{
		"word":   func(int) search.Query { return search.Query{Text: "污水"} },
		"words":  func(int) search.Query { return search.Query{Text: "小区 停车费 物业"} },
		"title":  func(i int) search.Query { return search.Query{Text: all[i%len(all)].Title} },
		"pasted": func(int) search.Query { return search.Query{Text: pasted.String()} },
		"newest": func(int) search.Query { return search.Query{} },
		"filter": func(int) search.Query { return search.Query{Department: "unit7", From: all[100].Answered} },
	} {
		b.Run(name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				if _, err := index.Search(b.Context(), query(i)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkPut(b *testing.B) {
	index, all := filled(b)
	for i := 0; b.Loop(); i++ {
		if err := index.Put(b.Context(), all[i%len(all)]); err != nil {
			b.Fatal(err)
		}
	}
}
