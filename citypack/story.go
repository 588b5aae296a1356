package citypack

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"huiyin/internal/bulk"
	"huiyin/internal/letter"
)

// tale is a demonstration letter as its file writes it.
type tale struct {
	ID        string         `yaml:"id"`
	Channel   letter.Channel `yaml:"channel"`
	Kind      letter.Kind    `yaml:"kind"`
	Column    letter.Column  `yaml:"column"`
	Addressee string         `yaml:"addressee"`
	Title     string         `yaml:"title"`
	Body      string         `yaml:"body"`
	Name      string         `yaml:"name"`
	Phone     string         `yaml:"phone"`
	Place     string         `yaml:"place"`
	Anonymous bool           `yaml:"anonymous"`
	Publish   bool           `yaml:"publish"`
	Age       string         `yaml:"age"`
	Received  time.Time      `yaml:"received"` // a day of the calendar instead of an age
	Unit      string         `yaml:"unit"`
	Path      []chapter      `yaml:"path"`
}

type chapter struct {
	Step      letter.Step `yaml:"step"`
	After     string      `yaml:"after"`
	Unit      string      `yaml:"unit"`
	Category  string      `yaml:"category"`
	Reason    string      `yaml:"reason"`
	Route     string      `yaml:"route"`
	Basis     string      `yaml:"basis"`
	Text      string      `yaml:"text"`
	Note      string      `yaml:"note"`
	Solved    *bool       `yaml:"solved"`
	Satisfied int         `yaml:"satisfied"`
}

// DemoStories are the letters of the demonstration city with what happened to
// them, most with ages that count back from the start.
func DemoStories() ([]bulk.Story, error) {
	files, err := fs.Glob(demo, "demo/letters/*.yaml")
	if err != nil {
		return nil, err
	}
	var stories []bulk.Story
	for _, name := range files {
		var tales []tale
		if err := decode(demo, name, &tales); err != nil {
			return nil, err
		}
		for _, t := range tales {
			s, err := t.story()
			if err != nil {
				return nil, fmt.Errorf("%s, letter %s: %w", name, t.ID, err)
			}
			stories = append(stories, s)
		}
	}
	return stories, nil
}

func (t tale) story() (bulk.Story, error) {
	age, err := duration(t.Age)
	if err != nil {
		return bulk.Story{}, err
	}
	s := bulk.Story{
		ID: t.ID, Age: age, Received: t.Received, Unit: t.Unit,
		Draft: letter.Draft{
			Channel: t.Channel, Kind: t.Kind, Column: t.Column, Addressee: t.Addressee, Title: t.Title,
			Body: strings.TrimSpace(t.Body), Name: t.Name, Phone: t.Phone, Place: t.Place,
			Anonymous: t.Anonymous, Publish: t.Publish,
		},
	}
	for _, c := range t.Path {
		after, err := duration(c.After)
		if err != nil {
			return s, err
		}
		s.Path = append(s.Path, bulk.Chapter{
			Step: c.Step, After: after, Unit: c.Unit, Category: c.Category, Reason: c.Reason, Route: c.Route, Basis: c.Basis,
			Text: strings.TrimSpace(c.Text), Note: strings.TrimSpace(c.Note), Solved: c.Solved, Satisfied: c.Satisfied,
		})
	}
	return s, nil
}

// duration reads 12d5h30m; a day is 24 hours.
func duration(s string) (time.Duration, error) {
	var days time.Duration
	if before, after, ok := strings.Cut(s, "d"); ok {
		n, err := strconv.Atoi(before)
		if err != nil {
			return 0, fmt.Errorf("%q is not a length of time such as 12d5h", s)
		}
		days, s = time.Duration(n)*24*time.Hour, after
	}
	if s == "" {
		return days, nil
	}
	rest, err := time.ParseDuration(s)
	if err != nil {
		return 0, fmt.Errorf("%q is not a length of time such as 12d5h: %w", s, err)
	}
	return days + rest, nil
}
