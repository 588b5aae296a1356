package intake_test

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"huiyin/intake"
	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
)

var (
	must   = testhouse.Must
	monday = time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
)

func each(t *testing.T, f func(*testing.T, *store.Store, *intake.Service)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) { f(t, s, testhouse.New(t, s).Intake) })
}

func lamps() letter.Draft {
	return letter.Draft{Channel: letter.Web, Title: "梧桐路三盏路灯不亮", Body: "梧桐路东段连着三盏路灯不亮，晚上很黑，请派人维修。",
		Name: "测试人", Phone: "139 0000 0001", Place: "梧桐路东段", Publish: true}
}

func TestALetterIsPlacedWithItsReasonsAndItsClock(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, in *intake.Service) {
		r, err := in.Submit(t.Context(), lamps())
		must(t, err)
		if r.Unit != "cgj-sz" || r.State != letter.Assigned {
			t.Fatalf("street lamps went to %q, %s", r.Unit, r.State)
		}
		if len(r.Placement.Reasons) == 0 || len(r.Placement.Top) == 0 || len(r.Placement.Top[0].Words) == 0 {
			t.Errorf("no reasons: %+v", r.Placement)
		}
		if r.Due.Due.IsZero() || r.Due.Policy == "" || r.Due.Calendar == "" {
			t.Errorf("no clock: %+v", r.Due)
		}
		l, err := s.Letter(t.Context(), r.Number)
		must(t, err)
		if len(l.Events) != 2 || len(l.Clocks) < 3 {
			t.Errorf("%d events, %d clocks stored", len(l.Events), len(l.Clocks))
		}
	})
}

func TestContactIsSealedAndKnownByItsKeyAlone(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, in *intake.Service) {
		r, err := in.Submit(t.Context(), lamps())
		must(t, err)
		l, err := s.Letter(t.Context(), r.Number)
		must(t, err)
		if strings.Contains(string(l.Contact), "139") || l.Sender == "" || l.Sender != in.Vault.SenderKey("+86 13900000001") {
			t.Fatalf("contact %q, sender %q", l.Contact, l.Sender)
		}
		plain, err := in.Vault.Open(l.Contact)
		must(t, err)
		var c letter.Contact
		must(t, json.Unmarshal(plain, &c))
		if c.Name != "测试人" {
			t.Errorf("contact became %+v", c)
		}
	})
}

func TestAnAnonymousLetterLeavesNoContact(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, in *intake.Service) {
		d := lamps()
		d.Anonymous = true
		r, err := in.Submit(t.Context(), d)
		must(t, err)
		l, err := s.Letter(t.Context(), r.Number)
		must(t, err)
		if l.Contact != nil || l.Sender != "" {
			t.Errorf("kept %d bytes of contact, sender %q", len(l.Contact), l.Sender)
		}
	})
}

// Each fault is named by its field and nothing is stored (Bad input).
func TestBadDraftsAreRefusedAndNothingIsStored(t *testing.T) {
	cases := map[string]struct {
		change func(*letter.Draft)
		field  string
	}{
		"empty body":       {func(d *letter.Draft) { d.Body = " \n　" }, "body"},
		"1 MB body":        {func(d *letter.Draft) { d.Body = strings.Repeat("路灯", 180_000) }, "body"},
		"long title":       {func(d *letter.Draft) { d.Title = strings.Repeat("灯", 101) }, "title"},
		"broken UTF-8":     {func(d *letter.Draft) { d.Body = "路灯\xc3\x28不亮" }, "body"},
		"NUL":              {func(d *letter.Draft) { d.Title = "路灯\x00不亮" }, "title"},
		"unknown kind":     {func(d *letter.Draft) { d.Kind = "question" }, "kind"},
		"unknown column":   {func(d *letter.Draft) { d.Column = "forum" }, "column"},
		"unknown channel":  {func(d *letter.Draft) { d.Channel = "fax" }, "channel"},
		"unknown unit":     {func(d *letter.Draft) { d.Unit = "nowhere" }, "unit"},
		"unknown category": {func(d *letter.Draft) { d.Category = "张三 13900000001" }, "category"}, // it would stand in a public fact
		"unknown leader":   {func(d *letter.Draft) { d.Addressee = "nobody" }, "addressee"},
		"phone of letters": {func(d *letter.Draft) { d.Phone = "打我电话" }, "phone"},
		"wrong e-mail":     {func(d *letter.Draft) { d.Email = "a@" }, "email"},
	}
	each(t, func(t *testing.T, s *store.Store, in *intake.Service) {
		for name, c := range cases {
			d := lamps()
			c.change(&d)
			_, err := in.Submit(t.Context(), d)
			var e *letter.Error
			if !errors.As(err, &e) || e.Kind != letter.KindInvalid || e.Fields[c.field] == "" {
				t.Errorf("%s: %v", name, err)
			}
		}
		totals, err := s.Totals(t.Context())
		must(t, err)
		if totals.Letters+totals.Events != 0 {
			t.Errorf("stored %+v", totals)
		}
	})
}

func TestFullWidthDigitsAreAPhoneNumber(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, in *intake.Service) {
		d := lamps()
		d.Phone = "１３９００００００００１"[:33]
		r, err := in.Submit(t.Context(), d)
		must(t, err)
		l, err := s.Letter(t.Context(), r.Number)
		must(t, err)
		if l.Sender != in.Vault.SenderKey("13900000000") {
			t.Error("the same number in full-width digits is another person")
		}
	})
}

func TestTheSameRequestAnswersTheSameEvenSideBySide(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, in *intake.Service) {
		d := lamps()
		d.Once = &letter.Once{Key: "k-1", Body: sha256.Sum256([]byte("body"))}
		receipts := make([]intake.Receipt, 8)
		var all sync.WaitGroup
		for i := range receipts {
			all.Go(func() {
				var err error
				if receipts[i], err = in.Submit(t.Context(), d); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for _, r := range receipts {
			a, b := receipts[0], r
			a.Repeated, b.Repeated = false, false
			x, errX := json.Marshal(a)
			y, errY := json.Marshal(b)
			if errX != nil || errY != nil || string(x) != string(y) {
				t.Fatalf("answers differ:\n%s\n%s", x, y)
			}
		}
		d.Once = &letter.Once{Key: "k-1", Body: sha256.Sum256([]byte("another body"))}
		if _, err := in.Submit(t.Context(), d); !letter.IsKind(err, letter.KindRefused) {
			t.Errorf("the same key with another body: %v", err)
		}
		if totals, err := s.Totals(t.Context()); err != nil || totals.Letters != 1 {
			t.Errorf("%d letters, %v", totals.Letters, err)
		}
	})
}

// A repeated request answers the same, whatever a dispatcher made of the letter since.
func TestTheReceiptStaysTheSameWhenTheKindIsCorrected(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, in *intake.Service) {
		d := letter.Draft{Channel: letter.Web, Kind: letter.Consultation, Body: "有件事想请教，不知道该问谁。",
			Once: &letter.Once{Key: "k-2", Body: sha256.Sum256([]byte("body"))}}
		first, err := in.Submit(t.Context(), d)
		must(t, err)
		_, err = s.Update(t.Context(), first.Number, func(l *letter.Letter) error {
			return l.Record(letter.Assignment, letter.Actor{Party: letter.ByDispatcher, Member: "hejing"}, monday,
				letter.Facts{Unit: "zjj", Kind: letter.Suggestion}, letter.Facts{})
		})
		must(t, err)
		again, err := in.Submit(t.Context(), d)
		must(t, err)
		if !again.Repeated || !again.Due.Due.Equal(first.Due.Due) || again.Due.Policy != first.Due.Policy {
			t.Errorf("told %s by %s, then %s by %s", first.Due.Due, first.Due.Policy, again.Due.Due, again.Due.Policy)
		}
	})
}

// The date in a repeated receipt is the one that was told, to the byte, although a
// notice has come since and the letter was brought to it.
func TestTheReceiptShowsTheDateThatWasTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := testhouse.New(t, s)
		h.Now = time.Date(2026, 12, 29, 2, 0, 0, 0, time.UTC)
		d := lamps()
		d.Once = &letter.Once{Key: "k-3", Body: sha256.Sum256([]byte("body"))}
		first, err := h.Intake.Submit(t.Context(), d)
		must(t, err)
		if !first.Due.Provisional {
			t.Fatalf("2027 is not announced, and %s is firm", first.Due.Due)
		}
		h.Announce(testhouse.LongNewYear)
		h.Take(first.Number, letter.Acceptance, casework.Input{})
		again, err := h.Intake.Submit(t.Context(), d)
		must(t, err)
		first.Repeated = true
		told, repeated := asJSON(t, first), asJSON(t, again)
		if told != repeated {
			t.Errorf("told    %s\nrepeated %s", told, repeated)
		}
		if c, _ := h.Read(first.Number).Clock(letter.SenderClock); !c.Due.After(first.Due.Due) || c.Provisional {
			t.Errorf("the letter is due %s, told %s", c.Due, first.Due.Due)
		}
	})
}

func asJSON(t *testing.T, r intake.Receipt) string {
	t.Helper()
	r.Due.NextRung, r.Due.RungName = time.Time{}, "" // within the house
	b, err := json.Marshal(r)
	must(t, err)
	return string(b)
}

func TestAnAccusationIsKeptFromTheAccused(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, in *intake.Service) {
		d := lamps()
		d.Title, d.Body = "举报城管局工作人员索要红包", "城市管理局的执法人员多次向我索要红包，不给就说要没收摊位，我要举报。"
		r, err := in.Submit(t.Context(), d)
		must(t, err)
		l, err := s.Letter(t.Context(), r.Number)
		must(t, err)
		if !r.Guarded || r.Unit != "" || l.Guard != letter.GuardUnit("jwjw") || l.Unit != "jwjw" {
			t.Fatalf("receipt unit %q guarded %v, letter unit %q guard %q", r.Unit, r.Guarded, l.Unit, l.Guard)
		}
		line, err := l.Timeline()
		must(t, err)
		for _, e := range line {
			if e.Unit != "" || e.By == "jwjw" {
				t.Errorf("the sender's page names the unit: %+v", e)
			}
		}
	})
}

func TestAPublishedImportIsMaskedAndKeepsItsTimes(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, in *intake.Service) {
		asked, told := monday.AddDate(-1, 0, 0), monday.AddDate(-1, 0, 4)
		past := intake.Past{Draft: letter.Draft{Channel: letter.Web, Body: "水管漏水，请联系13900000001，" + strings.Repeat("漏了很久，", 6),
			Received: asked, Source: "file:old.csv", SourceID: "7"}, Reply: "已修好，来电0571-88887777。", ReplyTime: told, Department: "供水公司"}
		r, err := in.ImportPublished(t.Context(), past)
		must(t, err)
		p, err := s.Published(t.Context(), r.Number)
		must(t, err)
		if strings.Contains(p.Title+p.Body, "13900000001") || p.Unit != "gsgs" || !p.Received.Equal(asked) || !p.Answered.Equal(told) {
			t.Errorf("%+v", p)
		}
		if !strings.Contains(p.Reply, "0571-88887777") {
			t.Errorf("the office's own number was masked: %s", p.Reply)
		}
		if n := len([]rune(p.Title)); n > 30 {
			t.Errorf("title of %d characters: %s", n, p.Title)
		}
		again, err := in.ImportPublished(t.Context(), past)
		must(t, err)
		if !again.Repeated || again.Number != r.Number {
			t.Errorf("a second run added %s", again.Number)
		}
	})
}
