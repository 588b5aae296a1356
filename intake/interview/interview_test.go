package interview_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"huiyin/intake/interview"
	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
)

var (
	opens  = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	starts = opens.AddDate(0, 0, 5)
	ends   = starts.Add(90 * time.Minute)
)

func meals() interview.Interview {
	return interview.Interview{
		ID: "meals", Title: "社区食堂", Topic: "养老", Guest: "民政局局长", Unit: "mzj", Notice: "在线回答", Opens: opens, Starts: starts, Ends: ends,
		Questions: []interview.Question{
			{ID: "q1", Name: "甲", Text: "少的", At: opens, Votes: 3},
			{ID: "q2", Name: "乙", Text: "多的", At: opens.Add(time.Hour), Votes: 9},
			{ID: "q3", Name: "丙", Text: "一样少，但晚", At: opens.Add(time.Hour), Votes: 3},
		},
	}
}

type filed struct{ drafts []letter.Draft }

func (f *filed) submit(_ context.Context, d letter.Draft) (number, code string, err error) {
	f.drafts = append(f.drafts, d)
	return "26030200000011", "123456", nil
}

func each(t *testing.T, test func(*testing.T, *interview.Service, *filed)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := &filed{}
		service := interview.New(s, f.submit)
		if err := service.Put(t.Context(), meals(), opens); err != nil {
			t.Fatal(err)
		}
		test(t, service, f)
	})
}

func TestQuestionsAreShownMostWantedFirst(t *testing.T) {
	each(t, func(t *testing.T, s *interview.Service, _ *filed) {
		i, err := s.Get(t.Context(), "meals")
		if err != nil {
			t.Fatal(err)
		}
		order := ""
		for _, q := range i.Questions {
			order += q.ID
		}
		if order != "q2q1q3" || !i.Starts.Equal(starts) || i.Guest != "民政局局长" {
			t.Errorf("%s, %+v", order, i)
		}
		if _, err := s.Get(t.Context(), "none"); !letter.IsKind(err, letter.KindNotFound) {
			t.Errorf("none: %v", err)
		}
	})
}

func TestNextInterviewIsListedFirst(t *testing.T) {
	each(t, func(t *testing.T, s *interview.Service, _ *filed) {
		for id, days := range map[string]int{"later": 9, "longpast": -90, "past": -9} {
			i := meals()
			i.ID, i.Opens, i.Starts, i.Ends = id, opens.AddDate(0, 0, days), starts.AddDate(0, 0, days), ends.AddDate(0, 0, days)
			if err := s.Put(t.Context(), i, opens); err != nil {
				t.Fatal(err)
			}
		}
		list, err := s.List(t.Context(), opens)
		if err != nil {
			t.Fatal(err)
		}
		order := ""
		for _, i := range list {
			order += i.ID + " "
		}
		if order != "meals later past longpast " {
			t.Error(order)
		}
	})
}

func TestQuestionBecomesALetterOfTheGuestsUnit(t *testing.T) {
	each(t, func(t *testing.T, s *interview.Service, f *filed) {
		once := &letter.Once{Key: "k"}
		number, code, err := s.Ask(t.Context(), "meals", interview.Asked{Body: "食堂排队太久", Name: "张三", Phone: "13800000000", Publish: true, Once: once}, opens)
		if err != nil || number == "" || code == "" {
			t.Fatal(number, code, err)
		}
		d := f.drafts[0]
		if d.Column != letter.InterviewColumn || d.Channel != letter.Web || d.Unit != "mzj" || d.Kind != letter.Consultation || d.Body != "食堂排队太久" ||
			d.Title != "访谈提问：社区食堂" || d.Anonymous || !d.Publish || d.Once != once {
			t.Errorf("%+v", d)
		}
		if i, err := s.Get(t.Context(), "meals"); err != nil || len(i.Questions) != 3 {
			t.Error("a question is shown that nobody has read", err)
		}
	})
}

func TestWhenQuestionsAreTaken(t *testing.T) {
	each(t, func(t *testing.T, s *interview.Service, _ *filed) {
		cases := []struct {
			why  string
			body string
			at   time.Time
			kind letter.ErrorKind
		}{
			{"before", "问", opens.Add(-1), letter.KindRefused},
			{"collecting", "问", opens, ""},
			{"live", "问", starts, ""},
			{"last moment", "问", ends.Add(-1), ""},
			{"over", "问", ends, letter.KindRefused},
			{"empty", " \n", opens, letter.KindInvalid},
			{"too long", strings.Repeat("问", 501), opens, letter.KindInvalid},
			{"just fits", strings.Repeat("问", 500), opens, ""},
		}
		for _, c := range cases {
			_, _, err := s.Ask(t.Context(), "meals", interview.Asked{Body: c.body}, c.at)
			var e *letter.Error
			if c.kind == "" && err != nil || c.kind != "" && (!errors.As(err, &e) || e.Kind != c.kind) {
				t.Errorf("%s: %v", c.why, err)
			}
			if c.kind == letter.KindInvalid && e != nil && e.Fields["body"] == "" {
				t.Errorf("%s: the field is not named", c.why)
			}
		}
		if _, _, err := s.Ask(t.Context(), "none", interview.Asked{Body: "问"}, opens); !letter.IsKind(err, letter.KindNotFound) {
			t.Errorf("no such interview: %v", err)
		}
	})
}

func TestStandingHasItsWord(t *testing.T) {
	for at, want := range map[time.Time]string{opens.Add(-1): "预告", opens: "正在征集问题", starts: "正在进行", ends: "已结束"} {
		if got := meals().Standing(at).Word(); got != want {
			t.Errorf("%v: %s, want %s", at, got, want)
		}
	}
}

func TestInterviewsThatCannotTakePlaceAreNotKept(t *testing.T) {
	for why, spoil := range map[string]func(*interview.Interview){
		"no guest":               func(i *interview.Interview) { i.Guest = "" },
		"no unit":                func(i *interview.Interview) { i.Unit = "" },
		"ends before it starts":  func(i *interview.Interview) { i.Ends = i.Starts },
		"starts before it opens": func(i *interview.Interview) { i.Starts = i.Opens.Add(-1) },
	} {
		i := meals()
		spoil(&i)
		if err := i.Check(); !letter.IsRefused(err) {
			t.Errorf("%s: %v", why, err)
		}
	}
}
