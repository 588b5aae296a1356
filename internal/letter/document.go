package letter

import "time"

// Document is a JSON text that the store keeps and reads whole: a survey, an
// interview with its questions.
type Document struct {
	ID      string
	Body    []byte
	Updated time.Time
}
