package main_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"huiyin/bench"
	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
)

// senders is how many clients write at the same time.
const senders = 16

// Who has a receipt has a letter: killed twice under load, the program has lost
// no letter that it acknowledged and holds none twice, and a sender who got no
// answer sends again and has one letter.
func TestAKilledServerLosesNoAcknowledgedLetter(t *testing.T) {
	t.Parallel() // both wait most of the time
	storetest.EachURL(t, func(t *testing.T, url string) {
		t.Parallel()
		h := houseAt(t, url)
		var posts []*post
		for cycle := range 2 {
			p := h.serve(t)
			mail := startMail(p.url, fmt.Sprint("cycle-", cycle))
			<-time.After(underLoad())
			p.kill(t)
			posts = append(posts, mail.stop()...)
		}
		t.Logf("%d letters, %d of them without an answer", len(posts), len(unanswered(posts)))
		if len(posts) < 10*senders || len(unanswered(posts)) == 0 {
			t.Error("the load was too small to show anything")
		}
		p := h.serve(t)
		sendAgain(t, p.url, unanswered(posts))
		answerAlike(t, p.url, posts)
		showEach(t, p.url, posts)
		s := storetest.Open(t, h.url)
		deliverAll(t, s)
		p.stop(t)
		keepEachOnce(t, s, posts)
		if out, code := h.run(t, "verify"); code != 0 {
			t.Errorf("verify exits %d: %s", code, out)
		}
	})
}

// A clerk who stops the program loses nothing either, and it ends well.
func TestAStoppedServerFinishesWhatIsUnderWay(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		h := houseAt(t, url)
		p := h.serve(t)
		mail := startMail(p.url, "term")
		<-time.After(underLoad() / 3)
		p.stop(t)
		posts := mail.stop()
		again := h.serve(t)
		sendAgain(t, again.url, unanswered(posts))
		answerAlike(t, again.url, posts)
		again.stop(t)
		keepEachOnce(t, storetest.Open(t, h.url), posts)
	})
}

// Two processes on one file would each believe to be alone.
func TestAFolderInUseIsRefusedInASentence(t *testing.T) {
	data := t.TempDir()
	h := houseAt(t, data+"/huiyin.db")
	p := h.serve(t)
	out, code := h.run(t, "serve", "--listen", "127.0.0.1:0")
	if code != 1 || !strings.Contains(out, "正由另一个 huiyin serve 使用") {
		t.Errorf("exit %d: %s", code, out)
	}
	p.stop(t)
}

// underLoad is how long the senders write before the end; HUIYIN_LONG makes it ten seconds.
func underLoad() time.Duration {
	if os.Getenv("HUIYIN_LONG") != "" {
		return 10 * time.Second
	}
	return 3 * time.Second
}

// post is one letter on its way: what was sent, and the answer when there was one.
type post struct {
	key    string
	body   []byte
	answer []byte // body of the 201, nil without an answer
	number string
	code   string
}

// send posts the letter once; its error says what came instead of a receipt.
func (p *post) send(c *http.Client, url string) error {
	status, text, err := ask(c, http.MethodPost, url+"/api/v1/letters", p.key, p.body)
	if err != nil {
		return err
	}
	var receipt struct {
		Number string
		Code   string `json:"query_code"`
	}
	if status != http.StatusCreated {
		return fmt.Errorf("%d %s", status, text)
	}
	if err := json.Unmarshal(text, &receipt); err != nil || receipt.Number == "" {
		return fmt.Errorf("%s is no receipt: %w", text, err)
	}
	p.answer, p.number, p.code = text, receipt.Number, receipt.Code
	return nil
}

// odd are matters that no unit gets as usual: nobody knows what, a life in danger, an accusation.
var odd = []string{
	"你们好，想问一下之前说的那件事怎么样了，一直没有消息。",
	"我儿子说活不下去了，现在站在楼顶要跳楼，求求你们快来人。",
	"我实名举报城管局某科长收受施工单位的钱物，有转账记录。",
}

func newPost(key string, n int) (*post, error) {
	title, text := bench.Letter(uint64(n))
	if n%10 == 9 {
		title, text = "", fmt.Sprint(odd[n/10%len(odd)], n)
	}
	body, err := json.Marshal(map[string]any{"title": title, "body": text, "name": "测试", "phone": fmt.Sprintf("139%08d", n)})
	return &post{key: key, body: body}, err
}

// mail is senders who write until the server is gone or they are stopped.
type mail struct {
	wait  sync.WaitGroup
	end   chan struct{}
	mu    sync.Mutex
	posts []*post
}

func startMail(url, name string) *mail {
	m := &mail{end: make(chan struct{})}
	for i := range senders {
		m.wait.Go(func() { m.write(url, fmt.Sprint(name, "-", i), i) })
	}
	return m
}

func (m *mail) write(url, name string, sender int) {
	c := &http.Client{Transport: &http.Transport{}}
	defer c.CloseIdleConnections()
	for n := 0; ; n++ {
		select {
		case <-m.end:
			return
		default:
		}
		p, err := newPost(fmt.Sprint(name, "-", n), n*senders+sender)
		if err != nil {
			panic(err)
		}
		err = p.send(c, url)
		m.mu.Lock()
		m.posts = append(m.posts, p)
		m.mu.Unlock()
		if err != nil {
			return // the server is gone; so is this sender until it is back
		}
	}
}

func (m *mail) stop() []*post {
	close(m.end)
	m.wait.Wait()
	return m.posts
}

func unanswered(posts []*post) (list []*post) {
	for _, p := range posts {
		if p.answer == nil {
			list = append(list, p)
		}
	}
	return list
}

// each does something with every post, as many at a time as there were senders.
func each(t *testing.T, posts []*post, do func(*http.Client, *post) error) {
	t.Helper()
	c := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: senders}}
	defer c.CloseIdleConnections()
	next := make(chan *post)
	var wait sync.WaitGroup
	for range senders {
		wait.Go(func() {
			for p := range next {
				if err := do(c, p); err != nil {
					t.Errorf("letter %s %s: %v", p.key, p.number, err)
				}
			}
		})
	}
	for _, p := range posts {
		next <- p
	}
	close(next)
	wait.Wait()
}

// sendAgain is what a careful client does without an answer.
func sendAgain(t *testing.T, url string, posts []*post) {
	t.Helper()
	each(t, posts, func(c *http.Client, p *post) error { return p.send(c, url) })
}

// answerAlike expects the same bytes for the same request, before and after the crash.
func answerAlike(t *testing.T, url string, posts []*post) {
	t.Helper()
	each(t, posts, func(c *http.Client, p *post) error {
		again := &post{key: p.key, body: p.body}
		if err := again.send(c, url); err != nil {
			return err
		}
		if !bytes.Equal(again.answer, p.answer) {
			return fmt.Errorf("answered %s at first and %s later", p.answer, again.answer)
		}
		return nil
	})
}

// showEach expects that each sender finds his letter by number and code.
func showEach(t *testing.T, url string, posts []*post) {
	t.Helper()
	each(t, posts, func(c *http.Client, p *post) error {
		status, text, err := ask(c, http.MethodGet, url+"/api/v1/letters/"+p.number+"?code="+p.code, "", nil)
		if err != nil {
			return err
		}
		var shown struct{ Number string }
		if err := json.Unmarshal(text, &shown); err != nil || status != http.StatusOK || shown.Number != p.number {
			return fmt.Errorf("%d %s", status, text)
		}
		return nil
	})
}

// deliverAll waits until every event has reached its handlers; those that the
// killed process held come back when its lease ends.
func deliverAll(t *testing.T, s *store.Store) {
	t.Helper()
	end := time.Now().Add(2 * time.Minute)
	for {
		pending, err := s.PendingDeliveries(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(pending) == 0 {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("still not delivered: %v", pending)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// keepEachOnce expects exactly the letters that were posted, each with somebody
// who has it and a clock that runs for its sender.
func keepEachOnce(t *testing.T, s *store.Store, posts []*post) {
	t.Helper()
	kept := map[string]int{}
	err := s.EachLetter(t.Context(), func(l *letter.Letter, _ letter.Kept) error {
		kept[l.Number]++
		if !placed(l) {
			t.Errorf("%s lies nowhere: %s, unit %q, queue %s", l.Number, l.State, l.Unit, l.Placement.Queue)
		}
		if c, ok := l.Clock(letter.SenderClock); !ok || !c.Running() {
			t.Errorf("%s has no clock", l.Number)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	posted := map[string]bool{}
	for _, p := range posts {
		if posted[p.number] {
			t.Errorf("two requests became letter %s", p.number)
		}
		posted[p.number] = true
		if kept[p.number] != 1 {
			t.Errorf("letter %s is there %d times", p.number, kept[p.number])
		}
	}
	if len(kept) != len(posts) {
		t.Errorf("%d letters are kept, %d were sent", len(kept), len(posts))
	}
}

func placed(l *letter.Letter) bool {
	switch l.Placement.Queue {
	case letter.UnitQueue, letter.DisciplineQueue:
		return l.State == letter.Assigned && l.Unit != ""
	case letter.DispatchQueue, letter.DutyQueue:
		return l.State == letter.Received
	}
	return false
}
