package survey_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"huiyin/intake/survey"
	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
)

var (
	opens  = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	during = opens.AddDate(0, 0, 5)
	closes = opens.AddDate(0, 0, 30)
)

func trip() survey.Survey {
	return survey.Survey{
		ID: "trip", Title: "出行问卷", Intro: "七道题", Unit: "jtj", Opens: opens, Closes: closes,
		Questions: []survey.Question{
			{ID: "way", Kind: survey.Single, Text: "怎样出门", Options: []survey.Option{{ID: "bus", Text: "公交"}, {ID: "walk", Text: "步行"}, {ID: "car", Text: "开车"}}},
			{ID: "stop", Kind: survey.Single, Text: "哪一站", Optional: true, Options: []survey.Option{{ID: "a", Text: "甲"}, {ID: "b", Text: "乙"}}},
			{ID: "age", Kind: survey.Single, Text: "年龄", Personal: true, Optional: true,
				Options: []survey.Option{{ID: "a18", Text: "18 岁以下"}, {ID: "a35", Text: "18–35 岁"}, {ID: "a60", Text: "36–60 岁"}, {ID: "over", Text: "60 岁以上"}}},
			{ID: "words", Kind: survey.Text, Text: "还想说什么"},
		},
	}
}

// filed collects the drafts that the service hands to intake.
type filed struct{ drafts []letter.Draft }

func (f *filed) submit(_ context.Context, d letter.Draft) (number, code string, err error) {
	if strings.Contains(d.Body, "被拒") {
		return "", "", letter.Invalid("有内容需要修改", map[string]string{"phone": "电话号码不对"})
	}
	f.drafts = append(f.drafts, d)
	return "26030200000011", "123456", nil
}

func each(t *testing.T, test func(*testing.T, *survey.Service, *filed)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := &filed{}
		service := survey.New(s, f.submit)
		if err := service.Put(t.Context(), trip(), opens); err != nil {
			t.Fatal(err)
		}
		test(t, service, f)
	})
}

func TestSurveysAreKeptAndListed(t *testing.T) {
	each(t, func(t *testing.T, s *survey.Service, _ *filed) {
		old := trip()
		old.ID, old.Opens, old.Closes = "old", opens.AddDate(-1, 0, 0), opens.AddDate(-1, 1, 0)
		if err := s.Put(t.Context(), old, opens); err != nil {
			t.Fatal(err)
		}
		list, err := s.List(t.Context())
		if err != nil || len(list) != 2 || list[0].ID != "trip" || list[1].ID != "old" {
			t.Errorf("%v, %v", list, err)
		}
		got, err := s.Get(t.Context(), "trip")
		if err != nil || !reflect.DeepEqual(got, trip()) {
			t.Errorf("%+v, %v", got, err)
		}
		if _, err := s.Get(t.Context(), "none"); !letter.IsKind(err, letter.KindNotFound) {
			t.Errorf("none: %v", err)
		}
	})
}

func TestWhatAnswersAreTaken(t *testing.T) {
	each(t, func(t *testing.T, s *survey.Service, _ *filed) {
		cases := []struct {
			why    string
			values map[string]string
			at     time.Time
			kind   letter.ErrorKind
			field  string
		}{
			{"complete", map[string]string{"way": "bus", "stop": "a", "age": "a35", "words": "谢谢"}, during, "", ""},
			{"only what is required", map[string]string{"way": "bus", "stop": "", "words": " "}, during, "", ""},
			{"at the first moment", map[string]string{"way": "bus"}, opens, "", ""},
			{"before it opens", map[string]string{"way": "bus"}, opens.Add(-1), letter.KindRefused, ""},
			{"at the end", map[string]string{"way": "bus"}, closes, letter.KindRefused, ""},
			{"nothing", nil, during, letter.KindInvalid, "way"},
			{"required one left out", map[string]string{"stop": "a"}, during, letter.KindInvalid, "way"},
			{"no such option", map[string]string{"way": "plane"}, during, letter.KindInvalid, "way"},
			{"option of another question", map[string]string{"way": "bus", "age": "bus"}, during, letter.KindInvalid, "age"},
			{"no such question", map[string]string{"way": "bus", "income": "9"}, during, letter.KindInvalid, "income"},
			{"too long", map[string]string{"way": "bus", "words": strings.Repeat("长", 1001)}, during, letter.KindInvalid, "words"},
			{"broken UTF-8", map[string]string{"way": "bus", "words": "a\xff"}, during, letter.KindInvalid, "words"},
			{"NUL", map[string]string{"way": "bus", "words": "a\x00b"}, during, letter.KindInvalid, "words"},
		}
		for i, c := range cases {
			taken, err := s.Answer(t.Context(), "trip", survey.Answer{Values: c.values, Once: fmt.Sprint(i)}, c.at)
			if c.kind == "" {
				if err != nil || !taken.Counted {
					t.Errorf("%s: %+v, %v", c.why, taken, err)
				}
				continue
			}
			var e *letter.Error
			if !errors.As(err, &e) || e.Kind != c.kind || (c.field != "" && e.Fields[c.field] == "") {
				t.Errorf("%s: %v", c.why, err)
			}
		}
		if r, err := s.Results(t.Context(), "trip", during); err != nil || r.Answers != 3 {
			t.Errorf("%d answers kept, %v", r.Answers, err)
		}
		if _, err := s.Answer(t.Context(), "none", survey.Answer{}, during); !letter.IsKind(err, letter.KindNotFound) {
			t.Errorf("no such survey: %v", err)
		}
	})
}

func TestOnePersonOneAnswer(t *testing.T) {
	each(t, func(t *testing.T, s *survey.Service, f *filed) {
		a := survey.Answer{Values: map[string]string{"way": "bus"}, Once: "person"}
		if _, err := s.Answer(t.Context(), "trip", a, during); err != nil {
			t.Fatal(err)
		}
		a.Values["way"] = "car"
		if _, err := s.Answer(t.Context(), "trip", a, during); !letter.IsKind(err, letter.KindConflict) {
			t.Errorf("second answer: %v", err)
		}
		a.Action = &survey.Action{Body: "站台没有座椅，请装上"}
		taken, err := s.Answer(t.Context(), "trip", a, during)
		if err != nil || taken.Counted || taken.Number == "" || len(f.drafts) != 1 {
			t.Errorf("a second one that asks for action: %+v, %v", taken, err)
		}
		r, err := s.Results(t.Context(), "trip", during)
		if err != nil || r.Answers != 1 || r.Tallies[0].Cells[0].Count != 1 || r.Tallies[0].Cells[2].Count != 0 {
			t.Errorf("%+v, %v", r, err)
		}
	})
}

func TestAnswerThatAsksForActionBecomesALetter(t *testing.T) {
	each(t, func(t *testing.T, s *survey.Service, f *filed) {
		a := survey.Answer{Values: map[string]string{"way": "bus"}, Once: "p1", Action: &survey.Action{Body: "站台没有座椅", Name: "张三", Phone: "13800000000", Place: "望江站"}}
		taken, err := s.Answer(t.Context(), "trip", a, during)
		if err != nil || taken.Number != "26030200000011" || taken.Code != "123456" || !taken.Counted {
			t.Fatalf("%+v, %v", taken, err)
		}
		d := f.drafts[0]
		if d.Column != letter.SurveyColumn || d.Channel != letter.Web || d.Body != "站台没有座椅" || d.Name != "张三" || d.Anonymous || d.Source != "survey/trip" || strings.Contains(d.SourceID, "p1") {
			t.Errorf("%+v", d)
		}
		a.Once = "p2"
		if _, err := s.Answer(t.Context(), "trip", a, during); err != nil {
			t.Fatal(err)
		}
		if f.drafts[1].SourceID == d.SourceID {
			t.Error("two people's letters have one source: the second would be lost")
		}
		a.Once, a.Action.Body = "p3", "被拒"
		if _, err := s.Answer(t.Context(), "trip", a, during); !letter.IsKind(err, letter.KindInvalid) {
			t.Errorf("%v", err)
		}
		if r, err := s.Results(t.Context(), "trip", during); err != nil || r.Answers != 2 {
			t.Errorf("an answer was kept although its letter was refused: %d, %v", r.Answers, err)
		}
	})
}

// ages answers the survey so often for each age.
func ages(t *testing.T, s *survey.Service, counts ...int) {
	t.Helper()
	n := 0
	for i, age := range []string{"a18", "a35", "a60", "over"} {
		for range counts[i] {
			n++
			a := survey.Answer{Values: map[string]string{"way": "walk", "age": age, "words": "x"}, Once: fmt.Sprint(n)}
			if _, err := s.Answer(t.Context(), "trip", a, during); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestFewPersonsAreNotShown(t *testing.T) {
	const x = -1 // not shown
	cases := []struct {
		why    string
		counts []int
		want   []int
	}{
		{"enough everywhere", []int{5, 6, 7, 8}, []int{5, 6, 7, 8}},
		{"two small ones of five together", []int{2, 3, 6, 7}, []int{x, x, 6, 7}},
		{"one small one alone could be worked out from the total", []int{2, 6, 7, 8}, []int{x, x, 7, 8}},
		{"two small ones of less than five together", []int{1, 1, 6, 7}, []int{x, x, x, 7}},
		{"nobody is few, too", []int{0, 6, 7, 8}, []int{x, x, 7, 8}},
		{"three in all", []int{3, 0, 0, 0}, []int{x, x, x, x}},
	}
	for _, c := range cases {
		t.Run(c.why, func(t *testing.T) {
			each(t, func(t *testing.T, s *survey.Service, _ *filed) {
				ages(t, s, c.counts...)
				r, err := s.Results(t.Context(), "trip", closes)
				if err != nil {
					t.Fatal(err)
				}
				var got []int
				for _, cell := range r.Tallies[2].Cells {
					n := cell.Count
					if cell.Hidden {
						if n != 0 || cell.Share != 0 {
							t.Errorf("hidden, but %+v", cell)
						}
						n = x
					}
					got = append(got, n)
				}
				if !reflect.DeepEqual(got, c.want) {
					t.Errorf("got %v, want %v", got, c.want)
				}
			})
		})
	}
}

func TestPersonalQuestionsAreCountedAfterTheEnd(t *testing.T) {
	each(t, func(t *testing.T, s *survey.Service, _ *filed) {
		ages(t, s, 6, 6, 6, 6)
		r, err := s.Results(t.Context(), "trip", during)
		if err != nil {
			t.Fatal(err)
		}
		if age := r.Tallies[2]; !age.Later || age.Cells != nil || age.Answered != 0 {
			t.Errorf("%+v", age)
		}
		way := r.Tallies[0]
		if way.Answered != 24 || way.Cells[1].Count != 24 || way.Cells[1].Share != 1 || way.Cells[0].Count != 0 {
			t.Errorf("%+v", way)
		}
		if words := r.Tallies[3]; words.Answered != 24 || words.Cells != nil {
			t.Errorf("%+v", words)
		}
		if stop := r.Tallies[1]; stop.Answered != 0 || stop.Cells[0].Share != 0 {
			t.Errorf("%+v", stop)
		}
	})
}

func TestSurveysThatCannotBeAnsweredAreNotKept(t *testing.T) {
	for why, spoil := range map[string]func(*survey.Survey){
		"no title":               func(s *survey.Survey) { s.Title = " " },
		"ends before it opens":   func(s *survey.Survey) { s.Closes = s.Opens },
		"no questions":           func(s *survey.Survey) { s.Questions = nil },
		"two of one id":          func(s *survey.Survey) { s.Questions[1].ID = "way" },
		"one option":             func(s *survey.Survey) { s.Questions[0].Options = s.Questions[0].Options[:1] },
		"two options of one id":  func(s *survey.Survey) { s.Questions[0].Options[1].ID = "bus" },
		"a kind nobody can show": func(s *survey.Survey) { s.Questions[0].Kind = "stars" },
	} {
		s := trip()
		spoil(&s)
		if err := s.Check(); !letter.IsRefused(err) {
			t.Errorf("%s: %v", why, err)
		}
	}
}

func TestStandingHasItsWord(t *testing.T) {
	for at, want := range map[time.Time]string{opens.Add(-1): "即将开始", opens: "进行中", closes.Add(-1): "进行中", closes: "已结束"} {
		if got := trip().Standing(at).Word(); got != want {
			t.Errorf("%v: %s, want %s", at, got, want)
		}
	}
}
