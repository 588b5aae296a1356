package letter

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Facts is the payload of an event. The public facts are codes, units and
// moments, never free text, because they are never erased; the private facts
// hold what was written, committed to by an HMAC and erasable (contracts.md).
type Facts struct {
	Unit      string   `json:"unit,omitempty"`
	Guard     string   `json:"guard,omitempty"`
	Kind      Kind     `json:"kind,omitempty"`
	Category  string   `json:"category,omitempty"`
	Urgency   Urgency  `json:"urgency,omitempty"`
	Flags     []Flag   `json:"flags,omitempty"`
	Reason    string   `json:"reason,omitempty"`  // a reason code
	Moves     []Moved  `json:"moves,omitempty"`   // of a redating
	Promise   *Promise `json:"promise,omitempty"` // of a submission
	Route     string   `json:"route,omitempty"`   // code of the legal route told to the sender
	Until     int64    `json:"until,omitempty"`   // UTC milliseconds
	Clock     string   `json:"clock,omitempty"`
	Rung      string   `json:"rung,omitempty"`
	Lead      string   `json:"lead,omitempty"`      // number of the lead letter
	Solved    *bool    `json:"solved,omitempty"`    // 是否解决
	Satisfied int      `json:"satisfied,omitempty"` // 1 (very dissatisfied) to 5
	Confirmed bool     `json:"confirmed,omitempty"` // the unit was named, not guessed
	Digest    string   `json:"digest,omitempty"`    // SHA-256 of what the row holds, so that verify sees it changed

	Text  string    `json:"text,omitempty"`  // written to the sender
	Note  string    `json:"note,omitempty"`  // written for the desk
	Basis string    `json:"basis,omitempty"` // legal basis given
	Open  *OpenText `json:"open,omitempty"`  // the version made public
}

// bytes gives the payload as it is stored and hashed; an empty payload is no bytes.
func (f Facts) bytes() ([]byte, error) {
	b, err := json.Marshal(f)
	if err != nil {
		return nil, fmt.Errorf("marshal facts: %w", err)
	}
	if len(b) == 2 {
		return nil, nil
	}
	return b, nil
}

func parseFacts(b []byte) (Facts, error) {
	var f Facts
	if len(b) == 0 {
		return f, nil
	}
	if err := json.Unmarshal(b, &f); err != nil {
		return f, fmt.Errorf("read facts: %w", err)
	}
	return f, nil
}

// missing names the first need that neither payload meets.
func (t Transition) missing(public, private Facts) (Need, bool) {
	for _, n := range t.Needs {
		ok := false
		switch n {
		case NeedUnit:
			ok = public.Unit != ""
		case NeedText:
			ok = strings.TrimSpace(private.Text) != ""
		case NeedReason:
			ok = public.Reason != ""
		case NeedBasis:
			ok = strings.TrimSpace(private.Basis) != ""
		case NeedRating:
			ok = public.Solved != nil && public.Satisfied >= 1 && public.Satisfied <= 5
		case NeedUntil:
			ok = public.Until > 0
		case NeedLead:
			ok = public.Lead != ""
		case NeedRung:
			ok = public.Rung != "" && public.Clock != ""
		case NeedMoves:
			ok = len(public.Moves) > 0
		case NeedOpen:
			ok = private.Open != nil && private.Open.Title != "" && private.Open.Body != "" && private.Open.Reply != ""
		}
		if !ok {
			return n, true
		}
	}
	return "", false
}

var needWords = map[Need]string{
	NeedUnit: "承办单位", NeedText: "文字", NeedReason: "理由", NeedBasis: "依据", NeedRating: "是否解决和满意度（1 到 5）",
	NeedUntil: "新的截止时间", NeedLead: "主件编号", NeedRung: "提示级别", NeedMoves: "变动的时限", NeedOpen: "公开文本的标题、正文和答复",
}
