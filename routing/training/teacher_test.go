package training_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
	"huiyin/routing"
	"huiyin/routing/training"
)

// ordinary are letters that the rules send where they belong, answered there.
func ordinary(h *testhouse.House, n int) {
	h.T.Helper()
	matters := []string{"春晖路路灯不亮，晚上走路看不见", "公交 12 路经常晚点，上班迟到", "自来水水压不足，楼上没有水", "工地拖欠工资三个月不发", "小区物业乱收停车费"}
	people := []string{"老人", "孩子", "邻居", "学生", "租户", "店主", "快递员"}
	for i := range n {
		title := matters[i%len(matters)]
		number := h.Submit(letter.Draft{Kind: letter.Help, Title: title, Body: fmt.Sprintf("%s。%s第 %d 次反映，请尽快处理。", title, people[i%len(people)], i+1)})
		if h.Read(number).State == letter.Assigned {
			h.Answer(number, "您好，已处理。", "")
		}
	}
}

// clothes are letters on a matter that no rule knows.
func clothes(i int) letter.Draft {
	where := []string{"东门", "西门", "操场", "车站", "桥头", "渡口", "路口", "楼下"}[i%8]
	return letter.Draft{Kind: letter.Help, Title: where + "的旧衣回收箱满了", Body: where + "的旧衣回收箱满了，旧衣堆在地上，第 " + strings.Repeat("一", i+1) + " 天没有人收。"}
}

// correct sends letters on to a unit, whatever the router did.
func correct(h *testhouse.House, unit string, drafts ...letter.Draft) {
	h.T.Helper()
	for _, d := range drafts {
		number := h.Submit(d)
		if l := h.Read(number); l.State == letter.Assigned {
			h.Take(number, letter.Objection, casework.Input{Reason: "not_our_duty", Basis: "三定方案", Text: "不属于本单位职责"})
		}
		h.Take(number, letter.Assignment, casework.Input{Unit: unit})
	}
}

// learned is what comes of so many ordinary letters and four corrections.
func learned(h *testhouse.House, ordinaries int) training.Course {
	h.T.Helper()
	ordinary(h, ordinaries)
	correct(h, "mzj", clothes(0), clothes(1), clothes(2), clothes(3))
	h.Now = h.Now.Add(time.Hour)
	return h.Learn()
}

func first(h *testhouse.House, d letter.Draft) string {
	h.T.Helper()
	top := h.City.Router.Decide(d, h.Words.Letter(d.Title, d.Body), nil).Top
	if len(top) == 0 {
		return ""
	}
	return top[0].Unit
}

func TestWhatADispatcherDecidedIsLearnedAndCanBeUnlearned(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := testhouse.New(t, s)
		ordinary(h, 30)
		if first(h, clothes(7)) == "mzj" {
			t.Fatal("the rules know the matter already")
		}
		correct(h, "mzj", clothes(0), clothes(1), clothes(2), clothes(3))
		h.Now = h.Now.Add(time.Hour)
		c := h.Learn()
		if !c.Adopted || c.Corrections != 4 || c.Wrong != "" {
			t.Fatalf("learned %+v", c)
		}
		l := h.Read(h.Submit(clothes(7)))
		if l.Placement.Top[0].Unit != "mzj" || l.Placement.Model != c.Version {
			t.Errorf("a like letter: %+v by model %q", l.Placement.Top, l.Placement.Model)
		}
		testhouse.Must(t, s.ActivateModel(t.Context(), "", "weiran", h.Now))
		testhouse.Must(t, h.ReadCity(t.Context()))
		if first(h, clothes(6)) == "mzj" || h.City.Router.Model() != nil {
			t.Error("rules alone still know it")
		}
		testhouse.Must(t, s.ActivateModel(t.Context(), c.Version, "weiran", h.Now))
		testhouse.Must(t, h.ReadCity(t.Context()))
		if first(h, clothes(6)) != "mzj" {
			t.Error("gone back to, the model does not decide")
		}
	})
}

// Whether a letter is a petition is for people to say: what the law sends where it belongs teaches nothing.
func TestWhatOnlyPeopleMaySayIsNotLearned(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := testhouse.New(t, s)
		ordinary(h, 30)
		for i := range 4 {
			number := h.Submit(clothes(i))
			if h.Read(number).State == letter.Assigned {
				h.Take(number, letter.Objection, casework.Input{Reason: "not_our_duty", Basis: "三定方案", Text: "不属于本单位职责"})
			}
			h.Take(number, letter.Assignment, casework.Input{Unit: "mzj", Category: "1608"})
		}
		h.Now = h.Now.Add(time.Hour)
		if c := h.Learn(); c.Corrections != 0 || c.Adopted {
			t.Errorf("learned %+v", c)
		}
	})
}

func TestAModelThatIsNotBetterIsNotUsed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := testhouse.New(t, s)
		ordinary(h, 20)
		if c := h.Learn(); c.Adopted || h.City.Router.Model() != nil {
			t.Fatalf("without a correction a model was taken: %+v", c)
		}
		// Two people decide the opposite of one another about the same matter: nobody can learn that.
		for i := range 6 {
			correct(h, []string{"mzj", "tyj"}[i%2], clothes(i))
		}
		h.Now = h.Now.Add(time.Hour)
		c := h.Learn()
		list, err := s.Models(t.Context(), 10)
		testhouse.Must(t, err)
		for _, e := range list {
			trial, err := training.TrialOf(e)
			testhouse.Must(t, err)
			unseen := trial.OnAside.New + trial.OnSince.New - trial.OnAside.Old - trial.OnSince.Old
			if better := unseen > 0 || unseen == 0 && trial.Learned.New > trial.Learned.Old; trial.Adopt != better {
				t.Errorf("adopted %v although %+v", trial.Adopt, trial)
			}
			if e.Whole != (e.State != routing.Refused) {
				t.Errorf("model %s is %s and its body kept: %v", e.Version, e.State, e.Whole)
			}
		}
		if len(list) == 0 || list[0].Version != c.Version {
			t.Errorf("the trial of %s is not told: %+v", c.Version, list)
		}
	})
}

func TestOnlyDecisionsOfPeopleOnOpenLettersTeach(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := testhouse.New(t, s)
		correct(h, "mzj", clothes(0))
		untouched := h.Submit(letter.Draft{Kind: letter.Help, Title: "路灯不亮", Body: "春晖路路灯不亮，晚上走路看不见。"})
		sealed := h.Submit(letter.Draft{Kind: letter.Report, Title: "举报收钱", Body: "举报城管局工作人员收受摊贩红包，索要好处费，请查处。"})
		if l := h.Read(sealed); l.Guard == "" {
			t.Fatalf("the report is not sealed: %+v", l.Placement)
		}
		list, err := s.Settled(t.Context(), h.Now.Add(time.Hour), "", 100)
		testhouse.Must(t, err)
		if len(list) != 1 || !list[0].Corrected() || list[0].Unit != "mzj" {
			t.Errorf("learned from %+v; untouched is %s", list, untouched)
		}
		h.Answer(untouched, "您好，已修好。", "")
		if list, err = s.Settled(t.Context(), h.Now.Add(time.Hour), "", 100); err != nil || len(list) != 2 {
			t.Errorf("a letter answered where the router sent it teaches nothing: %d %v", len(list), err)
		}
	})
}

func TestADamagedModelLeavesTheOneThatWorks(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := testhouse.New(t, s)
		c := learned(h, 20)
		if !c.Adopted {
			t.Fatalf("nothing learned: %+v", c)
		}
		good, err := s.Model(t.Context(), c.Version)
		testhouse.Must(t, err)
		bad := good
		bad.Version, bad.Body, bad.Adopted = "20990101-damaged0", good.Body[:len(good.Body)/2], h.Now.Add(time.Hour)
		testhouse.Must(t, s.PutModel(t.Context(), bad))
		testhouse.Must(t, h.ReadCity(t.Context()))
		if h.City.Damaged != bad.Version || first(h, clothes(7)) != "mzj" {
			t.Errorf("damaged %q, decides %s", h.City.Damaged, first(h, clothes(7)))
		}
		restarted := h.Teacher()
		restarted.Held = func() *routing.Model { return nil }
		taught, err := restarted.Teach(t.Context(), h.City.Rules, 0)
		testhouse.Must(t, err)
		if taught.Damaged != bad.Version || taught.Cause == nil || taught.Router.Model() == nil || taught.Router.Model().Card().Version != c.Version {
			t.Errorf("after a restart %+v", taught)
		}
	})
}

func TestTooLittleToLearnIsSaid(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := testhouse.New(t, s)
		for _, step := range []struct {
			do   func()
			want string
		}{
			{func() {}, "还没有派到单位的来信"},
			{func() { correct(h, "mzj", clothes(0)) }, "还太少"},
		} {
			step.do()
			c := h.Learn()
			if c.Adopted || !strings.Contains(c.Wrong, step.want) || c.Running(h.Now) || c.Waiting() {
				t.Errorf("%+v, want %s", c, step.want)
			}
		}
	})
}

func TestNightsWithoutDecisionsTeachNothingAndABrokenRunIsTakenUp(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := testhouse.New(t, s)
		ordinary(h, 20)
		teacher := h.Teacher()
		night := func() bool {
			t.Helper()
			h.Now = h.Now.Add(24 * time.Hour)
			_, ran, err := teacher.Nightly(t.Context())
			testhouse.Must(t, err)
			return ran
		}
		if night() {
			t.Error("learned although nobody decided anything")
		}
		correct(h, "mzj", clothes(0), clothes(1), clothes(2))
		if !night() || night() {
			t.Error("a decision is learned from in the next night, and once")
		}
		testhouse.Must(t, teacher.Ask(t.Context(), "weiran"))
		killed, stop := context.WithCancel(t.Context())
		stop()
		if _, _, err := teacher.IfAsked(killed); err == nil {
			t.Fatal("a run that is cut off says so")
		}
		h.Now = h.Now.Add(3 * time.Hour)
		if _, ran, err := teacher.IfAsked(t.Context()); err != nil || !ran {
			t.Errorf("the wish was forgotten: %v %v", ran, err)
		}
		if _, ran, err := teacher.IfAsked(t.Context()); err != nil || ran {
			t.Errorf("the wish is granted twice: %v %v", ran, err)
		}
	})
}

func TestTheChosenShareSetsTheThreshold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := testhouse.New(t, s)
		learned(h, 30)
		sent := func(atMost float64) bool {
			t.Helper()
			taught, err := h.Teacher().Teach(t.Context(), h.City.Rules, atMost)
			testhouse.Must(t, err)
			d := clothes(5)
			return taught.Router.Decide(d, h.Words.Letter(d.Title, d.Body), nil).Unit != ""
		}
		list, err := s.Models(t.Context(), 1)
		testhouse.Must(t, err)
		trial, err := training.TrialOf(list[0])
		testhouse.Must(t, err)
		if len(trial.Offers) != 1+len(training.Levels) {
			t.Fatalf("offers %+v", trial.Offers)
		}
		for i, o := range trial.Offers[1:] {
			if o.AtMost != training.Levels[i] || o.Wrong > o.AtMost || i > 0 && o.Routed < trial.Offers[i].Routed {
				t.Errorf("offer %+v after %+v", o, trial.Offers[i])
			}
		}
		if sent(0.01) && !sent(0.1) {
			t.Error("who allows more mistakes has fewer letters sent")
		}
	})
}
