package routing_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
	"unicode/utf8"

	"huiyin/internal/letter"
	"huiyin/internal/segment"
	"huiyin/routing"
	"huiyin/routing/training"
)

// cityLetters makes up letters for every unit of the demonstration city from the city's own words, with all four
// targets, as a city's history has them.
func cityLetters(r *routing.Router, n int) []training.Example {
	turn := rand.New(rand.NewPCG(1, 1))
	common := r.Words()
	units := r.Units()
	var all []training.Example
	for i := range n {
		u := units[i%len(units)]
		words := []string{"\n"}
		for range 90 {
			if own := append(u.Keywords, u.Weak...); len(own) > 0 && turn.IntN(4) == 0 {
				words = append(words, own[turn.IntN(len(own))])
			} else {
				words = append(words, common[turn.IntN(len(common))])
			}
		}
		at := i % len(units)
		if turn.IntN(6) == 0 {
			at = turn.IntN(len(units)) // people disagree about every sixth
		}
		all = append(all, training.Example{Words: words, Labels: map[routing.Target]string{
			routing.TellsUnit: units[at].ID, routing.TellsKind: string(letter.Kinds[at%len(letter.Kinds)]),
			routing.TellsCategory: fmt.Sprintf("%02d%02d", 1+at%15, 1+at%4), routing.TellsUrgency: []string{"normal", "urgent"}[at%2],
		}})
	}
	return all
}

var allTargets = []routing.Target{routing.TellsUnit, routing.TellsKind, routing.TellsCategory, routing.TellsUrgency}

// BenchmarkDecideLearned is a decision of rules and model on a letter of 204 characters, after cutting and with it.
func BenchmarkDecideLearned(b *testing.B) {
	r := demo(b)
	seg, err := segment.Open(b.TempDir(), r.Words())
	if err != nil {
		b.Fatal(err)
	}
	m, err := training.Train(context.Background(), cityLetters(r, 1500), training.Options{Seed: 1, Trained: time.Unix(0, 0), Router: r, Targets: allTargets})
	if err != nil {
		b.Fatal(err)
	}
	taught := r.With(m)
	d := letter.Draft{Title: "路灯不亮", Body: lamps + "上个月给社区打过两次电话，社区说已经转给路灯管理部门，可是到现在没有人来看，也没有人回过电话。"}
	if n := utf8.RuneCountInString(d.Title + d.Body); n < 200 {
		b.Fatal(n)
	}
	words := seg.Letter(d.Title, d.Body)
	b.Run("cut before", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			taught.Decide(d, words, nil)
		}
	})
	b.Run("with cutting", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			taught.Decide(d, seg.Letter(d.Title, d.Body), nil)
		}
	})
	b.Run("model alone", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			m.Guess(routing.TellsUnit, words, 1)
		}
	})
}

// BenchmarkTrain learns unit, kind, category and urgency from 10,000 letters of 90 words on one core.
func BenchmarkTrain(b *testing.B) {
	r := demo(b)
	examples := cityLetters(r, 10_000)
	for b.Loop() {
		m, err := training.Train(context.Background(), examples, training.Options{Seed: 1, Trained: time.Unix(0, 0), Router: r, Targets: allTargets})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(m.Bytes()))/(1<<20), "MB")
	}
}
