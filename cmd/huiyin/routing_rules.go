package main

import (
	"os"
	"slices"

	"gopkg.in/yaml.v3"

	"huiyin/internal/letter"
	"huiyin/routing"
	"huiyin/routing/training"
)

// tryRules places letters by the city's rules alone. The map says which label of the file a category, unit or kind of
// ours stands for; without one our own names are compared.
func tryRules(r *routing.Router, path string, f labelledFile, a reading) ([]training.Trial, error) {
	means, err := readMap(path)
	if err != nil {
		return nil, err
	}
	trials := make([]training.Trial, 0, len(f.drafts))
	for i, d := range f.drafts {
		said := spokenBy(r, d, f.examples[i].Words, means)
		t := training.Trial{Truth: f.examples[i].Labels[a.target]}
		var sum float64
		for _, s := range said {
			t.Said = append(t.Said, s.label)
			sum += s.points
		}
		if sum > 0 {
			t.Sure = said[0].points / sum
		}
		t.Said = t.Said[:min(3, len(t.Said))]
		trials = append(trials, t)
	}
	return trials, nil
}

type saying struct {
	label  string
	points float64
}

// spokenBy adds up what the rules say by label, most points first.
func spokenBy(r *routing.Router, d letter.Draft, words []string, means map[string]string) []saying {
	var said []saying
	add := func(key string, points float64) {
		label := meaning(means, key)
		if label == "" || points <= 0 {
			return
		}
		if i := slices.IndexFunc(said, func(s saying) bool { return s.label == label }); i >= 0 {
			said[i].points += points
			return
		}
		said = append(said, saying{label, points})
	}
	for _, t := range r.Leaves(d, words) {
		add(t.Code, t.Points)
	}
	p := r.Decide(d, words, nil)
	for _, c := range p.Top {
		add(c.Unit, c.Score)
	}
	if p.Kind != "" {
		add(string(p.Kind), 1)
	}
	slices.SortStableFunc(said, func(a, b saying) int {
		switch {
		case a.points > b.points:
			return -1
		case a.points < b.points:
			return 1
		}
		return 0
	})
	return said
}

// meaning looks a key up; a category without a line of its own takes that of its top.
func meaning(means map[string]string, key string) string {
	if label, ok := means[key]; ok || len(key) != 4 {
		return label
	}
	return means[key[:2]]
}

func readMap(path string) (map[string]string, error) {
	if path == "" {
		return nil, &usageError{letter.Refuse("--rules 要有 --map：我们的分类代码、单位或类型对应文件里的哪个标签。")}
	}
	body, err := os.ReadFile(path)
	if err != nil {
		return nil, letter.Refuse("打不开对应表 %s。", path).Because(err)
	}
	means := map[string]string{}
	if err := yaml.Unmarshal(body, &means); err != nil {
		return nil, letter.Refuse("对应表 %s 写得不对：每行应是“代码: 标签”。", path).Because(err)
	}
	return means, nil
}
