package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"huiyin/internal/letter"
)

// TopicFigures are a started topic and its letters of a period, as far as the reader may see them.
type TopicFigures struct {
	letter.Topic
	Received int      // letters
	People   int      // different senders; those who are unknown count as one
	Open     int      // letters without an answer
	Units    []string // that have letters of it, most first
	Category string   // of most letters
	Weeks    []int    // letters in each week of seven days up to the moment asked for, the last one last
}

// mostTopics bounds a page: of a period with more, those with the latest letters are shown.
const mostTopics = 300

// StartedTopics are the topics that have started and have letters in the period, with their letters in the weeks that
// end at a moment.
func (s *Store) StartedTopics(ctx context.Context, reader Reader, p Period, until time.Time, weeks int) ([]TopicFigures, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT "+topicColumns+` FROM topics WHERE started_at IS NOT NULL AND merged_into IS NULL
		AND last_at >= $1 ORDER BY last_at DESC, id LIMIT $2`, p.From.UnixMilli(), mostTopics)
	if err != nil {
		return nil, fmt.Errorf("list topics: %w", err)
	}
	topics, err := collect(rows, topicPlaces)
	if err != nil {
		return nil, fmt.Errorf("list topics: %w", err)
	}
	return s.topicFigures(ctx, reader, topics, p, until, weeks)
}

// StartedTopic is one of them; letter.ErrNotFound when there is none. A topic that became part of another is that other.
func (s *Store) StartedTopic(ctx context.Context, reader Reader, id string, p Period, until time.Time, weeks int) (TopicFigures, error) {
	t, err := s.topic(ctx, id)
	if err != nil {
		return TopicFigures{}, err
	}
	list, err := s.topicFigures(ctx, reader, []letter.Topic{t}, p, until, weeks)
	if err != nil || len(list) == 0 {
		return TopicFigures{}, errors.Join(err, letter.ErrNotFound)
	}
	return list[0], nil
}

func (s *Store) topic(ctx context.Context, id string) (letter.Topic, error) {
	var t letter.Topic
	err := s.db.QueryRowContext(ctx, "SELECT "+topicColumns+` FROM topics WHERE started_at IS NOT NULL
		AND id = (SELECT COALESCE(merged_into, id) FROM topics WHERE id = $1)`, id).Scan(topicPlaces(&t)...)
	if errors.Is(err, sql.ErrNoRows) {
		return t, letter.ErrNotFound
	}
	if err != nil {
		return t, fmt.Errorf("read topic %s: %w", id, err)
	}
	return t, nil
}

// topicFigures counts the letters of topics and leaves out those of which the reader sees none.
func (s *Store) topicFigures(ctx context.Context, reader Reader, topics []letter.Topic, p Period, until time.Time, weeks int) ([]TopicFigures, error) {
	if len(topics) == 0 {
		return nil, nil
	}
	of := map[string]*TopicFigures{}
	ids := make([]string, len(topics))
	for i, t := range topics {
		ids[i] = t.ID
		of[t.ID] = &TopicFigures{Topic: t, Weeks: make([]int, weeks)}
	}
	for _, count := range []func(context.Context, Reader, []string, map[string]*TopicFigures, Period) error{s.topicTotals, s.topicUnits, s.topicCategories} {
		if err := count(ctx, reader, ids, of, p); err != nil {
			return nil, err
		}
	}
	if err := s.topicWeeks(ctx, reader, ids, of, until, weeks); err != nil {
		return nil, err
	}
	var list []TopicFigures
	for _, id := range ids {
		if f := of[id]; f.Received > 0 {
			list = append(list, *f)
		}
	}
	return list, nil
}

// inTopics are the letters of these topics in a period that the reader may see.
func inTopics(reader Reader, ids []string, p Period) *condition {
	c := &condition{}
	c.readable(reader)
	c.and(inTheOpen)
	c.and("topic IS NOT NULL AND " + in(c, "topic", ids))
	c.and("received_at >= " + c.arg(p.From.UnixMilli()) + " AND received_at < " + c.arg(p.To.UnixMilli()))
	return c
}

func (s *Store) topicTotals(ctx context.Context, reader Reader, ids []string, of map[string]*TopicFigures, p Period) error {
	return s.eachGroup(ctx, "topic, COUNT(*), COUNT(DISTINCT sender), SUM(CASE WHEN is_open THEN 1 ELSE 0 END)", "topic", inTopics(reader, ids, p),
		func(scan func(...any) error) error {
			var id string
			var received, people, open int
			if err := scan(&id, &received, &people, &open); err != nil {
				return err
			}
			of[id].Received, of[id].People, of[id].Open = received, people, open
			return nil
		})
}

func (s *Store) topicUnits(ctx context.Context, reader Reader, ids []string, of map[string]*TopicFigures, p Period) error {
	c := inTopics(reader, ids, p)
	c.and("unit <> ''")
	return s.eachGroup(ctx, "topic, unit, COUNT(*)", "topic, unit ORDER BY COUNT(*) DESC, unit", c, func(scan func(...any) error) error {
		var id, unit string
		var n int
		if err := scan(&id, &unit, &n); err != nil {
			return err
		}
		of[id].Units = append(of[id].Units, unit)
		return nil
	})
}

func (s *Store) topicCategories(ctx context.Context, reader Reader, ids []string, of map[string]*TopicFigures, p Period) error {
	c := inTopics(reader, ids, p)
	c.and("category <> ''")
	return s.eachGroup(ctx, "topic, category, COUNT(*)", "topic, category ORDER BY COUNT(*) DESC, category", c, func(scan func(...any) error) error {
		var id, category string
		var n int
		if err := scan(&id, &category, &n); err != nil {
			return err
		}
		if of[id].Category == "" {
			of[id].Category = category
		}
		return nil
	})
}

const week = 7 * 24 * time.Hour

func (s *Store) topicWeeks(ctx context.Context, reader Reader, ids []string, of map[string]*TopicFigures, until time.Time, weeks int) error {
	from := until.Add(-time.Duration(weeks) * week)
	c := inTopics(reader, ids, Period{From: from, To: until})
	// Whole numbers divide to whole numbers on both databases.
	nth := fmt.Sprintf("(received_at - %d) / %d", from.UnixMilli(), week.Milliseconds())
	return s.eachGroup(ctx, "topic, "+nth+", COUNT(*)", "topic, "+nth, c, func(scan func(...any) error) error {
		var id string
		var i, n int
		if err := scan(&id, &i, &n); err != nil {
			return err
		}
		if i >= 0 && i < weeks {
			of[id].Weeks[i] = n
		}
		return nil
	})
}

func (s *Store) eachGroup(ctx context.Context, columns, group string, c *condition, use func(scan func(...any) error) error) error {
	rows, err := s.db.QueryContext(ctx, strings.Join([]string{"SELECT", columns, "FROM letters", c.where(), "GROUP BY", group}, " "), c.args...)
	if err != nil {
		return fmt.Errorf("count letters of topics: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := use(rows.Scan); err != nil {
			return fmt.Errorf("count letters of topics: %w", err)
		}
	}
	return rows.Err()
}

// TopicOfSource is the topic of a letter by its id in the system it came from, "" when it has none.
func (s *Store) TopicOfSource(ctx context.Context, source, id string) (topic string, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT COALESCE(topic, '') FROM letters WHERE source = $1 AND source_id = $2 AND source_id <> ''`,
		source, id).Scan(&topic)
	if errors.Is(err, sql.ErrNoRows) {
		return "", letter.ErrNotFound
	}
	if err != nil {
		return "", fmt.Errorf("topic of %s %s: %w", source, id, err)
	}
	return topic, nil
}
