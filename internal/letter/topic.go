package letter

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// Topic is a matter that one letter or many are about. Most topics hold one
// letter and nobody looks at them; one that enough different people wrote about
// has started, and supervisors see it.
type Topic struct {
	ID      string
	Name    string    // readable, masked; "" until it has started
	Place   string    // quarter, school or firm that most letters name, otherwise empty
	Centre  []byte    // what its letters have in common, as routing/training writes it
	Found   []uint32  // by which it is found again
	Letters int       // that joined it
	First   time.Time // receipt of the earliest letter
	Last    time.Time // receipt of the latest one
	Started time.Time // receipt of the letter that made it one; zero: not yet
}

// TopicID names a topic after its first letter without telling which that was,
// because that letter may be kept from readers one day.
func TopicID(number string) string {
	sum := sha256.Sum256([]byte("topic:" + number))
	return hex.EncodeToString(sum[:6])
}

// Reported is what a letter brings to a topic.
type Reported struct {
	Number   string
	Sender   string // keyed hash, "" when unknown
	Title    string
	Body     string
	Place    string
	Received time.Time
}

// TopicRules say when a topic has started: so many letters by so many different
// people, received within so many days.
type TopicRules struct {
	Letters int `yaml:"letters" json:"letters"`
	People  int `yaml:"people" json:"people"`
	Days    int `yaml:"days" json:"days"`
	Memory  int `yaml:"memory" json:"memory"` // days without a letter after which a topic is not continued
}

// WithDefaults fills in what a city has not laid down.
func (r TopicRules) WithDefaults() TopicRules {
	for _, d := range []struct {
		value *int
		usual int
	}{{&r.Letters, 5}, {&r.People, 4}, {&r.Days, 60}, {&r.Memory, 400}} {
		if *d.value <= 0 {
			*d.value = d.usual
		}
	}
	return r
}

// TopicRound is what sorting some letters into topics changes, kept all at once.
type TopicRound struct {
	Terms  []byte            // the memory of all topics
	Topics []Topic           // new and changed ones
	Joined map[string]string // number of a letter: its topic
	Merged map[string]string // topic that is no more: the one it became part of

	Withdrawn []string // letters that leave their topics
}
