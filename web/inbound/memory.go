package inbound

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"huiyin/channels/wechat"
)

// memory is what is kept of a chat between two messages, sealed under the person's key. The ids of the messages it
// took stand in it, and not in a table of their own, so that a message and its effect are kept or lost together.
type memory struct {
	Draft   *wechat.Draft `json:"draft,omitempty"`
	Taken   []string      `json:"taken,omitempty"`    // newest last
	Filed   string        `json:"filed,omitempty"`    // number of the letter filed last
	FiledBy string        `json:"filed_by,omitempty"` // id of the message that confirmed it
}

// remembered is how many ids are kept: more than a person sends in the five minutes in which a call can be repeated.
const remembered = 50

func (m memory) has(id string) bool { return slices.Contains(m.Taken, id) }

// took is the memory after a message that left this draft.
func (m memory) took(id string, draft *wechat.Draft) memory {
	m.Draft = draft
	m.Taken = append(slices.Clone(m.Taken), id)
	if n := len(m.Taken); n > remembered {
		m.Taken = m.Taken[n-remembered:]
	}
	return m
}

func (s *Server) recall(ctx context.Context, sender string) (memory, error) {
	var m memory
	sealed, _, err := s.Store.WeChatDraft(ctx, sender)
	if err != nil || sealed == nil {
		return m, err
	}
	plain, err := s.Vault.Open(sealed)
	if err != nil {
		return m, fmt.Errorf("open draft: %w", err)
	}
	if err := json.Unmarshal(plain, &m); err != nil {
		return m, fmt.Errorf("read draft: %w", err)
	}
	return m, nil
}

func (s *Server) remember(ctx context.Context, sender string, m memory) error {
	plain, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("keep draft: %w", err)
	}
	sealed, err := s.Vault.Seal(plain)
	if err != nil {
		return err
	}
	return s.Store.PutWeChatDraft(ctx, sender, sealed, s.Now())
}
