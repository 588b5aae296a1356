package inbound_test

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha1"
	"encoding/base64"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/web/inbound"
	"huiyin/web/page/pagetest"
)

const (
	token  = "huiyintoken"
	appID  = "wx0123456789abcdef"
	aesKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
	openID = "oABCDEFGHIJKLMNOPQRSTUVWXYZ0"
)

func withWeChat(s *inbound.Server) {
	s.WeChat = inbound.WeChat{Token: token, AppID: appID, Key: aesKey}
}

// WeChat's side, written from its description.
func signed(parts ...string) string {
	slices.Sort(parts)
	sum := sha1.Sum([]byte(strings.Join(parts, "")))
	return hex.EncodeToString(sum[:])
}

func blocks(t testing.TB) (cipher.Block, []byte) {
	t.Helper()
	key, err := base64.StdEncoding.DecodeString(aesKey + "=")
	must(t, err)
	block, err := aes.NewCipher(key)
	must(t, err)
	return block, key[:16]
}

func sealed(t testing.TB, message string) string {
	t.Helper()
	b := bytes.NewBufferString("0123456789abcdef")
	n := len(message)
	b.Write([]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)})
	b.WriteString(message + appID)
	pad := 32 - b.Len()%32
	b.Write(bytes.Repeat([]byte{byte(pad)}, pad))
	block, iv := blocks(t)
	out := make([]byte, b.Len())
	cipher.NewCBCEncrypter(block, iv).CryptBlocks(out, b.Bytes())
	return base64.StdEncoding.EncodeToString(out)
}

func opened(t testing.TB, text string) string {
	t.Helper()
	in, err := base64.StdEncoding.DecodeString(text)
	must(t, err)
	block, iv := blocks(t)
	out := make([]byte, len(in))
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(out, in)
	n := int(out[18])<<8 | int(out[19])
	return string(out[20 : 20+n])
}

// says sends a text as WeChat does and gives what the person reads, "" for nothing.
func (h *house) says(t testing.TB, who, text, id string) string {
	t.Helper()
	return h.sends(t, who, "text", "<Content><![CDATA["+text+"]]></Content><MsgId>"+id+"</MsgId>")
}

func (h *house) sends(t testing.TB, who, kind, rest string) string {
	t.Helper()
	a := h.post(t, fmt.Sprintf("<xml><ToUserName>gh_1</ToUserName><FromUserName>%s</FromUserName><CreateTime>%d</CreateTime><MsgType>%s</MsgType>%s</xml>",
		who, h.Now.Unix(), kind, rest))
	if a.Status != 200 {
		t.Fatalf("%d %s", a.Status, a.Text)
	}
	if a.Text == "success" {
		return ""
	}
	var envelope struct{ Encrypt, MsgSignature, TimeStamp, Nonce string }
	must(t, xml.Unmarshal([]byte(a.Text), &envelope))
	if envelope.MsgSignature != signed(token, envelope.TimeStamp, envelope.Nonce, envelope.Encrypt) {
		t.Error("the answer's signature does not fit")
	}
	var inner struct{ ToUserName, Content string }
	must(t, xml.Unmarshal([]byte(opened(t, envelope.Encrypt)), &inner))
	if inner.ToUserName != who {
		t.Errorf("answered to %s", inner.ToUserName)
	}
	return inner.Content
}

func (h *house) post(t testing.TB, message string) pagetest.Answer {
	t.Helper()
	text, stamp := sealed(t, message), strconv.FormatInt(h.Now.Unix(), 10)
	q := url.Values{"timestamp": {stamp}, "nonce": {"n"}, "encrypt_type": {"aes"}, "msg_signature": {signed(token, stamp, "n", text)}}
	return h.call(t, "POST", "/channels/wechat?"+q.Encode(), "<xml><ToUserName>gh_1</ToUserName><Encrypt>"+text+"</Encrypt></xml>")
}

var numberAndCode = regexp.MustCompile(`编号：(\d{14})\n查询码：(\d{6})`)

func TestWeChatsServerCheck(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		stamp := strconv.FormatInt(h.Now.Unix(), 10)
		good := url.Values{"timestamp": {stamp}, "nonce": {"n"}, "echostr": {"hello"}, "signature": {signed(token, stamp, "n")}}
		if a := h.call(t, "GET", "/channels/wechat?"+good.Encode(), ""); a.Status != 200 || a.Text != "hello" {
			t.Errorf("%d %s", a.Status, a.Text)
		}
		good.Set("signature", signed("other", stamp, "n"))
		if a := h.call(t, "GET", "/channels/wechat?"+good.Encode(), ""); a.Status != 403 {
			t.Errorf("another token: %d %s", a.Status, a.Text)
		}
	}, withWeChat)
}

func TestAChatBecomesALetterByOneWord(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		if text := h.says(t, openID, "春晖路三盏路灯不亮，晚上看不清路", "1"); !strings.Contains(text, "还没有提交") {
			t.Errorf("%s", text)
		}
		kept, _, err := h.Store.WeChatDraft(t.Context(), h.Vault.SenderKey(openID))
		must(t, err)
		if len(kept) == 0 || bytes.Contains(kept, []byte("路灯")) {
			t.Error("the draft is not kept sealed")
		}
		h.says(t, openID, "从上周三开始的", "2")
		text := h.says(t, openID, "提交", "3")
		found := numberAndCode.FindStringSubmatch(text)
		if found == nil || !strings.Contains(text, "2026年3月") || h.poked != 1 {
			t.Fatalf("%s, poked %d", text, h.poked)
		}
		l, err := h.Store.Letter(t.Context(), found[1])
		must(t, err)
		if l.Channel != letter.WeChat || l.Body != "春晖路三盏路灯不亮，晚上看不清路\n从上周三开始的" || l.Source != "wechat" || l.SourceID != "1" ||
			l.Sender != h.Vault.SenderKey(openID) || bytes.Contains(l.Contact, []byte(openID)) {
			t.Errorf("%+v", l)
		}
		if again := h.says(t, openID, "提交", "3"); again != text {
			t.Errorf("WeChat's repeated call reads %s", again)
		}
		if again := h.says(t, openID, "提交", "4"); !strings.Contains(again, "没有待提交") {
			t.Errorf("a second confirmation reads %s", again)
		}
		status := h.says(t, openID, "查询 "+found[1]+" "+found[2], "5")
		if !strings.Contains(status, l.State.Word()) || !strings.Contains(status, h.City.Router.Name(l.Unit)) || !strings.Contains(status, "期限") {
			t.Errorf("%s", status)
		}
		totals, err := h.Store.Totals(t.Context())
		must(t, err)
		if totals.Letters != 1 {
			t.Errorf("%d letters", totals.Letters)
		}
	}, withWeChat)
}

// WeChat brings a message up to three times; and whoever overheard one within five minutes could do the same.
func TestARepeatedMessageChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		first := h.says(t, openID, "春晖路三盏路灯不亮，晚上看不清路", "1")
		if again := h.says(t, openID, "春晖路三盏路灯不亮，晚上看不清路", "1"); again != first {
			t.Errorf("%s, first %s", again, first)
		}
		h.says(t, openID, "从上周三开始的", "2")
		if text := h.says(t, openID, "春晖路三盏路灯不亮，晚上看不清路", "1"); text != "" {
			t.Errorf("an older message again: %s", text)
		}
		h.says(t, openID, "取消", "3")
		if text := h.says(t, openID, "从上周三开始的", "2"); text != "" {
			t.Errorf("after the draft was dropped: %s", text)
		}
		if text := h.says(t, openID, "提交", "4"); !strings.Contains(text, "没有待提交") {
			t.Errorf("a dropped draft is back: %s", text)
		}
		var wait sync.WaitGroup
		for range 8 {
			wait.Go(func() { h.says(t, "oTwo", "东湖路井盖破损，请派人来修", "11") })
		}
		wait.Wait()
		for range 8 {
			wait.Go(func() { h.says(t, "oTwo", "提交", "12") })
		}
		wait.Wait()
		totals, err := h.Store.Totals(t.Context())
		must(t, err)
		if totals.Letters != 1 {
			t.Errorf("%d letters", totals.Letters)
		}
	}, withWeChat)
}

func TestADraftBelongsToOnePersonAndGoesWithHim(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.says(t, openID, "春晖路三盏路灯不亮，晚上看不清路", "1")
		if text := h.says(t, "oOther", "提交", "2"); !strings.Contains(text, "没有待提交") {
			t.Errorf("%s", text)
		}
		if text := h.sends(t, openID, "event", "<Event>unsubscribe</Event>"); text != "" {
			t.Errorf("%s", text)
		}
		kept, _, err := h.Store.WeChatDraft(t.Context(), h.Vault.SenderKey(openID))
		must(t, err)
		if kept != nil {
			t.Error("who left leaves nothing behind")
		}
	}, withWeChat)
}

func TestCodesCannotBeGuessedInTheChat(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.says(t, openID, "我实名举报市住建局副局长李某收受开发商贿赂二十万元，有转账记录，请纪委调查。", "1")
		found := numberAndCode.FindStringSubmatch(h.says(t, openID, "提交", "2"))
		if text := h.says(t, openID, "查询 "+found[1]+" "+found[2], "3"); !strings.Contains(text, found[1]) || strings.Contains(text, "单位") {
			t.Errorf("the unit of a guarded letter is told: %s", text)
		}
		wrong := "000000"
		if found[2] == wrong {
			wrong = "000001"
		}
		unknown := h.says(t, openID, "查询 "+letter.NewNumber(h.Now, 9999)+" 123456", "4")
		for i := range 5 {
			if text := h.says(t, openID, "查询 "+found[1]+" "+wrong, fmt.Sprint("w", i)); text != unknown {
				t.Errorf("%s, an unknown number gets %s", text, unknown)
			}
		}
		if text := h.says(t, openID, "查询 "+found[1]+" "+found[2], "6"); !strings.Contains(text, "15 分钟") {
			t.Errorf("%s", text)
		}
	}, withWeChat)
}

func TestWhatIntakeRefusesStaysADraft(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		long := strings.Repeat("路灯不亮了，", 1000)
		h.says(t, openID, long, "1")
		if text := h.says(t, openID, "提交", "2"); !strings.HasPrefix(text, "没有提交。") || !strings.Contains(text, "太长") {
			t.Errorf("%s", text)
		}
		kept, _, err := h.Store.WeChatDraft(t.Context(), h.Vault.SenderKey(openID))
		must(t, err)
		if kept == nil {
			t.Error("the draft is lost")
		}
	}, withWeChat, func(s *inbound.Server) { s.Intake.Limits.Body = 100 })
}

func TestMessagesInClearOrFromOthersAreRefused(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		stamp := strconv.FormatInt(h.Now.Unix(), 10)
		text := "<xml><ToUserName>gh_1</ToUserName><FromUserName>o</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content>路灯不亮</Content><MsgId>1</MsgId></xml>"
		a := h.call(t, "POST", "/channels/wechat?timestamp="+stamp+"&nonce=n&signature="+signed(token, stamp, "n"), text)
		if a.Status != 403 {
			t.Errorf("in clear: %d %s", a.Status, a.Text)
		}
		h.Now = h.Now.Add(time.Minute)
		before := h.Now
		a = h.post(t, text)
		if a.Status != 200 {
			t.Fatalf("%d %s", a.Status, a.Text)
		}
		body := "<xml><ToUserName>gh_1</ToUserName><Encrypt>" + sealed(t, text) + "</Encrypt></xml>"
		stamp = strconv.FormatInt(before.Add(-time.Hour).Unix(), 10)
		q := url.Values{"timestamp": {stamp}, "nonce": {"n"}, "encrypt_type": {"aes"}, "msg_signature": {signed(token, stamp, "n", sealed(t, text))}}
		if a := h.call(t, "POST", "/channels/wechat?"+q.Encode(), body); a.Status != 403 {
			t.Errorf("an hour old: %d %s", a.Status, a.Text)
		}
	}, withWeChat)
}

func TestAnAccountSetUpByHalfIsRefusedAtTheStart(t *testing.T) {
	if _, err := inbound.New(inbound.Server{WeChat: inbound.WeChat{Token: token}}); err == nil {
		t.Error("taken")
	}
}
