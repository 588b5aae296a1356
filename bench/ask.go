package bench

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

// Asking says how published letters are searched: by so many clients, each over one connection that stays open, each
// waiting for its answer before it asks the next question. It goes once through the questions.
type Asking struct {
	Host     string // host:port of the server
	Clients  int
	Letters  int    // in the index; 0: the questions are asked for nothing
	First    uint64 // the first question's n
	Count    int    // questions
	Repeated int    // in a hundred, those out of the commonest hundred
	Seconds  int    // after which no more is asked; 0: without end
}

// Answered is what asking came to. Answers are numbered as the questions.
type Answered struct {
	Failure string // the first answer that was none, in words
	Count   int
	Hits    int // letters shown
	Took    time.Duration
	P50     time.Duration
	P95     time.Duration
	P99     time.Duration
	Max     time.Duration
}

// Rate is answers a second.
func (a Answered) Rate() float64 { return float64(a.Count) / a.Took.Seconds() }

// questions are the texts of the asking, in their order.
func (a Asking) questions(c *Corpus) []string {
	all := make([]string, a.Count)
	for i := range all {
		n := a.First + uint64(i)
		if i%100 < a.Repeated {
			n = 7_000_000 + uint64(i*i*31%100)
		}
		all[i] = c.Question(n, a.Letters)
	}
	return all
}

// Ask asks the questions.
func (a Asking) Ask() (Answered, error) {
	corpus, err := NewCorpus()
	if err != nil {
		return Answered{}, err
	}
	questions := a.questions(corpus)
	askers := make([]asker, a.Clients)
	var wait sync.WaitGroup
	began := time.Now()
	for i := range askers {
		wait.Go(func() { askers[i].run(a, i, questions, began) })
	}
	wait.Wait()
	out := Answered{Took: time.Since(began)}
	var waits []time.Duration
	for _, one := range askers {
		waits = append(waits, one.waits...)
		out.Hits += one.hits
		if one.err != nil {
			out.Failure = one.err.Error()
		}
	}
	if out.Count = len(waits); out.Count > 0 {
		slices.Sort(waits)
		at := func(share int) time.Duration { return waits[len(waits)*share/100] }
		out.P50, out.P95, out.P99, out.Max = at(50), at(95), at(99), waits[len(waits)-1]
	}
	return out, nil
}

type asker struct {
	waits []time.Duration
	hits  int
	err   error
}

func (k *asker) run(a Asking, i int, questions []string, began time.Time) {
	conn, err := net.Dial("tcp", a.Host)
	if err != nil {
		k.err = err
		return
	}
	defer conn.Close()
	answers := bufio.NewReader(conn)
	for ; i < len(questions) && (a.Seconds == 0 || time.Since(began) < time.Duration(a.Seconds)*time.Second); i += a.Clients {
		sent := time.Now()
		_, err := fmt.Fprintf(conn, "GET /api/v1/published?per_page=10&q=%s HTTP/1.1\r\nHost: %s\r\n\r\n", url.QueryEscape(questions[i]), a.Host)
		if err != nil {
			k.err = err
			return
		}
		text, err := answerOf(answers)
		if err != nil {
			k.err = fmt.Errorf("%s: %w", questions[i], err)
			return
		}
		k.waits = append(k.waits, time.Since(sent))
		var page struct{ Hits []struct{ Number string } }
		if k.err = json.Unmarshal(text, &page); k.err != nil {
			return
		}
		k.hits += len(page.Hits)
	}
}

// answerOf reads one answer to its end.
func answerOf(r *bufio.Reader) ([]byte, error) {
	a, err := http.ReadResponse(r, nil)
	if err != nil {
		return nil, fmt.Errorf("no answer: %w", err)
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	if err == nil && a.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", a.Status, text)
	}
	return text, err
}
