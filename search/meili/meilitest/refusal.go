package meilitest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// refusal is an error as the server words it.
type refusal struct {
	Message string `json:"message"`
	Code    string `json:"code"`
	Type    string `json:"type"`
	Link    string `json:"link"`
	status  int
}

// The types of a refusal.
const (
	invalid = "invalid_request"
	auth    = "auth"
)

func refuse(code, kind string, status int, message string, args ...any) *refusal {
	return &refusal{fmt.Sprintf(message, args...), code, kind, "https://docs.meilisearch.com/errors#" + code, status}
}

func bad(code, message string, args ...any) *refusal {
	return refuse(code, invalid, http.StatusBadRequest, message, args...)
}

func (r *refusal) write(w http.ResponseWriter) { writeJSON(w, r.status, r) }

func writeJSON(w http.ResponseWriter, status int, answer any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if answer != nil {
		json.NewEncoder(w).Encode(answer)
	}
}

// strictly decodes a body in which nothing may stand that the server does not know.
func strictly(body []byte, into any) *refusal {
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		if _, syntax := err.(*json.SyntaxError); syntax || err == io.ErrUnexpectedEOF {
			return bad("malformed_payload", "The json payload provided is malformed. %v", err)
		}
		return bad("bad_request", "%v", err)
	}
	if d.More() {
		return bad("malformed_payload", "trailing characters")
	}
	return nil
}
