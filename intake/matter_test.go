package intake_test

import (
	"context"
	"errors"
	"fmt"
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

// stairs is a matter that the router gives to a person: it says nothing of what any unit does.
func stairs(phone string) letter.Draft {
	return letter.Draft{Channel: letter.Web, Title: "梧桐苑三号楼藤萝架摇晃", Body: "梧桐苑三号楼前的藤萝架摇晃，藤条垂落，走过的人提心吊胆，请派人看看。",
		Name: "某人", Phone: phone, Place: "梧桐苑三号楼"}
}

func stairsAgain(phone string) letter.Draft {
	d := stairs(phone)
	d.Title, d.Body = "梧桐苑藤萝架还在摇晃", "写信说过梧桐苑三号楼的藤萝架摇晃，藤条垂落更多了，请看看。"
	return d
}

func precedentsOf(p letter.Placement) (list []string) {
	for _, r := range p.Reasons {
		if r.Rule == "precedent" {
			list = append(list, r.Text)
		}
	}
	return list
}

func submit(t *testing.T, h *testhouse.House, d letter.Draft) intake.Receipt {
	t.Helper()
	r, err := h.Intake.Submit(t.Context(), d)
	must(t, err)
	return r
}

// dispatched is a letter of the matter to which a person found the unit.
func dispatched(t *testing.T, h *testhouse.House) (number string) {
	t.Helper()
	r := submit(t, h, stairs("13900000001"))
	if r.Unit != "" {
		t.Fatalf("the router was sure: %s", r.Unit)
	}
	h.Take(r.Number, letter.Assignment, casework.Input{Unit: "lyj"})
	return r.Number
}

func TestWhatAPersonDecidedHelpsWhereTheRouterIsNotSure(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *testhouse.House) {
		number := dispatched(t, h)
		r := submit(t, h, stairsAgain("13900000002"))
		if list := precedentsOf(r.Placement); len(list) != 1 || !strings.Contains(list[0], number) {
			t.Errorf("precedents %v, want %s", list, number)
		}
		if len(r.Placement.Top) == 0 || r.Placement.Top[0].Unit != "lyj" {
			t.Errorf("first is %+v", r.Placement.Top)
		}
	})
}

// What only the router believed must not teach the router, and who is sure asks nobody.
func TestALetterTeachesOnlyWhatPeopleAgreedTo(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *testhouse.House) {
		submit(t, h, stairs("13900000001"))
		if list := precedentsOf(submit(t, h, stairsAgain("13900000002")).Placement); len(list) != 0 {
			t.Errorf("a letter that waits for its unit teaches: %v", list)
		}
		h.Take(h.Submit(lamps()), letter.Acceptance, casework.Input{})
		if r := submit(t, h, lamps()); r.Unit == "" || len(precedentsOf(r.Placement)) != 0 {
			t.Errorf("unit %q, precedents %v", r.Unit, precedentsOf(r.Placement))
		}
	})
}

func TestALetterOlderThanTheWindowIsAnotherOccasion(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *testhouse.House) {
		dispatched(t, h)
		h.Now = h.Now.Add(intake.Window + time.Hour)
		r := submit(t, h, stairsAgain("13900000001"))
		told, err := h.Intake.Told(t.Context(), h.Read(r.Number))
		must(t, err)
		if len(precedentsOf(r.Placement)) != 0 || told != (intake.Told{}) {
			t.Errorf("precedents %v, told %+v", precedentsOf(r.Placement), told)
		}
	})
}

func told(t *testing.T, h *testhouse.House, number string) intake.Told {
	t.Helper()
	said, err := h.Intake.Told(t.Context(), h.Read(number))
	must(t, err)
	return said
}

// The sender is told what he himself wrote before, and of others only how many, when they are too many to be known by it.
func TestASenderIsToldThatHeAndOthersWroteOfTheMatter(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *testhouse.House) {
		first := h.Submit(lamps())
		if said := told(t, h, first); said != (intake.Told{}) {
			t.Errorf("the first of all: %+v", said)
		}
		again, second := h.Submit(lamps()), h.Submit(lampsOf("13900000002"))
		if said := told(t, h, again); !said.Before || said.Others != 0 {
			t.Errorf("the same sender again: %+v", said)
		}
		if said := told(t, h, second); said.Before || said.Others != 0 {
			t.Errorf("another one: %+v", said)
		}
		h.Submit(lampsOf("13900000003"))
		h.Submit(lampsOf("13900000003"))
		if said := told(t, h, h.Submit(lampsOf("13900000004"))); said.Before || said.Others != 3 {
			t.Errorf("three others: %+v", said)
		}
		if said := told(t, h, first); said != (intake.Told{}) {
			t.Errorf("the first one is told of later letters: %+v", said)
		}
		other := lamps()
		other.Title, other.Body, other.Place = "公积金提取需要哪些材料", "想用公积金付房租，请问提取公积金需要带哪些材料？", ""
		if said := told(t, h, h.Submit(other)); said != (intake.Told{}) {
			t.Errorf("another matter: %+v", said)
		}
	})
}

func lampsOf(phone string) letter.Draft {
	d := lamps()
	d.Phone = phone
	return d
}

// An accusation is neither found by other letters nor told of on a receipt.
func TestASealedLetterIsAlikeToNothing(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *testhouse.House) {
		d := lamps()
		d.Title, d.Body = "举报梧桐路东段路灯维修索要红包", "城市管理局维修梧桐路东段路灯的工作人员多次向我索要红包，不给就不修路灯。"
		sealed, again := submit(t, h, d), submit(t, h, d)
		if !sealed.Guarded || !again.Guarded {
			t.Fatalf("guarded %v and %v", sealed.Guarded, again.Guarded)
		}
		if said := told(t, h, again.Number); said != (intake.Told{}) {
			t.Errorf("the receipt of a sealed letter tells %+v", said)
		}
		if said := told(t, h, h.Submit(lamps())); said != (intake.Told{}) {
			t.Errorf("a receipt tells of sealed letters: %+v", said)
		}
	})
}

// Letters stored before sketches were made are found once the task has run, and once more changes nothing.
func TestOldLettersAreSketched(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *testhouse.House) {
		const old = 120 // more than one batch
		for i := range old {
			d, at := lampsOf(""), h.Now.Add(-time.Hour)
			before := letter.Letter{Number: letter.NewNumber(at.AddDate(0, 0, -1), i), Key: []byte("k"), Channel: letter.Web, Kind: letter.Help, Urgency: letter.Normal,
				Title: d.Title, Body: d.Body, Place: d.Place, Sender: fmt.Sprint("sender ", i), Received: at}
			must(t, before.Record(letter.Submission, letter.SenderActor, at, letter.Facts{Kind: letter.Help}, letter.Facts{}))
			must(t, h.Store.Insert(t.Context(), &before, nil))
		}
		n, err := h.Intake.SketchOld(t.Context())
		must(t, err)
		if n != old {
			t.Errorf("%d letters sketched, want %d", n, old)
		}
		if said := told(t, h, h.Submit(lamps())); said.Others == 0 {
			t.Error("the old letters are not found")
		}
		if n, err = h.Intake.SketchOld(t.Context()); err != nil || n != 0 {
			t.Errorf("once more: %d, %v", n, err)
		}
	})
}

// deaf is a store that takes letters and finds none.
type deaf struct{ *store.Store }

var errDeaf = errors.New("no answer")

func (deaf) Teachers(context.Context, []int64, time.Time, time.Time) ([]letter.Alike, error) {
	return nil, errDeaf
}

func TestALetterIsTakenThoughNothingCanBeLookedUp(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *testhouse.House) {
		var told error
		h.Intake.Letters = deaf{h.Store}
		h.Intake.Unhelped = func(_ context.Context, _ string, err error) { told = err }
		r, err := h.Intake.Submit(t.Context(), stairs("13900000001"))
		if err != nil || r.Number == "" || !errors.Is(told, errDeaf) {
			t.Errorf("%q, %v; told %v", r.Number, err, told)
		}
	})
}
