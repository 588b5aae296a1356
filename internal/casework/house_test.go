package casework_test

import (
	"testing"
	"time"

	"huiyin/citypack"
	"huiyin/intake"
	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/segment"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/vault"
)

// monday is 10:00 in the city, 23 November 2026.
var monday = time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)

// house is the demonstration city's casework on a real database; its time stands
// still until a test moves it.
type house struct {
	t     *testing.T
	city  *citypack.Snapshot
	store *store.Store
	in    *intake.Service
	work  *casework.Service
	now   time.Time
}

func each(t *testing.T, f func(*testing.T, *house)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		zone, err := time.LoadLocation("Asia/Shanghai")
		must(t, err)
		pack, err := citypack.Demo()
		must(t, err)
		city, err := pack.Snapshot(zone, "test")
		must(t, err)
		words, err := segment.Open(t.TempDir(), append(city.Router.Words(), pack.City.Words...))
		must(t, err)
		keys, err := vault.Open(t.TempDir())
		must(t, err)
		h := &house{t: t, city: city, store: s, now: monday}
		now := func() time.Time { return h.now }
		h.in = &intake.Service{Letters: s, Words: words, Vault: keys, Limits: intake.DefaultLimits, Now: now,
			City: func() intake.City { return intake.City{Router: city.Router, Clocks: city.Clocks} }}
		h.work = &casework.Service{Letters: s, Now: now,
			City: func() casework.City { return casework.City{Router: city.Router, Clocks: city.Clocks} }}
		f(t, h)
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// The members of the demonstration city by what they do in these tests.
const (
	dispatcher, second = "zhouping", "hejing"
	duty               = "duanwei"
	handler            = "lina"   // of cgj-sz
	bureau             = "chenbo" // of cgj above it, handler and reviewer
	reviewer           = "fangqi"
	discipline         = "gaoyuan"  // of jwjw
	above              = "jiangtao" // the leader above jwjw
)

func (h *house) member(login string) staff.Member {
	h.t.Helper()
	for _, m := range h.city.Pack.Staff {
		if m.Login == login {
			return h.city.Cover(m)
		}
	}
	h.t.Fatalf("nobody is called %s", login)
	return staff.Member{}
}

// lamps is a letter about street lamps, which the router gives to cgj-sz.
func (h *house) lamps() string {
	return h.submit(letter.Draft{Channel: letter.Web, Kind: letter.Complaint, Title: "梧桐路三盏路灯不亮", Name: "测试人", Phone: "13900000001",
		Body: "梧桐路东段连着三盏路灯不亮，晚上很黑，请派人维修。我的电话13900000001。", Place: "梧桐路东段", Publish: true})
}

// unclear is a letter that says nothing about any unit, so that a dispatcher decides.
func (h *house) unclear() string {
	return h.submit(letter.Draft{Channel: letter.Web, Title: "您好", Body: "有件事想请教，不知道该问谁。", Publish: true})
}

func (h *house) submit(d letter.Draft) string {
	h.t.Helper()
	r, err := h.in.Submit(h.t.Context(), d)
	must(h.t, err)
	return r.Number
}

func (h *house) read(number string) *letter.Letter {
	h.t.Helper()
	l, err := h.store.Letter(h.t.Context(), number)
	must(h.t, err)
	return l
}

func (h *house) try(number, login string, step letter.Step, in casework.Input) error {
	h.t.Helper()
	_, err := h.work.Take(h.t.Context(), number, step, h.member(login), in)
	return err
}

func (h *house) take(number, login string, step letter.Step, in casework.Input) *letter.Letter {
	h.t.Helper()
	l, err := h.work.Take(h.t.Context(), number, step, h.member(login), in)
	if err != nil {
		h.t.Fatalf("%s by %s: %v", step, login, err)
	}
	return l
}

func (h *house) tell(number string, step letter.Step, in casework.Input) *letter.Letter {
	h.t.Helper()
	l, err := h.work.SenderSteps()[step](h.t.Context(), number, in)
	if err != nil {
		h.t.Fatalf("%s by the sender: %v", step, err)
	}
	return l
}

// refused asks that a step was refused for a reason of that kind and left nothing behind.
func (h *house) refused(number, why string, err error, kind letter.ErrorKind) {
	h.t.Helper()
	if !letter.IsKind(err, kind) {
		h.t.Errorf("%s: %v, want %s", why, err, kind)
	}
}

func (h *house) sweep(now time.Time) int {
	h.t.Helper()
	n, err := h.work.Sweep(h.t.Context(), now)
	must(h.t, err)
	return n
}

// inReview brings a letter to the moment before the signature.
func (h *house) inReview(number string) {
	h.t.Helper()
	h.take(number, handler, letter.Acceptance, casework.Input{})
	h.take(number, handler, letter.DraftReply, casework.Input{Text: "三盏路灯已经修好，值班电话0571-88887777。", Note: "更换三盏"})
	h.take(number, handler, letter.Review, casework.Input{})
}

func (h *house) answered(number string) {
	h.t.Helper()
	h.inReview(number)
	h.take(number, reviewer, letter.Approval, casework.Input{})
}
