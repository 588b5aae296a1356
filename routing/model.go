package routing

import (
	"slices"
	"time"

	"huiyin/internal/letter"
)

// Target is what a model was taught to tell: one head of it each.
type Target string

// The targets of a city's model; a model trained on a file has one of any name.
const (
	TellsUnit     Target = "unit"
	TellsKind     Target = "kind"
	TellsCategory Target = "category"
	TellsUrgency  Target = "urgency"
)

// Model is what was learned from letters that people placed: linear, one row of weights for a feature. It never changes
// and may be used by many goroutines.
type Model struct {
	card  Card
	slots []slot // open addressing by hash; a power of two
	rows  int
	rare  []float32 // by row: how much a rare feature counts for more
	wide  int       // labels of all heads
	table []int8    // by row: one weight for each label of each head
	heads []head
}

type slot struct {
	hash uint64
	row  int32 // -1: empty
}

type head struct {
	target Target
	labels []string
	first  int       // place of its first label in a row
	bias   []float32 // by label
	step   []float32 // by label: what one of the table's units is worth
	sharp  float32   // turns points into probabilities
	trust  float32   // what the share of points that rules give counts for beside the model's own
}

// Card tells where a model comes from and how good it was on letters it had not seen.
type Card struct {
	Version  string     `json:"version"`
	Trained  time.Time  `json:"trained"` // UTC
	Seed     int64      `json:"seed"`
	Letters  int        `json:"letters"`
	Features int        `json:"features"`
	Heads    []HeadCard `json:"heads"`
}

// HeadCard is the part of a card about one target.
type HeadCard struct {
	Target  Target   `json:"target"`
	Labels  []string `json:"labels"`
	Letters int      `json:"letters"` // that had a label of this head
	Figures Figures  `json:"figures"` // on letters kept aside
}

// Figures tell how often a model was right. Shares are between 0 and 1.
type Figures struct {
	N        int                `json:"n"`
	Accuracy float64            `json:"accuracy"`
	MacroF1  float64            `json:"macro_f1"`
	Top3     float64            `json:"top3"`     // the right label was among the first three
	Coverage map[string]float64 `json:"coverage"` // accuracy among the most certain share of letters, by that share
}

// Card tells where the model comes from.
func (m *Model) Card() Card { return m.card }

// Labels lists what the model can say for a target, nil for one it was not taught.
func (m *Model) Labels(t Target) []string {
	if h := m.head(t); h != nil {
		return slices.Clone(h.labels)
	}
	return nil
}

// Guess is a label with its probability and the words that spoke for it.
type Guess struct {
	Label string
	P     float64 // 0 to 1
	Words []letter.Word
}

// Guess ranks the labels of a target for a letter cut by segment.Letter, best first, at most n (0: all); nil for a
// target the model was not taught. Words are given for the first.
func (m *Model) Guess(t Target, words []string, n int) []Guess {
	h := m.head(t)
	if h == nil {
		return nil
	}
	var s sight
	s.look(m, words)
	return s.guess(m, h, words, n)
}

func (m *Model) head(t Target) *head {
	if m == nil {
		return nil
	}
	for i := range m.heads {
		if m.heads[i].target == t {
			return &m.heads[i]
		}
	}
	return nil
}

// row finds the row of a feature, or -1.
func (m *Model) row(hash uint64) int32 {
	mask := uint64(len(m.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		if s := &m.slots[i]; s.row < 0 || s.hash == hash {
			return s.row
		}
	}
}

// Mistake is a label that was said instead of the right one, and how often.
type Mistake struct {
	Label string `json:"label"`
	N     int    `json:"n"`
}
