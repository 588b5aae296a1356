package main_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"huiyin/internal/store/storetest"
)

// What cannot be a letter is refused in a sentence, in the language of the
// reader, and leaves nothing behind.
func TestBadInputLeavesNothingHalfStored(t *testing.T) {
	h := houseAt(t, t.TempDir()+"/huiyin.db")
	p := h.serve(t)
	s := storetest.Open(t, h.url)
	long := `{"title":"路灯","body":"` + strings.Repeat("路灯不亮。", 1<<20/len("路灯不亮。")) + `"}`
	good := `{"title":"路灯不亮","body":"春晖路的路灯坏了三天，请派人来修。"}`
	for _, c := range []struct {
		what   string
		body   string
		status int
	}{
		{"nothing", "", 400},
		{"an empty text", `{"title":"","body":"  "}`, 400},
		{"1 MB of text", long, 413},
		{"more than 20,000 characters", `{"body":"` + strings.Repeat("灯", 20_001) + `"}`, 400},
		{"broken UTF-8", "{\"body\":\"路灯\xe8\xb7\"}", 400},
		{"half of a character", `{"body":"路灯\ud83d"}`, 400},
		{"NUL", "{\"body\":\"路灯\x00不亮\"}", 400},
		{"an escaped NUL", `{"body":"路灯\u0000不亮"}`, 400},
		{"an unknown kind", `{"kind":"rumour","body":"路灯不亮"}`, 400},
		{"an unknown field", `{"colour":"red","body":"路灯不亮"}`, 400},
		{"a number for a text", `{"body":7}`, 400},
		{"half an object", good[:len(good)-3], 400},
	} {
		for lang, han := range map[string]bool{"zh-CN": true, "en": false} {
			status, message := refusal(t, p.url, lang, c.body)
			if status != c.status || message == "" || hasHan(message) != han {
				t.Errorf("%s in %s: %d %q, want %d", c.what, lang, status, message, c.status)
			}
		}
	}
	cutShort(t, p.url, good)
	if totals, err := s.Totals(t.Context()); err != nil || totals.Letters+totals.Events+totals.Pending != 0 {
		t.Errorf("%+v %v, want nothing", totals, err)
	}

	// A key means one letter: the same body gets the same answer, another body none.
	var answers [2][]byte
	for i := range answers {
		status, text, err := ask(http.DefaultClient, http.MethodPost, p.url+"/api/v1/letters", "once", []byte(good))
		if err != nil || status != http.StatusCreated {
			t.Fatalf("%d %s %v", status, text, err)
		}
		answers[i] = text
	}
	if !bytes.Equal(answers[0], answers[1]) {
		t.Errorf("the same request is answered %s and %s", answers[0], answers[1])
	}
	other := strings.Replace(good, "三天", "五天", 1)
	if status, text, err := ask(http.DefaultClient, http.MethodPost, p.url+"/api/v1/letters", "once", []byte(other)); err != nil || status != 422 {
		t.Errorf("the same key with another body: %d %s %v", status, text, err)
	}
	var receipt struct{ Number string }
	if err := json.Unmarshal(answers[0], &receipt); err != nil {
		t.Fatal(err)
	}
	if status, text, err := ask(http.DefaultClient, http.MethodGet, p.url+"/api/v1/letters/"+receipt.Number+"?code=000", "", nil); err != nil || status != 404 {
		t.Errorf("a wrong code: %d %s %v", status, text, err)
	}
	if totals, err := s.Totals(t.Context()); err != nil || totals.Letters != 1 {
		t.Errorf("%+v %v, want one letter", totals, err)
	}
	p.stop(t)
}

// refusal posts a body and reads the sentence of the error.
func refusal(t *testing.T, url, lang, body string) (status int, message string) {
	t.Helper()
	q, err := http.NewRequest(http.MethodPost, url+"/api/v1/letters", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("Content-Type", "application/json")
	q.Header.Set("Accept-Language", lang)
	a, err := http.DefaultClient.Do(q)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	var e struct{ Error struct{ Message string } }
	if err := json.NewDecoder(a.Body).Decode(&e); err != nil {
		t.Errorf("an answer that is no JSON: %v", err)
	}
	return a.StatusCode, e.Error.Message
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 0x4e00 && r <= 0x9fff })
}

// cutShort promises more than it sends, as a lost connection does, once with
// time to hear the answer.
func cutShort(t *testing.T, url, body string) {
	t.Helper()
	for _, listens := range []bool{false, true} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(conn, "POST /api/v1/letters HTTP/1.1\r\nHost: huiyin\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
			len(body)+100, body)
		if listens {
			if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
				t.Fatal(err)
			}
			conn.SetReadDeadline(time.Now().Add(10 * time.Second))
			a, err := http.ReadResponse(bufio.NewReader(conn), nil)
			if err == nil && (a.StatusCode < 400 || a.StatusCode > 499) || err != nil && err != io.ErrUnexpectedEOF {
				t.Errorf("a body cut short: %v %v", a, err)
			}
		}
		conn.Close()
	}
}
