package wechat

import (
	"crypto/rand"
	"encoding/xml"
	"fmt"
	"strconv"
	"time"
)

// Success is the answer that tells WeChat that there is nothing to say; anything
// else but a message, or none within 5 s, shows the resident an error.
const Success = "success"

type cdata struct {
	Text string `xml:",cdata"`
}

// Reply writes the sealed answer to a message: the body of the response to the
// call that brought it. An empty text gives Success.
func (a *Account) Reply(to Message, text string, now time.Time) ([]byte, error) {
	if text == "" {
		return []byte(Success), nil
	}
	inner, err := xml.Marshal(struct {
		XMLName xml.Name `xml:"xml"`
		To      cdata    `xml:"ToUserName"`
		From    cdata    `xml:"FromUserName"`
		At      int64    `xml:"CreateTime"`
		Type    cdata    `xml:"MsgType"`
		Content cdata    `xml:"Content"`
	}{To: cdata{to.OpenID}, From: cdata{to.account}, At: now.Unix(), Type: cdata{"text"}, Content: cdata{fit(text)}})
	if err != nil {
		return nil, fmt.Errorf("write reply: %w", err)
	}
	sealed, err := a.encrypt(inner, to.key)
	if err != nil {
		return nil, fmt.Errorf("seal reply: %w", err)
	}
	stamp, nonce := strconv.FormatInt(now.Unix(), 10), rand.Text()
	return xml.Marshal(struct {
		XMLName   xml.Name `xml:"xml"`
		Encrypt   cdata    `xml:"Encrypt"`
		Signature cdata    `xml:"MsgSignature"`
		At        string   `xml:"TimeStamp"`
		Nonce     cdata    `xml:"Nonce"`
	}{Encrypt: cdata{sealed}, Signature: cdata{a.sign(stamp, nonce, sealed)}, At: stamp, Nonce: cdata{nonce}})
}
