package supervise_test

import (
	"fmt"
	"testing"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/store"
)

// smoke are letters of different people about one night market, two hours apart.
var smoke = []string{
	"柳堤路夜市油烟大，窗户不敢开", "柳堤路夜市烧烤油烟熏得孩子咳嗽", "柳堤路夜市凌晨还在营业，油烟扰民",
	"柳堤路夜市油烟扰民，什么时候能解决", "投诉柳堤路夜市烧烤油烟", "柳堤路夜市油烟又回来了",
}

// complain files the titles, each by the person of that number.
func (h *house) complain(titles []string, person func(i int) int) (numbers []string) {
	h.T.Helper()
	for i, title := range titles {
		h.Now = h.Now.Add(2 * time.Hour)
		numbers = append(numbers, h.Submit(letter.Draft{Kind: letter.Complaint, Title: title, Place: "东湖区柳堤路",
			Body: title + "，每晚炭火烧烤，油烟进到屋里，请管一管。", Phone: fmt.Sprintf("1390001%04d", person(i))}))
	}
	h.Now = h.Now.Add(time.Hour)
	return numbers
}

func oneEach(i int) int { return i }

func TestWhatManyPeopleWriteAboutIsATopic(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.get(t, "/supervise/topics").Want(t, 200, "这段时间没有热点", "一个人写再多封也不算")
		h.get(t, "/supervise").Want(t, 200, "近 30 天没有热点")
		numbers := h.complain(smoke, oneEach)
		h.file("自来水水压不足")
		done := h.SortTopics()
		if len(done.Started) != 1 || done.Sorted != len(smoke)+1 {
			t.Fatalf("%+v", done)
		}
		link := "/supervise/topics/" + done.Started[0].ID
		for _, path := range []string{"/supervise/topics", "/supervise/topics?days=7&lang=en", "/supervise"} {
			h.get(t, path).Want(t, 200, link, "柳堤路夜市").Lacks(t, "水压")
		}
		h.get(t, "/supervise/topics").Want(t, 200, "共 1 个热点", "新热点", "升温", "近 7 天 6 件，此前四周没有", "城市管理和综合行政执法局")
		h.get(t, link).Want(t, 200, "/desk/letters/"+numbers[0], smoke[5]).Lacks(t, "水压")
		if again := h.SortTopics(); again.Sorted != 0 || len(again.Started) != 0 {
			t.Errorf("a second run: %+v", again)
		}
	})
}

func TestOnePersonWritingFortyTimesIsNoTopic(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		var titles []string
		for range 7 {
			titles = append(titles, smoke...)
		}
		h.complain(titles, func(int) int { return 1 })
		h.complain(titles[:4], func(i int) int { return i % 3 }) // nor are three
		if done := h.SortTopics(); len(done.Started) != 0 {
			t.Errorf("%+v", done.Started)
		}
		h.get(t, "/supervise/topics?days=all").Want(t, 200, "这段时间没有热点")
	})
}

// A letter that is guarded is in no topic, and one that becomes so leaves it: neither name nor number tells of it.
func TestAGuardedLetterIsInNoTopic(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		numbers := h.complain(smoke, oneEach)
		accusing := h.Submit(letter.Draft{Kind: letter.Report, Title: "举报城管局局长收受柳堤路夜市摊贩红包",
			Body: "城管局局长收受夜市摊贩红包，有转账记录，柳堤路夜市油烟才没人管。", Phone: "13900019999", Place: "东湖区柳堤路"})
		if h.Read(accusing).Guard == "" {
			t.Fatal("the letter is not sealed")
		}
		done := h.SortTopics()
		if done.Sorted != len(smoke) || len(done.Started) != 1 {
			t.Fatalf("%+v", done)
		}
		link := "/supervise/topics/" + done.Started[0].ID
		h.get(t, link).Want(t, 200, "共 6 封").Lacks(t, accusing, "红包")

		h.seal(numbers[0], letter.GuardDuty)
		h.get(t, link).Want(t, 200, "共 5 封").Lacks(t, numbers[0]) // at once
		if done := h.SortTopics(); done.Withdrawn != 1 {
			t.Errorf("%+v", done)
		}
		h.seal(numbers[1], letter.GuardDuty)
		h.seal(numbers[2], letter.GuardDuty)
		h.SortTopics()
		h.get(t, "/supervise/topics").Want(t, 200, "这段时间没有热点") // three are left
		h.get(t, link).Want(t, 404)
	})
}

// seal puts a guard on a letter.
func (h *house) seal(number, guard string) {
	h.T.Helper()
	_, err := h.Store.Update(h.T.Context(), number, func(l *letter.Letter) error {
		l.Status.Guard = guard
		return nil
	})
	must(h.T, err)
}

func TestTopicsAreForSupervisorsAndLeaders(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.complain(smoke, oneEach)
		link := "/supervise/topics/" + h.SortTopics().Started[0].ID
		handler := h.Member("lina")
		h.member = &handler
		h.get(t, "/supervise/topics").Want(t, 403)
		h.get(t, link).Want(t, 403).Lacks(t, "夜市")
		h.member = nil
		h.get(t, link).Want(t, 303)
		h.member = leader
		h.get(t, link).Want(t, 200)
		for path, status := range map[string]int{"/supervise/topics?days=8": 400, "/supervise/topics/none": 404, link + "?page=x": 400, link + "?page=9": 200} {
			h.get(t, path).Want(t, status)
		}
	})
}

// Answered letters stay in their topic; they are not open any more.
func TestATopicCountsWhatIsStillOpen(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		numbers := h.complain(smoke, oneEach)
		done := h.SortTopics()
		h.Take(numbers[0], letter.Acceptance, casework.Input{})
		h.Take(numbers[0], letter.DraftReply, casework.Input{Text: "您好，已经处理。"})
		h.Take(numbers[0], letter.Review, casework.Input{})
		h.Take(numbers[0], letter.Approval, casework.Input{})
		got, err := h.Store.StartedTopic(t.Context(), store.Reader{All: true}, done.Started[0].ID,
			store.Period{From: h.Now.AddDate(0, 0, -1), To: h.Now}, h.Now, 5)
		if err != nil || got.Received != 6 || got.Open != 5 || got.People != 6 || got.Weeks[4] != 6 {
			t.Errorf("%+v %v", got, err)
		}
		got, err = h.Store.StartedTopic(t.Context(), store.Reader{}, done.Started[0].ID, store.Period{To: h.Now}, h.Now, 5)
		if !letter.IsKind(err, letter.KindNotFound) {
			t.Errorf("who may read nothing: %+v %v", got, err)
		}
	})
}
