package casework_test

import (
	"strings"
	"testing"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
)

// The version offered to the reviewer, and taken without one of his own, hides
// the sender's data; the landline of the office stays in the answer.
func TestThePublishedVersionIsMasked(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.lamps()
		h.answered(number)
		h.take(number, bureau, letter.Publication, casework.Input{})
		p, err := h.Store.Published(t.Context(), number)
		must(t, err)
		if strings.Contains(p.Title+p.Body+p.Reply, "13900000001") || !strings.Contains(p.Reply, "0571-88887777") {
			t.Errorf("published %+v", p)
		}
		h.refused(number, "twice", h.try(number, bureau, letter.Publication, casework.Input{}), letter.KindRefused)
	})
}

func TestPublicationIsRefusedWhilePersonalDataIsLeft(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.lamps()
		h.answered(number)
		clean := letter.OpenText{Title: "路灯不亮", Body: "梧桐路三盏路灯不亮。", Reply: "已修好，电话0571-88887777。"}
		for field, spoil := range map[string]func(*letter.OpenText){
			"open_title": func(o *letter.OpenText) { o.Title += "13900000001" },
			"open_body":  func(o *letter.OpenText) { o.Body += "我的身份证号是11010519491231002X" },
			"open_reply": func(o *letter.OpenText) { o.Reply += "已回电１３９００００００１" + "1" },
		} {
			open := clean
			spoil(&open)
			err := h.try(number, bureau, letter.Publication, casework.Input{Open: &open})
			h.refused(number, field, err, letter.KindInvalid)
			if e, ok := err.(*letter.Error); ok && (len(e.Fields) != 1 || e.Fields[field] == "") {
				t.Errorf("%s: the fields named are %v", field, e.Fields)
			}
		}
		h.refused(number, "empty", h.try(number, bureau, letter.Publication, casework.Input{Open: &letter.OpenText{Title: "路灯"}}), letter.KindInvalid)
		if _, err := h.Store.Published(t.Context(), number); !letter.IsKind(err, letter.KindNotFound) {
			t.Fatalf("published all the same: %v", err)
		}
		l := h.take(number, bureau, letter.Publication, casework.Input{Open: &clean})
		if p, ok := l.Public(); !ok || p.Body != clean.Body {
			t.Errorf("%v %+v", ok, p)
		}
	})
}

func TestNothingIsPublishedWithoutTheSendersConsent(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.Submit(letter.Draft{Body: "梧桐路东段三盏路灯不亮，请派人维修路灯。"})
		h.answered(number)
		h.refused(number, "no consent", h.try(number, bureau, letter.Publication, casework.Input{}), letter.KindRefused)
	})
}

// A flagged letter takes one more person than the one who signed the answer.
func TestAFlaggedLetterTakesAThirdPerson(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.Submit(letter.Draft{Body: "我有抑郁症，梧桐路东段三盏路灯不亮，路灯坏了晚上害怕，请维修路灯。", Publish: true})
		if l := h.Read(number); !l.Has(letter.Health) || l.Unit != "cgj-sz" {
			t.Fatalf("flags %v, unit %s", l.Flags, l.Unit)
		}
		h.answered(number)
		h.refused(number, "the one who signed", h.try(number, reviewer, letter.Publication, casework.Input{}), letter.KindForbidden)
		h.take(number, bureau, letter.Publication, casework.Input{})
	})
}

func TestAnAnswerIsWithheldOrTakenDownForAReason(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		number := h.lamps()
		h.answered(number)
		if l := h.take(number, bureau, letter.Withholding, casework.Input{Reason: "third_party"}); !l.Withheld {
			t.Error("not withheld")
		}
		h.take(number, bureau, letter.Publication, casework.Input{})
		h.refused(number, "withheld while public", h.try(number, bureau, letter.Withholding, casework.Input{Reason: "outdated"}), letter.KindRefused)
		h.take(number, bureau, letter.Takedown, casework.Input{Reason: "outdated"})
		if _, err := h.Store.Published(t.Context(), number); !letter.IsKind(err, letter.KindNotFound) {
			t.Errorf("still public: %v", err)
		}
	})
}
