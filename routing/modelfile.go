package routing

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"

	"huiyin/internal/letter"
)

// Learned is what training found, before it is packed into a Model.
type Learned struct {
	Card   Card // Version and Features are filled in
	Hashes []uint64
	Rare   []float32
	Heads  []LearnedHead
}

// LearnedHead is one target: Weights holds a row for each feature, a label beside the other.
type LearnedHead struct {
	Target  Target
	Labels  []string
	Weights []float32
	Bias    []float32
	Sharp   float32
	Trust   float32
}

// NewModel packs what was learned: each label's weights in steps of a 127th of its greatest, which changes no decision
// that is not a tie, and makes a city's model a few megabytes.
func NewModel(l Learned) *Model {
	m := &Model{card: l.Card, rows: len(l.Hashes), rare: l.Rare}
	m.card.Features = m.rows
	for _, h := range l.Heads {
		m.heads = append(m.heads, head{target: h.Target, labels: h.Labels, first: m.wide, bias: h.Bias, sharp: h.Sharp, trust: h.Trust, step: steps(h)})
		m.wide += len(h.Labels)
	}
	m.table = make([]int8, m.rows*m.wide)
	for i, h := range l.Heads {
		k := len(h.Labels)
		for row := range m.rows {
			for j, w := range h.Weights[row*k : (row+1)*k] {
				m.table[row*m.wide+m.heads[i].first+j] = int8(math.RoundToEven(float64(w / m.heads[i].step[j])))
			}
		}
	}
	m.index(l.Hashes)
	sum := sha256.Sum256(m.payload())
	m.card.Version = fmt.Sprintf("%s-%x", m.card.Trained.UTC().Format("20060102"), sum[:4])
	return m
}

func steps(h LearnedHead) []float32 {
	step := make([]float32, len(h.Labels))
	for i, w := range h.Weights {
		k := i % len(h.Labels)
		step[k] = max(step[k], w, -w)
	}
	for k := range step {
		step[k] = max(step[k], 1e-9) / 127
	}
	return step
}

// index fills the table of hashes, at most half full.
func (m *Model) index(hashes []uint64) {
	size := 1
	for size < 2*len(hashes)+2 {
		size *= 2
	}
	m.slots = make([]slot, size)
	for i := range m.slots {
		m.slots[i].row = -1
	}
	mask := uint64(size - 1)
	for row, h := range hashes {
		i := h & mask
		for m.slots[i].row >= 0 {
			i = (i + 1) & mask
		}
		m.slots[i] = slot{h, int32(row)}
	}
}

// modelMark opens a model file; another layout gets another number.
const modelMark = "huiyin routing model 1\n"

// maxModel bounds what a damaged length can make the reader take.
const maxModel = 1 << 28

type preface struct {
	Card  Card          `json:"card"`
	Heads []prefaceHead `json:"heads"`
}

type prefaceHead struct {
	Target Target    `json:"target"`
	Labels []string  `json:"labels"`
	Bias   []float32 `json:"bias"`
	Step   []float32 `json:"step"`
	Sharp  float32   `json:"sharp"`
	Trust  float32   `json:"trust,omitempty"`
}

// Bytes is the model as one file: a mark, the SHA-256 of the rest, the card as JSON, the packed tables.
func (m *Model) Bytes() []byte {
	var body bytes.Buffer
	z, _ := gzip.NewWriterLevel(&body, gzip.BestSpeed) // the level is known, and a buffer takes everything
	card, err := json.Marshal(m.preface())
	if err != nil {
		panic(fmt.Sprintf("routing: model card: %v", err)) // numbers that are no numbers were refused by training
	}
	z.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(card))))
	z.Write(card)
	z.Write(m.payload())
	z.Close()
	sum := sha256.Sum256(body.Bytes())
	return append(append([]byte(modelMark), sum[:]...), body.Bytes()...)
}

func (m *Model) preface() preface {
	p := preface{Card: m.card}
	for _, h := range m.heads {
		p.Heads = append(p.Heads, prefaceHead{h.target, h.labels, h.bias, h.step, h.sharp, h.trust})
	}
	return p
}

// payload is hashes, rarities and weights in the order of the rows.
func (m *Model) payload() []byte {
	hashes := make([]uint64, m.rows)
	for _, s := range m.slots {
		if s.row >= 0 {
			hashes[s.row] = s.hash
		}
	}
	out := make([]byte, 0, m.rows*(12+m.wide))
	for _, h := range hashes {
		out = binary.LittleEndian.AppendUint64(out, h)
	}
	for _, x := range m.rare {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(x))
	}
	for _, w := range m.table {
		out = append(out, byte(w))
	}
	return out
}

// ReadModel reads what Bytes wrote. A file that is damaged, cut short or of another layout is refused.
func ReadModel(file []byte) (*Model, error) {
	m, err := readModel(file)
	if err != nil {
		return nil, letter.Refuse("模型文件不能用：已损坏，或不是本系统的模型。请重新训练，或换一个文件。").Because(err)
	}
	return m, nil
}

func readModel(file []byte) (*Model, error) {
	body, ok := bytes.CutPrefix(file, []byte(modelMark))
	if !ok || len(body) < sha256.Size {
		return nil, errors.New("no model file")
	}
	if sum := sha256.Sum256(body[sha256.Size:]); !bytes.Equal(sum[:], body[:sha256.Size]) {
		return nil, errors.New("its sum is wrong")
	}
	z, err := gzip.NewReader(bytes.NewReader(body[sha256.Size:]))
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(io.LimitReader(z, maxModel))
	if err != nil {
		return nil, err
	}
	if len(raw) < 4 || len(raw)-4 < int(binary.LittleEndian.Uint32(raw)) {
		return nil, errors.New("its card is cut short")
	}
	card, payload := raw[4:4+binary.LittleEndian.Uint32(raw)], raw[4+binary.LittleEndian.Uint32(raw):]
	var p preface
	if err := json.Unmarshal(card, &p); err != nil {
		return nil, fmt.Errorf("its card: %w", err)
	}
	return unpack(p, payload)
}

func unpack(p preface, payload []byte) (*Model, error) {
	m := &Model{card: p.Card, rows: p.Card.Features}
	for _, h := range p.Heads {
		if n := len(h.Labels); n == 0 || len(h.Bias) != n || len(h.Step) != n {
			return nil, fmt.Errorf("head %s is not whole", h.Target)
		}
		m.heads = append(m.heads, head{h.Target, h.Labels, m.wide, h.Bias, h.Step, h.Sharp, h.Trust})
		m.wide += len(h.Labels)
	}
	if m.rows < 0 || len(payload) != m.rows*(12+m.wide) {
		return nil, fmt.Errorf("%d bytes of weights for %d features and %d labels", len(payload), m.rows, m.wide)
	}
	hashes := make([]uint64, m.rows)
	for i := range hashes {
		hashes[i] = binary.LittleEndian.Uint64(payload[8*i:])
	}
	payload = payload[8*m.rows:]
	m.rare = make([]float32, m.rows)
	for i := range m.rare {
		m.rare[i] = math.Float32frombits(binary.LittleEndian.Uint32(payload[4*i:]))
	}
	payload = payload[4*m.rows:]
	m.table = make([]int8, len(payload))
	for i, b := range payload {
		m.table[i] = int8(b)
	}
	m.index(hashes)
	return m, nil
}
