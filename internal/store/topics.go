package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"huiyin/internal/letter"
)

// What a topic does with letters is decided by routing/training; here they are kept and found. A letter that is guarded,
// or accuses a unit, is in no topic: everybody who may open a topic may open all its letters.
const inTheOpen = "guard = '' AND accused = ''"

const reportedColumns = "number, sender, title, body, place, received_at"

func reported(l *letter.Reported) []any {
	return []any{&l.Number, &l.Sender, &l.Title, &l.Body, &l.Place, moment{&l.Received}}
}

// Unsorted are letters without a topic that everybody may read, longest received first.
func (s *Store) Unsorted(ctx context.Context, most int) ([]letter.Reported, error) {
	return s.reported(ctx, "topic IS NULL AND "+inTheOpen, "received_at, number", most)
}

// TopicLetters are the latest letters of a topic, in the order of their receipt.
func (s *Store) TopicLetters(ctx context.Context, topic string, most int) ([]letter.Reported, error) {
	list, err := s.reported(ctx, "topic = $2 AND topic IS NOT NULL AND "+inTheOpen, "received_at DESC, number DESC", most, topic)
	slices.Reverse(list)
	return list, err
}

func (s *Store) reported(ctx context.Context, where, order string, most int, args ...any) ([]letter.Reported, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT "+reportedColumns+" FROM letters WHERE "+where+" ORDER BY "+order+" LIMIT $1",
		append([]any{most}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("read letters for topics: %w", err)
	}
	return collect(rows, reported)
}

// Where the memory of all topics is kept.
const (
	topicsKind = "topics"
	termsID    = "terms"
)

// TopicTerms is the memory of all topics as the last round left it, nil before the first.
func (s *Store) TopicTerms(ctx context.Context) ([]byte, error) {
	b, err := s.Document(ctx, topicsKind, termsID)
	if letter.IsKind(err, letter.KindNotFound) {
		return nil, nil
	}
	return b, err
}

const topicColumns = "id, name, place, centre, found, letters, first_at, last_at, started_at"

func topicPlaces(t *letter.Topic) []any {
	return []any{&t.ID, &t.Name, &t.Place, &t.Centre, features{&t.Found}, &t.Letters, moment{&t.First}, moment{&t.Last}, moment{&t.Started}}
}

// Both databases take far more, but a text of its own is parsed for each length.
const (
	askedAtOnce  = 50
	loadedAtOnce = 200
	keptAtOnce   = 100
)

// TopicsFoundBy are, for each feature, the latest topics found by it whose last letter came since.
func (s *Store) TopicsFoundBy(ctx context.Context, list []uint32, since time.Time, mostPer int) ([]letter.Topic, error) {
	if len(list) == 0 {
		return nil, nil
	}
	st, err := s.db.PrepareContext(ctx, foundByText)
	if err != nil {
		return nil, fmt.Errorf("find topics: %w", err)
	}
	defer st.Close()
	ids := map[string]bool{}
	for some := range slices.Chunk(list, askedAtOnce) {
		args := []any{since.UnixMilli(), mostPer}
		for i := range askedAtOnce {
			args = append(args, int64(some[min(i, len(some)-1)]))
		}
		rows, err := st.QueryContext(ctx, args...)
		if err != nil {
			return nil, fmt.Errorf("find topics: %w", err)
		}
		found, err := collect(rows, func(id *string) []any { return []any{id} })
		if err != nil {
			return nil, fmt.Errorf("find topics: %w", err)
		}
		for _, id := range found {
			ids[id] = true
		}
	}
	return s.topicsOf(ctx, slices.Sorted(maps.Keys(ids)))
}

// foundByText asks for many features at once, each with a limit of its own: one text, prepared once.
var foundByText = func() string {
	selects := make([]string, askedAtOnce)
	for i := range selects {
		n := strconv.Itoa(i + 3)
		selects[i] = "SELECT topic FROM (SELECT topic FROM topic_features WHERE feature = $" + n +
			" AND last_at >= $1 ORDER BY last_at DESC, topic DESC LIMIT $2) AS f" + n
	}
	return strings.Join(selects, " UNION ")
}()

func (s *Store) topicsOf(ctx context.Context, ids []string) (topics []letter.Topic, err error) {
	for some := range slices.Chunk(ids, loadedAtOnce) {
		c := &condition{}
		c.and(in(c, "id", some) + " AND merged_into IS NULL")
		rows, err := s.db.QueryContext(ctx, "SELECT "+topicColumns+" FROM topics"+c.where()+" ORDER BY id", c.args...)
		if err != nil {
			return nil, fmt.Errorf("read topics: %w", err)
		}
		list, err := collect(rows, topicPlaces)
		if err != nil {
			return nil, fmt.Errorf("read topics: %w", err)
		}
		topics = append(topics, list...)
	}
	return topics, nil
}

// SealedInTopics are letters that are in a topic and kept from readers since, with the topics they are in.
func (s *Store) SealedInTopics(ctx context.Context, most int) (numbers []string, topics []letter.Topic, err error) {
	rows, err := s.db.QueryContext(ctx, `SELECT number, topic FROM letters
		WHERE topic IS NOT NULL AND (guard <> '' OR accused <> '') ORDER BY number LIMIT $1`, most)
	if err != nil {
		return nil, nil, fmt.Errorf("find sealed letters in topics: %w", err)
	}
	type member struct{ number, topic string }
	list, err := collect(rows, func(m *member) []any { return []any{&m.number, &m.topic} })
	if err != nil {
		return nil, nil, fmt.Errorf("find sealed letters in topics: %w", err)
	}
	ids := map[string]bool{}
	for _, m := range list {
		numbers = append(numbers, m.number)
		ids[m.topic] = true
	}
	topics, err = s.topicsOf(ctx, slices.Sorted(maps.Keys(ids)))
	return numbers, topics, err
}

// errSorted undoes a round whose letters somebody else sorted, or which were sealed meanwhile: the next one sees it.
var errSorted = errors.New("letters of this round were sorted or sealed meanwhile")

// KeepTopics keeps a round, all of it or nothing.
func (s *Store) KeepTopics(ctx context.Context, r letter.TopicRound) error {
	return s.write(ctx, func(ctx context.Context, q querier) error {
		if err := joinTopics(ctx, q, r); err != nil {
			return err
		}
		for _, from := range slices.Sorted(maps.Keys(r.Merged)) {
			if err := mergeTopic(ctx, q, from, r); err != nil {
				return err
			}
		}
		if err := keepTopics(ctx, q, r.Topics); err != nil {
			return err
		}
		if r.Terms == nil {
			return nil
		}
		return putDocument(ctx, q, topicsKind, termsID, r.Terms, latest(r.Topics))
	})
}

func latest(topics []letter.Topic) (at time.Time) {
	for _, t := range topics {
		if t.Last.After(at) {
			at = t.Last
		}
	}
	return at
}

func joinTopics(ctx context.Context, q querier, r letter.TopicRound) error {
	for _, number := range r.Withdrawn {
		if _, err := q.ExecContext(ctx, `UPDATE letters SET topic = NULL WHERE number = $1`, number); err != nil {
			return fmt.Errorf("take %s out of its topic: %w", number, err)
		}
	}
	for _, number := range slices.Sorted(maps.Keys(r.Joined)) {
		n, err := affected(q.ExecContext(ctx, `UPDATE letters SET topic = $2 WHERE number = $1 AND topic IS NULL AND `+inTheOpen,
			number, r.Joined[number]))
		if err != nil {
			return fmt.Errorf("topic of %s: %w", number, err)
		}
		if n == 0 {
			return errSorted
		}
	}
	return nil
}

func mergeTopic(ctx context.Context, q querier, from string, r letter.TopicRound) error {
	into, at := r.Merged[from], time.Time{}
	for _, t := range r.Topics {
		if t.ID == into {
			at = t.Last
		}
	}
	for _, step := range []struct {
		text string
		args []any
	}{
		{`UPDATE letters SET topic = $2 WHERE topic = $1 AND topic IS NOT NULL`, []any{from, into}},
		{`DELETE FROM topic_features WHERE topic = $1`, []any{from}},
		{`INSERT INTO topics (id, name, place, letters, first_at, last_at, merged_into) VALUES ($1, '', '', 0, $3, $3, $2)
			ON CONFLICT (id) DO UPDATE SET name = '', place = '', letters = 0, centre = NULL, found = NULL, merged_into = excluded.merged_into`,
			[]any{from, into, at.UnixMilli()}},
		{`UPDATE topics SET merged_into = $2 WHERE merged_into = $1`, []any{from, into}},
		{topicEventText, []any{from, "merged", at.UnixMilli()}},
	} {
		if _, err := q.ExecContext(ctx, step.text, step.args...); err != nil {
			return fmt.Errorf("merge topic %s: %w", from, err)
		}
	}
	return nil
}

const topicEventText = `INSERT INTO topic_events (topic, kind, at) VALUES ($1, $2, $3) ON CONFLICT (topic, kind) DO NOTHING`

func keepTopics(ctx context.Context, q querier, topics []letter.Topic) error {
	for some := range slices.Chunk(topics, keptAtOnce) {
		c := &condition{}
		ids := make([]string, len(some))
		for i, t := range some {
			ids[i] = t.ID
		}
		c.and(in(c, "topic", ids))
		if _, err := q.ExecContext(ctx, "DELETE FROM topic_features"+c.where(), c.args...); err != nil {
			return fmt.Errorf("drop features of topics: %w", err)
		}
	}
	found := batch{table: "topic_features", columns: []string{"feature", "last_at", "topic"}}
	for _, t := range topics {
		if err := keepTopic(ctx, q, t); err != nil {
			return fmt.Errorf("keep topic %s: %w", t.ID, err)
		}
		for _, f := range t.Found {
			if found.add(int64(f), t.Last.UnixMilli(), t.ID); found.rows == keptAtOnce {
				if err := found.insert(ctx, q); err != nil {
					return err
				}
				found.rows, found.values = 0, nil
			}
		}
	}
	return found.insert(ctx, q)
}

func keepTopic(ctx context.Context, q querier, t letter.Topic) error {
	_, err := q.ExecContext(ctx, `INSERT INTO topics (`+topicColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, place = excluded.place, centre = excluded.centre, found = excluded.found,
		letters = excluded.letters, first_at = excluded.first_at, last_at = excluded.last_at, started_at = excluded.started_at`,
		t.ID, t.Name, t.Place, blob(t.Centre), blob(featureBytes(t.Found)), t.Letters, t.First.UnixMilli(), t.Last.UnixMilli(), millis(t.Started))
	if err != nil {
		return err
	}
	if t.Started.IsZero() {
		return nil
	}
	_, err = q.ExecContext(ctx, topicEventText, t.ID, "started", t.Started.UnixMilli())
	return err
}
