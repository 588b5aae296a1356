package routing_test

import (
	"math"
	"os"
	"path/filepath"
	"testing"

	"gopkg.in/yaml.v3"

	"huiyin/internal/letter"
)

// An evaluation sums the leaves by the labels of another tree; summed by our own
// tops they must say what Topics says.
func TestLeavesSumUpToTopics(t *testing.T) {
	r := demo(t)
	for _, s := range samples(t, "units.txt") {
		sums := map[string]float64{}
		last := math.Inf(1)
		for _, l := range r.Leaves(s.draft(), nil) {
			if l.Points <= 0 || l.Points > last {
				t.Fatalf("%s: %s has %v points after %v", s.body, l.Code, l.Points, last)
			}
			last = l.Points
			sums[l.Code[:2]] += l.Points
		}
		topics := r.Topics(s.draft(), nil)
		if len(topics) != len(sums) {
			t.Errorf("%s: %d topics, leaves of %d", s.body, len(topics), len(sums))
		}
		for _, top := range topics {
			if math.Abs(sums[top.Code[:2]]-top.Points) > 0.01 {
				t.Errorf("%s: leaves of %s sum to %v, the topic has %v", s.body, top.Code, sums[top.Code[:2]], top.Points)
			}
		}
	}
	if leaves := r.Leaves(letter.Draft{}, nil); len(leaves) != 0 {
		t.Errorf("an empty letter has %v", leaves)
	}
}

// The map of the evaluation knows every category of the demonstration city.
func TestTheMapOfSevenCategoriesIsWhole(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("..", "bench", "maps", "categories-7.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	labels := map[string]string{}
	if err := yaml.Unmarshal(raw, &labels); err != nil {
		t.Fatal(err)
	}
	r, seen := demo(t), map[string]bool{}
	for _, top := range r.Categories() {
		if labels[top.Code] == "" {
			t.Errorf("category %s %s has no label", top.Code, top.Name)
		}
	}
	for code, label := range labels {
		seen[label] = true
		if !r.HasCategory(code) {
			t.Errorf("the map names %s, which is no category", code)
		}
	}
	if len(seen) != 7 {
		t.Errorf("the map names %d labels, want 7", len(seen))
	}
}
