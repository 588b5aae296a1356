package wechat_test

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha1"
	"encoding/base64"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"huiyin/channels/wechat"
	"huiyin/internal/letter"
)

var now = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

const (
	token  = "huiyintoken"
	appID  = "wx0123456789abcdef"
	openID = "oABCDEFGHIJKLMNOPQRSTUVWXYZ0"
	ghID   = "gh_0123456789ab"
	key1   = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
	key2   = "GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba"
)

func account(t testing.TB, current, previous string) *wechat.Account {
	t.Helper()
	a, err := wechat.New(wechat.Settings{Token: token, AppID: appID, Key: current, PreviousKey: previous})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// The sealing side is written here once more, from WeChat's description, so that
// a mistake in the package does not cancel itself out.
func sign(parts ...string) string {
	sort.Strings(parts)
	sum := sha1.Sum([]byte(strings.Join(parts, "")))
	return hex.EncodeToString(sum[:])
}

func seal(t testing.TB, encodedKey, app, message string) string {
	t.Helper()
	key, err := base64.StdEncoding.DecodeString(encodedKey + "=")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	b.WriteString("0123456789abcdef")
	n := len(message)
	b.Write([]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)})
	b.WriteString(message)
	b.WriteString(app)
	pad := 32 - b.Len()%32
	for i := 0; i < pad; i++ {
		b.WriteByte(byte(pad))
	}
	c, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]byte, b.Len())
	cipher.NewCBCEncrypter(c, key[:16]).CryptBlocks(out, b.Bytes())
	return base64.StdEncoding.EncodeToString(out)
}

func unseal(t testing.TB, encodedKey, sealed string) string {
	t.Helper()
	key, _ := base64.StdEncoding.DecodeString(encodedKey + "=")
	in, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil || len(in)%16 != 0 {
		t.Fatal("not whole blocks", err)
	}
	c, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]byte, len(in))
	cipher.NewCBCDecrypter(c, key[:16]).CryptBlocks(out, in)
	n := int(out[16])<<24 | int(out[17])<<16 | int(out[18])<<8 | int(out[19])
	if n > len(out)-20 || !strings.HasPrefix(string(out[20+n:]), appID) || len(out)%32 != 0 {
		t.Fatalf("sealed with another key: %q", out)
	}
	return string(out[20 : 20+n])
}

func inner(kind, rest string) string {
	return fmt.Sprintf("<xml><ToUserName><![CDATA[%s]]></ToUserName><FromUserName><![CDATA[%s]]></FromUserName><CreateTime>%d</CreateTime><MsgType><![CDATA[%s]]></MsgType>%s</xml>",
		ghID, openID, now.Unix(), kind, rest)
}

func text(content, id string) string {
	return inner("text", "<Content><![CDATA["+content+"]]></Content><MsgId>"+id+"</MsgId>")
}

// call is a whole POST as WeChat makes it.
func call(sealed string, at time.Time) (wechat.Query, []byte) {
	stamp := strconv.FormatInt(at.Unix(), 10)
	q := wechat.Query{Timestamp: stamp, Nonce: "n1", EncryptType: "aes", Signature: sign(token, stamp, "n1"), MsgSignature: sign(token, stamp, "n1", sealed)}
	return q, []byte("<xml><ToUserName><![CDATA[" + ghID + "]]></ToUserName><Encrypt><![CDATA[" + sealed + "]]></Encrypt></xml>")
}

func TestServerCheck(t *testing.T) {
	a := account(t, key1, "")
	stamp := strconv.FormatInt(now.Unix(), 10)
	good := wechat.Query{Signature: sign("n", token, stamp), Timestamp: stamp, Nonce: "n", Echo: "hello"}
	if got, err := a.Echo(good, now.Add(4*time.Minute)); got != "hello" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	for why, spoil := range map[string]func(*wechat.Query){
		"another token": func(q *wechat.Query) { q.Signature = sign("n", "other", stamp) },
		"no signature":  func(q *wechat.Query) { q.Signature = "" },
		"another nonce": func(q *wechat.Query) { q.Nonce = "m" },
		"no nonce":      func(q *wechat.Query) { q.Nonce, q.Signature = "", sign(token, stamp) },
		"no number":     func(q *wechat.Query) { q.Timestamp = "x" },
		"too old": func(q *wechat.Query) {
			q.Timestamp = strconv.FormatInt(now.Add(-6*time.Minute).Unix(), 10)
			q.Signature = sign(token, q.Timestamp, "n")
		},
		"from the future": func(q *wechat.Query) {
			q.Timestamp = strconv.FormatInt(now.Add(6*time.Minute).Unix(), 10)
			q.Signature = sign(token, q.Timestamp, "n")
		},
	} {
		q := good
		spoil(&q)
		if _, err := a.Echo(q, now); !letter.IsKind(err, letter.KindForbidden) {
			t.Errorf("%s: %v", why, err)
		}
	}
}

func TestSafeModeTextIsOpened(t *testing.T) {
	for why, sealedWith := range map[string]string{"current key": key1, "previous key": key2} {
		q, body := call(seal(t, sealedWith, appID, text("  东湖路路灯坏了 & <三盏>  ", "24601")), now)
		m, err := account(t, key1, key2).Read(q, body, now.Add(time.Minute))
		if err != nil {
			t.Errorf("%s: %v", why, err)
			continue
		}
		if m.OpenID != openID || m.ID != "24601" || m.Kind != wechat.Text || m.Text != "东湖路路灯坏了 & <三盏>" || !m.At.Equal(now) || m.Nonce == "" {
			t.Errorf("%s: %+v", why, m)
		}
	}
}

func TestWhatIsNotFromWeChatIsRefused(t *testing.T) {
	good := seal(t, key1, appID, text("路灯坏了", "1"))
	sealedBytes, err := base64.StdEncoding.DecodeString(good)
	if err != nil {
		t.Fatal(err)
	}
	tampered := bytes.Clone(sealedBytes)
	tampered[len(tampered)-1] ^= 1
	type change struct {
		q    wechat.Query
		body []byte
		at   time.Time
	}
	from := func(sealed string) change { q, body := call(sealed, now); return change{q, body, now} }
	with := func(spoil func(*change)) change { c := from(good); spoil(&c); return c }
	cases := map[string]struct {
		c    change
		kind letter.ErrorKind
	}{
		"a message in clear": {with(func(c *change) {
			c.q.EncryptType, c.body = "", []byte(text("把钱给我", "2"))
		}), letter.KindForbidden},
		"clear text beside the sealed one": {with(func(c *change) { c.q.EncryptType = "raw" }), letter.KindForbidden},
		"only the weak signature": {with(func(c *change) {
			c.q.MsgSignature = ""
		}), letter.KindForbidden},
		"the weak signature in its place": {with(func(c *change) { c.q.MsgSignature = c.q.Signature }), letter.KindForbidden},
		"another sealed text under an old signature": {with(func(c *change) {
			_, c.body = call(seal(t, key1, appID, text("别的", "3")), now)
		}), letter.KindForbidden},
		"an hour later":                {with(func(c *change) { c.at = now.Add(time.Hour) }), letter.KindForbidden},
		"an hour early":                {with(func(c *change) { c.at = now.Add(-time.Hour) }), letter.KindForbidden},
		"sealed with an unknown key":   {from(seal(t, key2, appID, text("路灯", "1"))), letter.KindForbidden},
		"sealed for another account":   {from(seal(t, key1, "wxffffffffffffffff", text("路灯", "1"))), letter.KindForbidden},
		"a longer account that begins": {from(seal(t, key1, appID+"0", text("路灯", "1"))), letter.KindForbidden},
		"a byte changed":               {from(base64.StdEncoding.EncodeToString(tampered)), letter.KindForbidden},
		"cut to whole blocks":          {from(base64.StdEncoding.EncodeToString(sealedBytes[:32])), letter.KindForbidden},
		"cut within a block":           {from(base64.StdEncoding.EncodeToString(sealedBytes[:40])), letter.KindForbidden},
		"no base64":                    {from("!!!"), letter.KindForbidden},
		"nothing sealed":               {from(""), letter.KindForbidden},
		"body cut short":               {with(func(c *change) { c.body = c.body[:len(c.body)-9] }), letter.KindInvalid},
		"empty body":                   {with(func(c *change) { c.body = nil }), letter.KindInvalid},
		"broken UTF-8":                 {with(func(c *change) { c.body = append(c.body, 0xff) }), letter.KindInvalid},
		"a document type":              {with(func(c *change) { c.body = append([]byte(`<!DOCTYPE xml [<!ENTITY a "b">]>`), c.body...) }), letter.KindInvalid},
		"an entity of its own":         {with(func(c *change) { c.body = []byte("<xml><Encrypt>&a;</Encrypt></xml>") }), letter.KindInvalid},
		"two sealed texts": {with(func(c *change) {
			c.body = bytes.Replace(c.body, []byte("</xml>"), []byte("<Encrypt>x</Encrypt></xml>"), 1)
		}), letter.KindInvalid},
		"two documents":           {with(func(c *change) { c.body = append(c.body, c.body...) }), letter.KindInvalid},
		"much too large":          {with(func(c *change) { c.body = bytes.Repeat([]byte(" "), 1<<20) }), letter.KindTooLarge},
		"inside: no sender":       {from(seal(t, key1, appID, "<xml><MsgType>text</MsgType></xml>")), letter.KindInvalid},
		"inside: no type":         {from(seal(t, key1, appID, inner("", "<MsgId>1</MsgId>"))), letter.KindInvalid},
		"inside: no id":           {from(seal(t, key1, appID, inner("text", "<Content>a</Content>"))), letter.KindInvalid},
		"inside: a document type": {from(seal(t, key1, appID, "<!DOCTYPE a>"+text("a", "1"))), letter.KindInvalid},
		"inside: not XML":         {from(seal(t, key1, appID, "{}")), letter.KindInvalid},
	}
	for why, c := range cases {
		if m, err := account(t, key1, "").Read(c.c.q, c.c.body, c.c.at); !letter.IsKind(err, c.kind) {
			t.Errorf("%s: %v (%+v), want %s", why, err, m, c.kind)
		}
	}
}

func TestEventsHaveAnIDOfTheirOwn(t *testing.T) {
	cases := []struct {
		rest string
		kind wechat.Kind
		text string
	}{
		{"<Event><![CDATA[subscribe]]></Event><EventKey></EventKey>", wechat.Subscribe, ""},
		{"<Event>unsubscribe</Event>", wechat.Unsubscribe, ""},
		{"<Event>CLICK</Event><EventKey>查询</EventKey>", wechat.Menu, "查询"},
		{"<Event>LOCATION</Event><Latitude>1</Latitude>", wechat.OtherEvent, ""},
	}
	for _, c := range cases {
		q, body := call(seal(t, key1, appID, inner("event", c.rest)), now)
		m, err := account(t, key1, "").Read(q, body, now)
		if err != nil || m.Kind != c.kind || m.Text != c.text || m.ID != fmt.Sprintf("event/%s/%d", openID, now.Unix()) {
			t.Errorf("%s: %+v, %v", c.rest, m, err)
		}
	}
	q, body := call(seal(t, key1, appID, inner("image", "<PicUrl>x</PicUrl><MsgId>5</MsgId>")), now)
	if m, err := account(t, key1, "").Read(q, body, now); err != nil || m.Kind != wechat.Media {
		t.Errorf("%+v, %v", m, err)
	}
}

func TestReplyIsSealedWithTheKeyThatOpened(t *testing.T) {
	a := account(t, key1, key2)
	for _, key := range []string{key1, key2} {
		q, body := call(seal(t, key, appID, text("路灯", "1")), now)
		m, err := a.Read(q, body, now)
		if err != nil {
			t.Fatal(err)
		}
		out, err := a.Reply(m, "已记下 ]]> “<b>路灯</b>”", now)
		if err != nil {
			t.Fatal(err)
		}
		var envelope struct {
			Encrypt, MsgSignature, TimeStamp, Nonce string
		}
		if err := xml.Unmarshal(out, &envelope); err != nil {
			t.Fatal(err)
		}
		if envelope.MsgSignature != sign(token, envelope.TimeStamp, envelope.Nonce, envelope.Encrypt) {
			t.Error("signature does not fit")
		}
		var reply struct {
			ToUserName, FromUserName, MsgType, Content string
			CreateTime                                 int64
		}
		if err := xml.Unmarshal([]byte(unseal(t, key, envelope.Encrypt)), &reply); err != nil {
			t.Fatal(err)
		}
		if reply.ToUserName != openID || reply.FromUserName != ghID || reply.MsgType != "text" || reply.Content != "已记下 ]]> “<b>路灯</b>”" || reply.CreateTime != now.Unix() {
			t.Errorf("%+v", reply)
		}
	}
	if out, err := a.Reply(wechat.Message{}, "", now); string(out) != "success" || err != nil {
		t.Errorf("%q, %v", out, err)
	}
}

func TestLongRepliesAreCutAtAWholeCharacter(t *testing.T) {
	a := account(t, key1, "")
	q, body := call(seal(t, key1, appID, text("路灯", "1")), now)
	m, err := a.Read(q, body, now)
	if err != nil {
		t.Fatal(err)
	}
	out, err := a.Reply(m, "x"+strings.Repeat("长", 3000), now)
	if err != nil {
		t.Fatal(err)
	}
	var envelope struct{ Encrypt string }
	var reply struct{ Content string }
	if err := xml.Unmarshal(out, &envelope); err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal([]byte(unseal(t, key1, envelope.Encrypt)), &reply); err != nil {
		t.Fatal(err)
	}
	if len(reply.Content) > 2048 || !strings.HasSuffix(reply.Content, "长…") {
		t.Errorf("%d bytes, ends %q", len(reply.Content), reply.Content[len(reply.Content)-9:])
	}
}

func TestSettingsThatCannotWorkAreRefused(t *testing.T) {
	for why, s := range map[string]wechat.Settings{
		"no key":           {Token: token, AppID: appID},
		"no token":         {AppID: appID, Key: key1},
		"short key":        {Token: token, AppID: appID, Key: key1[:42]},
		"bad previous key": {Token: token, AppID: appID, Key: key1, PreviousKey: "x"},
	} {
		if _, err := wechat.New(s); !letter.IsRefused(err) {
			t.Errorf("%s: %v", why, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	a := account(f, key1, "")
	f.Add(text("路灯", "1"))
	f.Add("<xml><a><b></b></a></xml>")
	f.Add("<xml/>")
	f.Fuzz(func(t *testing.T, message string) {
		q, body := call(seal(t, key1, appID, message), now)
		m, err := a.Read(q, body, now)
		if err == nil && (m.OpenID == "" || m.ID == "" || m.Kind == "") {
			t.Errorf("accepted %+v", m)
		}
		a.Read(q, []byte(message), now)
	})
}
