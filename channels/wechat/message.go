package wechat

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"huiyin/internal/letter"
)

// Kind is what came.
type Kind string

// The kinds the dialogue tells apart.
const (
	Text        Kind = "text"
	Menu        Kind = "menu" // a press in the account's menu; the text is its key
	Subscribe   Kind = "subscribe"
	Unsubscribe Kind = "unsubscribe"
	OtherEvent  Kind = "event"
	Media       Kind = "media" // picture, voice, video, place, link
)

// Message is one call of WeChat, opened and checked.
type Message struct {
	OpenID string // who wrote; personal data
	ID     string // the same for WeChat's repeated calls: do the work once per ID
	Kind   Kind
	Text   string
	At     time.Time
	Nonce  string // of the call: one that was seen before is a replay

	account string // ToUserName, the sender of the answer
	key     int    // key that opened it; the answer is sealed with the same
}

// Read verifies, opens and parses a call (POST). Errors are Forbidden for what
// is not from WeChat or not sealed, Invalid for what it cannot mean, TooLarge.
func (a *Account) Read(q Query, body []byte, now time.Time) (Message, error) {
	if len(body) > maxBody {
		return Message{}, letter.Fail(letter.KindTooLarge, "消息太大。")
	}
	if q.EncryptType != "aes" || q.MsgSignature == "" {
		return Message{}, letter.Forbid("只接受安全模式（加密）的消息。")
	}
	if err := q.fresh(now); err != nil {
		return Message{}, err
	}
	outer, err := elements(body)
	if err != nil {
		return Message{}, invalid(err)
	}
	// msg_signature covers the sealed text; signature does not, and proves nothing.
	if !same(q.MsgSignature, a.sign(q.Timestamp, q.Nonce, outer["Encrypt"])) {
		return Message{}, errSignature()
	}
	plain, key, err := a.decrypt(outer["Encrypt"])
	if err != nil {
		return Message{}, err
	}
	m, err := parse(plain)
	m.Nonce, m.key = q.Timestamp+"/"+q.Nonce, key
	return m, err
}

func invalid(cause error) error {
	return letter.Fail(letter.KindInvalid, "消息的格式不对，或被截断。").Because(cause)
}

// parse reads the opened message.
func parse(plain []byte) (Message, error) {
	f, err := elements(plain)
	if err != nil {
		return Message{}, invalid(err)
	}
	m := Message{OpenID: f["FromUserName"], account: f["ToUserName"], ID: f["MsgId"]}
	seconds, err := strconv.ParseInt(f["CreateTime"], 10, 64)
	if err != nil || m.OpenID == "" || m.account == "" || len(m.OpenID) > 100 || len(m.account) > 100 || len(m.ID) > 100 {
		return m, letter.Fail(letter.KindInvalid, "消息缺少发送人、接收人或时间。")
	}
	m.At = time.Unix(seconds, 0).UTC()
	switch f["MsgType"] {
	case "event":
		m.Kind, m.Text = event(f["Event"], f["EventKey"])
		// Events have no MsgId; WeChat names these two instead.
		m.ID = "event/" + m.OpenID + "/" + f["CreateTime"]
	case "text":
		m.Kind, m.Text = Text, strings.TrimSpace(f["Content"])
	case "":
		return m, letter.Fail(letter.KindInvalid, "消息没有类型。")
	default:
		m.Kind = Media
	}
	if m.ID == "" {
		return m, letter.Fail(letter.KindInvalid, "消息没有编号。")
	}
	return m, nil
}

func event(name, key string) (Kind, string) {
	switch strings.ToLower(name) {
	case "subscribe":
		return Subscribe, ""
	case "unsubscribe":
		return Unsubscribe, ""
	case "click":
		return Menu, key
	}
	return OtherEvent, ""
}

// fit cuts a text to what WeChat takes in one message, at a whole character.
func fit(text string) string {
	const most = 2000 // bytes; WeChat refuses more than 2048
	if len(text) <= most {
		return text
	}
	text = text[:most]
	for !utf8.ValidString(text) {
		text = text[:len(text)-1]
	}
	return text + "…"
}
