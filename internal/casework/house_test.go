package casework_test

import (
	"testing"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
)

var must = testhouse.Must

// house is the demonstration city whose members these tests send by their login.
type house struct{ *testhouse.House }

func each(t *testing.T, f func(*testing.T, *house)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) { f(t, &house{testhouse.New(t, s)}) })
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

// lamps is a letter about street lamps, which the router gives to cgj-sz.
func (h *house) lamps() string {
	return h.Submit(letter.Draft{Kind: letter.Complaint, Title: "梧桐路三盏路灯不亮", Name: "测试人", Phone: "13900000001",
		Body: "梧桐路东段连着三盏路灯不亮，晚上很黑，请派人维修。我的电话13900000001。", Place: "梧桐路东段", Publish: true})
}

// unclear is a letter that says nothing about any unit, so that a dispatcher decides.
func (h *house) unclear() string {
	return h.Submit(letter.Draft{Title: "您好", Body: "有件事想请教，不知道该问谁。", Publish: true})
}

func (h *house) try(number, login string, step letter.Step, in casework.Input) error {
	h.T.Helper()
	_, err := h.Casework.Take(h.T.Context(), number, step, h.Member(login), in)
	return err
}

func (h *house) take(number, login string, step letter.Step, in casework.Input) *letter.Letter {
	h.T.Helper()
	l, err := h.Casework.Take(h.T.Context(), number, step, h.Member(login), in)
	if err != nil {
		h.T.Fatalf("%s by %s: %v", step, login, err)
	}
	return l
}

func (h *house) tell(number string, step letter.Step, in casework.Input) *letter.Letter {
	h.T.Helper()
	l, err := h.Casework.SenderSteps()[step](h.T.Context(), number, in)
	if err != nil {
		h.T.Fatalf("%s by the sender: %v", step, err)
	}
	return l
}

// refused asks that a step was refused for a reason of that kind and left nothing behind.
func (h *house) refused(number, why string, err error, kind letter.ErrorKind) {
	h.T.Helper()
	if !letter.IsKind(err, kind) {
		h.T.Errorf("%s: %v, want %s", why, err, kind)
	}
}

func (h *house) sweep(now time.Time) int {
	h.T.Helper()
	n, err := h.Casework.Sweep(h.T.Context(), now)
	must(h.T, err)
	return n
}

// inReview brings a letter to the moment before the signature.
func (h *house) inReview(number string) {
	h.T.Helper()
	h.take(number, handler, letter.Acceptance, casework.Input{})
	h.take(number, handler, letter.DraftReply, casework.Input{Text: "三盏路灯已经修好，值班电话0571-88887777。", Note: "更换三盏"})
	h.take(number, handler, letter.Review, casework.Input{})
}

func (h *house) answered(number string) {
	h.T.Helper()
	h.inReview(number)
	h.take(number, reviewer, letter.Approval, casework.Input{})
}
