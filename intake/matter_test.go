package intake_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"huiyin/intake"
	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
)

func eachHouse(t *testing.T, f func(*testing.T, *testhouse.House)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) { f(t, testhouse.New(t, s)) })
}

// lampsAgain is the matter of lamps in other words by the holder of another telephone.
func lampsAgain(phone string) letter.Draft {
	return letter.Draft{Channel: letter.Web, Title: "梧桐路东段路灯还是不亮", Body: "梧桐路东段的路灯不亮好几天了，走夜路摔了人，请尽快维修。",
		Name: "另一人", Phone: phone, Place: "梧桐路东段"}
}

func precedentsOf(p letter.Placement) (list []string) {
	for _, r := range p.Reasons {
		if r.Rule == "precedent" {
			list = append(list, r.Text)
		}
	}
	return list
}

func TestASenderWhoWritesOfHisOpenMatterAgainIsTold(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *testhouse.House) {
		first, err := h.Intake.Submit(t.Context(), lamps())
		must(t, err)
		if first.Again {
			t.Error("a first letter was written before")
		}
		for phone, want := range map[string]bool{"13900000001": true, "13900000002": false} {
			r, err := h.Intake.Submit(t.Context(), lampsAgain(phone))
			must(t, err)
			if r.Again != want {
				t.Errorf("%s: again %v, want %v", phone, r.Again, want)
			}
			// The receipt is the same whatever happened since.
			once, _, err := h.Intake.Again(t.Context(), r.Number)
			must(t, err)
			if once.Again != want {
				t.Errorf("%s, shown once more: again %v, want %v", phone, once.Again, want)
			}
		}
		other := lampsAgain("13900000001")
		other.Title, other.Body, other.Place = "公积金提取需要哪些材料", "想用公积金付房租，请问提取公积金需要带哪些材料？", ""
		r, err := h.Intake.Submit(t.Context(), other)
		must(t, err)
		if r.Again {
			t.Error("another matter is the same")
		}
	})
}

func TestAnAnsweredMatterIsNotWaitedForAnyMore(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *testhouse.House) {
		h.Answer(h.Submit(lamps()), "三盏灯已经修好，感谢您告诉我们。", "换了三个灯头")
		r, err := h.Intake.Submit(t.Context(), lampsAgain("13900000001"))
		must(t, err)
		if r.Again {
			t.Error("the answered letter is still waited for")
		}
		if len(precedentsOf(r.Placement)) != 1 {
			t.Errorf("precedents %v", precedentsOf(r.Placement))
		}
	})
}

// What only the router believed must not teach the router.
func TestALetterTeachesOnceItsUnitSigned(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *testhouse.House) {
		number := h.Submit(lamps())
		r, err := h.Intake.Submit(t.Context(), lampsAgain("13900000002"))
		must(t, err)
		if list := precedentsOf(r.Placement); len(list) != 0 {
			t.Errorf("a guess teaches: %v", list)
		}
		h.Take(number, letter.Acceptance, casework.Input{})
		r, err = h.Intake.Submit(t.Context(), lampsAgain("13900000003"))
		must(t, err)
		if list := precedentsOf(r.Placement); len(list) != 1 || !strings.Contains(list[0], number) {
			t.Errorf("precedents %v, want %s", list, number)
		}
	})
}

func TestALetterOlderThanTheWindowIsAnotherOccasion(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *testhouse.House) {
		h.Take(h.Submit(lamps()), letter.Acceptance, casework.Input{})
		h.Now = h.Now.Add(intake.Window + time.Hour)
		r, err := h.Intake.Submit(t.Context(), lampsAgain("13900000001"))
		must(t, err)
		if r.Again || len(precedentsOf(r.Placement)) != 0 {
			t.Errorf("again %v, precedents %v", r.Again, precedentsOf(r.Placement))
		}
	})
}

// An accusation is neither found by other letters nor told of on a receipt.
func TestASealedLetterIsAlikeToNothing(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *testhouse.House) {
		d := lamps()
		d.Title, d.Body = "举报梧桐路东段路灯维修索要红包", "城市管理局维修梧桐路东段路灯的工作人员多次向我索要红包，不给就不修路灯。"
		sealed, err := h.Intake.Submit(t.Context(), d)
		must(t, err)
		again, err := h.Intake.Submit(t.Context(), d)
		must(t, err)
		if !sealed.Guarded || !again.Guarded || again.Again {
			t.Errorf("guarded %v and %v, again %v", sealed.Guarded, again.Guarded, again.Again)
		}
		r, err := h.Intake.Submit(t.Context(), lampsAgain("13900000001"))
		must(t, err)
		if r.Again || len(precedentsOf(r.Placement)) != 0 {
			t.Errorf("again %v, precedents %v", r.Again, precedentsOf(r.Placement))
		}
	})
}

// deaf is a store that takes letters and finds none.
type deaf struct{ *store.Store }

var errDeaf = errors.New("no answer")

func (deaf) Near(context.Context, []int64, time.Time, time.Time, int) ([]letter.Near, error) {
	return nil, errDeaf
}

func TestALetterIsTakenThoughNothingCanBeLookedUp(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *testhouse.House) {
		var told error
		h.Intake.Letters = deaf{h.Store}
		h.Intake.Unhelped = func(_ context.Context, _ string, err error) { told = err }
		r, err := h.Intake.Submit(t.Context(), lamps())
		if err != nil || r.Number == "" || !errors.Is(told, errDeaf) {
			t.Errorf("%q, %v; told %v", r.Number, err, told)
		}
	})
}
