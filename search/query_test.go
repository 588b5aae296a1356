package search_test

import (
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"huiyin/internal/letter"
	"huiyin/search"
)

func TestPageBoundsAreThoseThePublicAPIPromises(t *testing.T) {
	for _, row := range []struct {
		page, perPage int
		field         string // the faulty one, empty: allowed
	}{
		{0, 0, ""}, {1, 100, ""}, {100, 100, ""}, {10_000, 1, ""}, {500, 0, ""},
		{101, 100, "page"}, {10_001, 1, "page"}, {501, 0, "page"}, {math.MaxInt, 100, "page"}, {-1, 20, "page"},
		{1, 101, "per_page"}, {1, -1, "per_page"}, {1, math.MinInt, "per_page"},
	} {
		_, err := search.Query{Page: row.page, PerPage: row.perPage}.Check()
		if row.field == "" {
			if err != nil {
				t.Errorf("page %d of %d: %v", row.page, row.perPage, err)
			}
			continue
		}
		fault, ok := err.(*letter.Error)
		if !ok || fault.Kind != letter.KindInvalid || fault.Fields[row.field] == "" {
			t.Errorf("page %d of %d: %v, want field %s refused", row.page, row.perPage, err, row.field)
		}
	}
}

func TestPastedTextIsCutAtACharacter(t *testing.T) {
	q, err := search.Query{Text: " " + strings.Repeat("水", 5_000)}.Check()
	if err != nil {
		t.Fatal(err)
	}
	if n := utf8.RuneCountInString(q.Text); n != 2_000 || !utf8.ValidString(q.Text) {
		t.Errorf("%d characters are read, want 2000 whole ones", n)
	}
}

func TestDocumentCarriesEverythingAHitShows(t *testing.T) {
	answered := time.Date(2025, 12, 31, 17, 0, 0, 0, time.UTC) // an hour into the city's new year
	p := letter.Public{Number: "1", Kind: letter.Help, Column: letter.Guidance, Category: "c", Unit: "u",
		Title: "t", Body: "b", Reply: "r", SourceID: "s", Satisfied: 4, Answered: answered}
	want := search.Document{Number: "1", Kind: letter.Help, Column: letter.Guidance, Category: "c", Unit: "u",
		Title: "t", Body: "b", Reply: "r", SourceID: "s", Satisfied: 4, Answered: answered, District: "t/b/r", Year: 2026}
	if got := search.DocumentOf(p, east{}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	p.Answered, want.Answered, want.Year = time.Time{}, time.Time{}, 0
	if got := search.DocumentOf(p, east{}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// east is a city eight hours before UTC that calls every text a district.
type east struct{}

func (east) District(_ string, texts ...string) string { return strings.Join(texts, "/") }
func (east) Zone() *time.Location                      { return time.FixedZone("east", 8*60*60) }

func TestSuggestionsAndSimilarLettersKeepWithinTheirBounds(t *testing.T) {
	for most, want := range map[int]int{0: 8, -1: 8, 3: 3, 1_000: 20} {
		if got := (search.Typed{Text: " 路灯 ", Most: most}).Check(); got.Most != want || got.Text != "路灯" {
			t.Errorf("%d suggestions: %+v, want %d", most, got, want)
		}
	}
	for most, want := range map[int]int{0: 4, -1: 4, 3: 3, 1_000: 20} {
		if got := (search.Like{Text: " 路灯 ", Most: most}).Check(); got.Most != want || got.Text != "路灯" {
			t.Errorf("%d similar letters: %+v, want %d", most, got, want)
		}
	}
}
