package meilitest

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"
)

// index is one index: letters in the order they came, and settings.
type index struct {
	primaryKey       string
	created, updated time.Time
	settings         settings
	ids              []string
	documents        map[string]document
}

type document map[string]json.RawMessage

// text is a field as it is searched: the texts in it.
func (d document) text(field string) string {
	var text string
	if json.Unmarshal(d[field], &text) == nil {
		return text
	}
	return strings.Trim(string(d[field]), `"`)
}

func (s *Server) make(uid, primaryKey string) *index {
	now := time.Now().UTC()
	x := &index{primaryKey: primaryKey, created: now, updated: now, settings: fresh(), documents: map[string]document{}}
	s.indexes[uid] = x
	return x
}

func (s *Server) createIndex(c call, _ string) (int, any, *refusal) {
	var wanted struct {
		UID        string `json:"uid"`
		PrimaryKey string `json:"primaryKey"`
	}
	if fault := strictly(c.body, &wanted); fault != nil {
		return 0, nil, fault
	}
	if fault := c.admit(wanted.UID); fault != nil {
		return 0, nil, fault
	}
	return s.enqueue(c, wanted.UID, "indexCreation", func() *refusal {
		if s.indexes[wanted.UID] != nil {
			return bad("index_already_exists", "Index `%s` already exists.", wanted.UID)
		}
		s.make(wanted.UID, wanted.PrimaryKey)
		return nil
	})
}

func (s *Server) deleteIndex(c call, uid string) (int, any, *refusal) {
	return s.enqueue(c, uid, "indexDeletion", func() *refusal {
		_, fault := s.index(uid)
		delete(s.indexes, uid)
		return fault
	})
}

// swap knows "rename" since 1.18.
func (s *Server) swap(c call, _ string) (int, any, *refusal) {
	type pair struct {
		Indexes []string `json:"indexes"`
		Rename  bool     `json:"rename"`
	}
	if strings.HasPrefix(s.Version, "1.17.") && bytes.Contains(c.body, []byte(`"rename"`)) {
		return 0, nil, bad("bad_request", "Unknown field `rename` inside `[0]`: expected one of `indexes`")
	}
	var pairs []pair
	if fault := strictly(c.body, &pairs); fault != nil {
		return 0, nil, fault
	}
	for _, p := range pairs {
		if len(p.Indexes) != 2 || p.Rename {
			return 0, nil, bad("invalid_swap_indexes", "Two indexes must be given for each swap.")
		}
		for _, uid := range p.Indexes {
			if fault := c.admit(uid); fault != nil {
				return 0, nil, fault
			}
		}
	}
	return s.enqueue(c, "", "indexSwap", func() *refusal {
		for _, p := range pairs {
			a, b := p.Indexes[0], p.Indexes[1]
			for _, uid := range p.Indexes {
				if _, fault := s.index(uid); fault != nil {
					return fault
				}
			}
			s.indexes[a], s.indexes[b] = s.indexes[b], s.indexes[a]
			s.swapHistory(a, b)
		}
		return nil
	})
}

// swapHistory: the tasks that have ended go with their index.
func (s *Server) swapHistory(a, b string) {
	for _, t := range s.tasks {
		if t.IndexUID == nil || t.FinishedAt == nil {
			continue
		}
		switch *t.IndexUID {
		case a:
			t.IndexUID = &b
		case b:
			t.IndexUID = &a
		}
	}
}

var idForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,511}$`)

// addDocuments adds or replaces, all or none: one bad letter fails the task.
func (s *Server) addDocuments(c call, uid string) (int, any, *refusal) {
	var documents []document
	if fault := strictly(c.body, &documents); fault != nil {
		return 0, nil, fault
	}
	for name := range c.URL.Query() {
		if name != "primaryKey" {
			return 0, nil, bad("bad_request", "Unknown parameter `%s`", name)
		}
	}
	return s.enqueue(c, uid, "documentAdditionOrUpdate", func() *refusal {
		x := s.indexes[uid]
		if x == nil {
			return bad("index_primary_key_no_candidate_found", "The primary key inference failed.")
		}
		for _, d := range documents {
			if _, ok := d[x.primaryKey]; !ok {
				return bad("missing_document_id", "Document doesn't have a `%s` attribute.", x.primaryKey)
			}
			if id := d.text(x.primaryKey); !idForm.MatchString(id) {
				return bad("invalid_document_id", "Document identifier `%s` is invalid.", id)
			}
		}
		for _, d := range documents {
			x.put(d)
		}
		return nil
	})
}

func (x *index) put(d document) {
	id := d.text(x.primaryKey)
	if _, ok := x.documents[id]; !ok {
		x.ids = append(x.ids, id)
	}
	x.documents[id] = d
	x.updated = time.Now().UTC()
}

func (s *Server) deleteDocuments(c call, uid string) (int, any, *refusal) {
	var ids []string
	if fault := strictly(c.body, &ids); fault != nil {
		return 0, nil, fault
	}
	return s.enqueue(c, uid, "documentDeletion", func() *refusal {
		x, fault := s.index(uid)
		if fault != nil {
			return fault
		}
		for _, id := range ids {
			delete(x.documents, id)
			x.ids = slices.DeleteFunc(x.ids, func(other string) bool { return other == id })
		}
		x.updated = time.Now().UTC()
		return nil
	})
}
