package bench

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// address is where a letter is sent.
const address = "/api/v1/letters"

// Load says how letters are sent: so many clients, each over one connection that
// stays open, each waiting for its answer before it sends the next letter.
type Load struct {
	Host    string // host:port of the server
	Clients int
	For     time.Duration // 0: until Letters are sent
	Letters int           // 0: without end
	First   uint64        // the first letter's n, so that two runs differ
}

// Outcome is what a load came to. Only answers 201 that name a number count.
type Outcome struct {
	Accepted int
	Failed   int
	Failure  string // the first answer that was none, in words
	Took     time.Duration
	Median   time.Duration // of the answers
	P99      time.Duration
}

// Rate is letters a second.
func (o Outcome) Rate() float64 { return float64(o.Accepted) / o.Took.Seconds() }

// Send sends the load. An answer that is none ends its client.
func (l Load) Send() Outcome {
	var wait sync.WaitGroup
	clients := make([]client, l.Clients)
	began := time.Now()
	for i := range clients {
		wait.Go(func() { clients[i].run(l, i, began) })
	}
	wait.Wait()
	o := Outcome{Took: time.Since(began)}
	var waits []time.Duration
	for _, c := range clients {
		waits = append(waits, c.waits...)
		if c.err != nil {
			o.Failed++
			o.Failure = c.err.Error()
		}
	}
	o.Accepted = len(waits)
	if o.Accepted > 0 {
		slices.Sort(waits)
		o.Median, o.P99 = waits[len(waits)/2], waits[len(waits)*99/100]
	}
	return o
}

type client struct {
	waits []time.Duration
	err   error
}

// run speaks HTTP over its own connection, because the usual client would take
// more of a small machine's time than the servers it measures.
func (c *client) run(l Load, i int, began time.Time) {
	conn, err := net.Dial("tcp", l.Host)
	if err != nil {
		c.err = err
		return
	}
	defer conn.Close()
	answers := bufio.NewReader(conn)
	share := (l.Letters + l.Clients - 1) / l.Clients
	for n := 0; (l.Letters == 0 || n < share) && (l.For == 0 || time.Since(began) < l.For); n++ {
		text, err := post(l.Host, l.First+uint64(i)<<32+uint64(n))
		if err != nil {
			c.err = err
			return
		}
		sent := time.Now()
		if _, err := conn.Write(text); err != nil {
			c.err = err
			return
		}
		if c.err = accepted(answers); c.err != nil {
			return
		}
		c.waits = append(c.waits, time.Since(sent))
	}
}

// post is the request for the nth letter as it goes over the wire.
func post(host string, n uint64) ([]byte, error) {
	title, body := Letter(n)
	text, err := json.Marshal(request{
		Kind: "help", Title: title, Body: body, Name: "测试", Phone: fmt.Sprintf("138%08d", n%100_000_000),
	})
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		address, host, len(text), text), nil
}

// accepted reads one answer to its end and says whether it is a receipt.
func accepted(r *bufio.Reader) error {
	a, err := http.ReadResponse(r, nil)
	if err != nil {
		return fmt.Errorf("no answer: %w", err)
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	if err != nil {
		return fmt.Errorf("answer cut short: %w", err)
	}
	var receipt struct{ Number string }
	if a.StatusCode != http.StatusCreated {
		return fmt.Errorf("%s: %s", a.Status, text)
	}
	if err := json.Unmarshal(text, &receipt); err != nil {
		return fmt.Errorf("answer %s: %w", text, err)
	}
	if receipt.Number == "" {
		return errors.New("an answer without a number")
	}
	return nil
}
