package training

import (
	"context"
	"hash/fnv"
	"slices"
	"time"

	"huiyin/internal/letter"
	"huiyin/routing"
)

// mostHistory is how many letters of a city's history are learned from, the newest: more would not be learned in a night.
const mostHistory = 20_000

// atOnce is how many letters are read in one go, so that intake goes on between.
const atOnce = 500

// correctionCounts is how many ordinary letters a correction counts for.
const correctionCounts = 4

// history is the city's letters that found their unit, each beside what is learned from it.
type history struct {
	letters  []letter.Settled
	examples []Example
	cluster  []int // near-identical letters share a number
	clusters int
}

// read goes through the history once, from the newest letter.
func (t *Teacher) read(ctx context.Context, rules *routing.Router) (history, error) {
	var h history
	before, number := t.Now().Add(time.Millisecond), ""
	for len(h.letters) < mostHistory {
		list, err := t.Store.Settled(ctx, before, number, atOnce)
		if err != nil {
			return h, err
		}
		for _, l := range list {
			if _, known := rules.Unit(l.Unit); known && l.Title+l.Body != "" && !rules.ByHand(l.Category) {
				h.letters = append(h.letters, l)
				h.examples = append(h.examples, exampleOf(l, t.Words.Letter(l.Title, l.Body)))
			}
		}
		if len(list) < atOnce {
			break
		}
		before, number = list[len(list)-1].Received, list[len(list)-1].Number
	}
	h.cluster, h.clusters = Clusters(h.examples)
	return h, ctx.Err()
}

// exampleOf is what a letter teaches: its unit, and what people said of kind, category and urgency. What the router only
// guessed and nobody looked at would teach it its own opinion.
func exampleOf(l letter.Settled, words []string) Example {
	e := Example{
		Draft:  letter.Draft{Channel: l.Channel, Column: l.Column, Title: l.Title, Body: l.Body, Place: l.Place},
		Words:  words,
		Labels: map[routing.Target]string{routing.TellsUnit: l.Unit},
	}
	if l.Corrected() {
		e.Weight = correctionCounts
	}
	if p := l.Placement; slices.Contains(p.Given, letter.GivenKind) || l.Kind != p.Kind {
		e.Labels[routing.TellsKind] = string(l.Kind)
	}
	if p := l.Placement; slices.Contains(p.Given, letter.GivenCategory) || l.Category != p.Category {
		e.Labels[routing.TellsCategory] = l.Category
	}
	if l.Corrected() {
		e.Labels[routing.TellsUrgency] = string(l.Urgency)
	}
	return e
}

// decided lists the letters of which a person said where they belong, after a moment.
func (h history) decided(after time.Time) (at []int) {
	for i, l := range h.letters {
		if l.Decided.After(after) {
			at = append(at, i)
		}
	}
	return at
}

func (h history) corrections() (n int) {
	for _, l := range h.letters {
		if l.Corrected() {
			n++
		}
	}
	return n
}

// fewestDecided is from how many letters decided by people on a part of them is kept aside; below that each is needed,
// and a part would be too small to say anything.
const fewestDecided = 20

// aside says which letters no model is ever trained on: a fifth of those that people decided, found by their numbers so
// that it stays the same, with all letters that are near-identical to them.
func (h history) aside() map[int]bool {
	if len(h.decided(time.Time{})) < fewestDecided {
		return nil
	}
	first, judged := make([]string, h.clusters), make([]bool, h.clusters)
	for i, l := range h.letters {
		c := h.cluster[i]
		if first[c] == "" || l.Number < first[c] {
			first[c] = l.Number
		}
		judged[c] = judged[c] || !l.Decided.IsZero()
	}
	aside := map[int]bool{}
	for i := range h.letters {
		if c := h.cluster[i]; judged[c] && fifth(first[c]) {
			aside[i] = true
		}
	}
	return aside
}

func fifth(number string) bool {
	f := fnv.New32a()
	f.Write([]byte(number))
	return f.Sum32()%5 == 0
}

// but is the examples that pass.
func (h history) but(left func(i int) bool) []Example {
	some := make([]Example, 0, len(h.examples))
	for i, e := range h.examples {
		if !left(i) {
			some = append(some, e)
		}
	}
	return some
}
