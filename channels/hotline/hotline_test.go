package hotline_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"huiyin/channels/hotline"
	"huiyin/internal/letter"
)

var now = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

const secret = "a long shared secret"

// mac is HMAC-SHA256 after RFC 2104, written out, so that the signature is not
// checked against itself.
func mac(key, message []byte) string {
	block := make([]byte, 64)
	if len(key) > 64 {
		sum := sha256.Sum256(key)
		copy(block, sum[:])
	} else {
		copy(block, key)
	}
	inner, outer := make([]byte, 64), make([]byte, 64)
	for i, b := range block {
		inner[i], outer[i] = b^0x36, b^0x5c
	}
	first := sha256.Sum256(append(inner, message...))
	second := sha256.Sum256(append(outer, first[:]...))
	return hex.EncodeToString(second[:])
}

func TestSignatureIsTheDocumentedOne(t *testing.T) {
	want := mac([]byte(secret), []byte("1772442000\nnonce-01\n{\"a\":1}"))
	if got := hotline.Sign(secret, "1772442000", "nonce-01", []byte(`{"a":1}`)); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	// the same as: printf '1772442000\nnonce-01\n{"a":1}' | openssl dgst -sha256 -hmac KEY
}

func TestVerify(t *testing.T) {
	body := []byte(`{"call_id":"1"}`)
	stamp := strconv.FormatInt(now.Unix(), 10)
	signed := func(stamp, nonce string) hotline.Headers {
		return hotline.Headers{Timestamp: stamp, Nonce: nonce, Signature: mac([]byte(secret), []byte(stamp+"\n"+nonce+"\n"+string(body)))}
	}
	good := signed(stamp, "nonce-01")
	cases := []struct {
		why  string
		h    hotline.Headers
		body []byte
		at   time.Time
		ok   bool
	}{
		{"good", good, body, now, true},
		{"at the edge", good, body, now.Add(5 * time.Minute), true},
		{"our clock is behind", good, body, now.Add(-5 * time.Minute), true},
		{"sent again later", good, body, now.Add(5*time.Minute + time.Second), false},
		{"from the future", good, body, now.Add(-5*time.Minute - time.Second), false},
		{"body changed", good, []byte(`{"call_id":"2"}`), now, false},
		{"body cut short", good, body[:5], now, false},
		{"no body", good, nil, now, false},
		{"time changed", hotline.Headers{Timestamp: strconv.FormatInt(now.Unix()+1, 10), Nonce: good.Nonce, Signature: good.Signature}, body, now, false},
		{"nonce changed", hotline.Headers{Timestamp: stamp, Nonce: "nonce-02", Signature: good.Signature}, body, now, false},
		{"no signature", hotline.Headers{Timestamp: stamp, Nonce: "nonce-01"}, body, now, false},
		{"half a signature", hotline.Headers{Timestamp: stamp, Nonce: "nonce-01", Signature: good.Signature[:32]}, body, now, false},
		{"short nonce", signed(stamp, "n"), body, now, false},
		{"a newline moves the border", signed(stamp, "nonce-01\nx"), body, now, false},
		{"no time", signed("", "nonce-01"), body, now, false},
		{"time in words", signed("now", "nonce-01"), body, now, false},
	}
	for _, c := range cases {
		err := hotline.Verify(c.body, c.h, secret, c.at)
		if (err == nil) != c.ok || (err != nil && !letter.IsKind(err, letter.KindUnauthorized)) {
			t.Errorf("%s: %v", c.why, err)
		}
	}
	empty := hotline.Headers{Timestamp: stamp, Nonce: "nonce-01", Signature: mac(nil, []byte(stamp+"\nnonce-01\n"+string(body)))}
	if err := hotline.Verify(body, empty, "", now); !letter.IsKind(err, letter.KindUnavailable) {
		t.Errorf("without a secret: %v", err)
	}
}

const order = `{"call_id":"c-1","operator":"feng","title":"路灯","body":"东湖路路灯坏了","kind":"help","name":"张三","phone":"13800000000",
	"place":"东湖路","category":"0101","unit":"cgj","addressee":"","time":"2026-03-02T17:00:00+08:00","anonymous":false,"publish":true}`

func TestOrderBecomesADraft(t *testing.T) {
	c, err := hotline.ParseCall([]byte(order))
	if err != nil {
		t.Fatal(err)
	}
	got := c.Draft()
	if !got.Received.Equal(now) {
		t.Errorf("received %v", got.Received)
	}
	got.Received = time.Time{}
	want := letter.Draft{Channel: letter.Hotline, Kind: letter.Help, Title: "路灯", Body: "东湖路路灯坏了", Name: "张三", Phone: "13800000000",
		Publish: true, Place: "东湖路", Unit: "cgj", Category: "0101", Source: "hotline", SourceID: "c-1", Operator: "feng"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestOrdersThatCannotBeUsed(t *testing.T) {
	least := func(more string) string { return `{"call_id":"1","operator":"feng","body":"路灯"` + more + `}` }
	cases := []struct {
		why, body string
		kind      letter.ErrorKind // "" accepted
		field     string
	}{
		{"the least", least(""), "", ""},
		{"null is nothing", least(`,"title":null,"time":null,"publish":null`), "", ""},
		{"no call", `{"operator":"feng","body":"x"}`, letter.KindInvalid, "call_id"},
		{"no operator", `{"call_id":"1","body":"x"}`, letter.KindInvalid, "operator"},
		{"blank text", `{"call_id":"1","operator":"feng","body":" \n"}`, letter.KindInvalid, "body"},
		{"unknown field", least(`,"urgent":true`), letter.KindInvalid, "urgent"},
		{"another case is another field", least(`,"Title":"x"`), letter.KindInvalid, "Title"},
		{"a field twice", least(`,"body":"别的"`), letter.KindInvalid, "body"},
		{"a number for text", least(`,"phone":13800000000`), letter.KindInvalid, "phone"},
		{"text for a truth", least(`,"publish":"yes"`), letter.KindInvalid, "publish"},
		{"unknown kind", least(`,"kind":"rant"`), letter.KindInvalid, "kind"},
		{"time without zone", least(`,"time":"2026-03-02 09:00:00"`), letter.KindInvalid, "time"},
		{"time that is none", least(`,"time":"yesterday"`), letter.KindInvalid, "time"},
		{"NUL", least(`,"title":"a\u0000b"`), letter.KindInvalid, "title"},
		{"long call id", `{"call_id":"` + strings.Repeat("x", 101) + `","operator":"feng","body":"x"}`, letter.KindInvalid, "call_id"},
		{"broken UTF-8", least(",\"title\":\"a\xff\""), letter.KindInvalid, ""},
		{"empty", " ", letter.KindInvalid, ""},
		{"cut short", order[:100], letter.KindInvalid, ""},
		{"cut before the last brace", order[:len(order)-1], letter.KindInvalid, ""},
		{"an array", `[` + order + `]`, letter.KindInvalid, ""},
		{"two objects", least("") + least(""), letter.KindInvalid, ""},
		{"something behind", least("") + "x", letter.KindInvalid, ""},
		{"1 MB", least(`,"title":"` + strings.Repeat("长", 350_000) + `"`), letter.KindTooLarge, ""},
	}
	for _, c := range cases {
		_, err := hotline.ParseCall([]byte(c.body))
		if c.kind == "" {
			if err != nil {
				t.Errorf("%s: %v", c.why, err)
			}
			continue
		}
		var e *letter.Error
		if !errors.As(err, &e) || e.Kind != c.kind || (c.field != "" && e.Fields[c.field] == "") {
			t.Errorf("%s: %v %+v", c.why, err, e)
		}
	}
}

func TestAllFaultyFieldsAreNamedAtOnce(t *testing.T) {
	_, err := hotline.ParseCall([]byte(`{"a":1,"b":2,"kind":"x","body":3}`))
	var e *letter.Error
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	for _, field := range []string{"a", "b", "kind", "body", "call_id", "operator"} {
		if e.Fields[field] == "" {
			t.Errorf("%s is not named: %v", field, e.Fields)
		}
	}
}

func FuzzParseCall(f *testing.F) {
	f.Add([]byte(order))
	f.Add([]byte(`{"a":{"b":[1,2,{}]}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		c, err := hotline.ParseCall(body)
		if err != nil {
			var e *letter.Error
			if !errors.As(err, &e) {
				t.Errorf("no error for people: %v", err)
			}
			return
		}
		if !json.Valid(body) || bytes.ContainsRune([]byte(c.Body), 0) || c.CallID == "" || c.Operator == "" {
			t.Errorf("accepted %q as %+v", body, c)
		}
	})
}
