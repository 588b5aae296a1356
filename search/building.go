package search

import (
	"encoding/json"
	"time"
)

// Where a Building is kept among the documents, for pages that show it.
const (
	BuildingKind = "system"
	BuildingID   = "index-building"
)

// Building is how far the newest rebuild of the index is, or how it ended.
type Building struct {
	Began   time.Time `json:"began"`
	Ended   time.Time `json:"ended,omitzero"` // zero: it runs, or its process ended before it
	Letters int       `json:"letters"`        // put so far, in the end all
	Of      int       `json:"of"`             // as many as there were published when it began
	Failed  bool      `json:"failed,omitempty"`
}

// Running says that the rebuild has not ended; when its process was killed, the next one to start builds anew.
func (b Building) Running() bool { return !b.Began.IsZero() && b.Ended.IsZero() }

// Percent is how much of it is done, 0 to 100.
func (b Building) Percent() int {
	if b.Of == 0 || b.Letters >= b.Of {
		return 100
	}
	return 100 * b.Letters / b.Of
}

// Took is how long it took.
func (b Building) Took() time.Duration { return b.Ended.Sub(b.Began) }

// Seconds is the same in whole seconds, at least one.
func (b Building) Seconds() int { return max(1, int(b.Took().Round(time.Second).Seconds())) }

// ReadBuilding reads what was kept.
func ReadBuilding(body []byte) (b Building, err error) {
	err = json.Unmarshal(body, &b)
	return b, err
}
