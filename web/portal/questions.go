package portal

import (
	"context"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"huiyin/internal/privacy"
	"huiyin/internal/segment"
	"huiyin/internal/store"
)

// Questions is the Counter of a running program. It gathers in memory, so that no page waits for the database, and keeps
// nothing that could tell who asked: no address, no time of day, and no text with personal data in it.
//
// A text is counted once for a visitor and a day, or somebody who looks a name up three times would show it to
// supervisors. A visitor is a network address. Residents who share one (a household, a school, a mobile network, a proxy
// that the settings do not name) count as one: what they all ask counts less than it should and is shown later, never
// sooner. Not prevented is that one person asks on three days of a month, from three addresses, or of several processes
// that serve.
type Questions struct {
	store *store.Store
	zone  *time.Location
	now   func() time.Time

	mu     sync.Mutex
	asked  map[dayText]store.SearchCount
	chosen map[dayText]store.AnswerCount
	seen   seen
}

// dayText is a day of the city, as its first moment, and what is counted on it.
type dayText struct {
	day  int64
	text string
}

var _ Counter = (*Questions)(nil)

// NewQuestions counts nothing yet. Days are those of the zone.
func NewQuestions(s *store.Store, zone *time.Location, now func() time.Time) *Questions {
	q := &Questions{store: s, zone: zone, now: now}
	q.empty()
	return q
}

func (q *Questions) empty() {
	q.asked, q.chosen = map[dayText]store.SearchCount{}, map[dayText]store.AnswerCount{}
}

// mostGathered is how many different texts are remembered between two writes; a flood of others is not.
const mostGathered = 2_000

// Asked counts a search, unless its text is not to be kept or the visitor asked it before on this day.
func (q *Questions) Asked(_ context.Context, a Asking) {
	text, ok := KeptQuestion(a.Text)
	if !ok {
		return
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	day := q.today()
	key := dayText{day.UnixMilli(), text}
	c, known := q.asked[key]
	if !known && len(q.asked) >= mostGathered || !q.seen.first(day, a.Visitor, text) {
		return
	}
	c.Day, c.Text = day, text
	c.Asked++
	if a.Exact == 0 {
		c.Nothing++
	}
	q.asked[key] = c
}

// Answered counts an answer that spared somebody a letter.
func (q *Questions) Answered(_ context.Context, number string) {
	day := q.today()
	q.mu.Lock()
	defer q.mu.Unlock()
	key := dayText{day.UnixMilli(), number}
	c := q.chosen[key]
	c.Day, c.Number = day, number
	c.Chosen++
	q.chosen[key] = c
}

func (q *Questions) today() time.Time {
	now := q.now().In(q.zone)
	return time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, q.zone)
}

// Keep writes what was gathered since the last time. What cannot be written is gathered on. Who asked what goes with the
// day also when nobody asks any more.
func (q *Questions) Keep(ctx context.Context) error {
	q.mu.Lock()
	q.seen.forget(q.today())
	asked, chosen := q.asked, q.chosen
	q.empty()
	q.mu.Unlock()
	if len(asked) == 0 && len(chosen) == 0 {
		return nil
	}
	searches, answers := make([]store.SearchCount, 0, len(asked)), make([]store.AnswerCount, 0, len(chosen))
	for _, c := range asked {
		searches = append(searches, c)
	}
	for _, c := range chosen {
		answers = append(answers, c)
	}
	err := q.store.CountSearches(ctx, searches, answers)
	if err != nil {
		q.takeBack(asked, chosen)
	}
	return err
}

func (q *Questions) takeBack(asked map[dayText]store.SearchCount, chosen map[dayText]store.AnswerCount) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for key, c := range q.asked {
		old := asked[key]
		c.Asked, c.Nothing = c.Asked+old.Asked, c.Nothing+old.Nothing
		asked[key] = c
	}
	for key, c := range q.chosen {
		c.Chosen += chosen[key].Chosen
		chosen[key] = c
	}
	q.asked, q.chosen = asked, chosen
}

// What a text may be to be kept: longer ones tell somebody's story, and long numbers belong to somebody.
const (
	longestKept = 30 // characters
	mostDigits  = 3  // beside each other
)

// KeptQuestion is a text as it is kept, folded so that the same question is counted as one; false for what is not kept:
// personal data, long numbers, long texts.
func KeptQuestion(text string) (string, bool) {
	if len(privacy.Find(text)) > 0 {
		return "", false
	}
	text = folded(text)
	if text == "" || utf8.RuneCountInString(text) > longestKept {
		return "", false
	}
	digits := 0
	for _, r := range text {
		if !unicode.IsDigit(r) {
			digits = 0
			continue
		}
		if digits++; digits > mostDigits {
			return "", false
		}
	}
	return text, true
}

// folded is the text in Simplified, narrow and lower case, with one space where there were any.
func folded(text string) string {
	parts := strings.Fields(segment.Clean(text))
	for i, part := range parts {
		line := segment.Fold(part)
		runes := make([]rune, line.Len())
		for at := range runes {
			runes[at] = line.At(at)
		}
		parts[i] = string(runes)
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}
