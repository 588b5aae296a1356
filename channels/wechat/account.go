// Package wechat reads what WeChat's servers send to a government account, in safe mode only, and writes the answers; it stores nothing and files nothing.
package wechat

import (
	"crypto/sha1"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"huiyin/internal/letter"
)

// Settings are those of the account in WeChat's console (基本配置).
type Settings struct {
	Token       string
	AppID       string
	Key         string // EncodingAESKey, 43 characters
	PreviousKey string // the one before, still used for some time after a change; may be empty
}

// Account checks, opens and seals the messages of one government account.
type Account struct {
	token, appID string
	keys         [][]byte // current, previous
}

// New checks the settings. Without a key there is no account: messages in clear
// are never taken, because whoever knows one signature could send any text.
func New(s Settings) (*Account, error) {
	if s.Token == "" || s.AppID == "" || s.Key == "" {
		return nil, letter.Refuse("微信公众号须填写 Token、AppID 和 EncodingAESKey，并在公众平台选择“安全模式”。")
	}
	a := &Account{token: s.Token, appID: s.AppID}
	for _, encoded := range []string{s.Key, s.PreviousKey} {
		if encoded == "" {
			continue
		}
		// WeChat draws the 43 characters freely, so the last one may carry bits that
		// belong to no byte; the decoder lets them pass.
		key, err := base64.StdEncoding.DecodeString(encoded + "=")
		if err != nil || len(key) != 32 {
			return nil, letter.Refuse("微信公众号的 EncodingAESKey 应是 43 个字母和数字。")
		}
		a.keys = append(a.keys, key)
	}
	return a, nil
}

// Query is what WeChat puts into the address of a call.
type Query struct {
	Signature    string // signature
	Timestamp    string // timestamp, in seconds
	Nonce        string // nonce
	Echo         string // echostr, at the server check only
	EncryptType  string // encrypt_type
	MsgSignature string // msg_signature
}

// skew is how far the time of a call may be from ours, before and after.
const skew = 5 * time.Minute

// Echo answers the server check (GET): the text to send back.
func (a *Account) Echo(q Query, now time.Time) (string, error) {
	if err := q.fresh(now); err != nil {
		return "", err
	}
	if !same(q.Signature, a.sign(q.Timestamp, q.Nonce)) {
		return "", errSignature()
	}
	if len(q.Echo) > 1024 {
		return "", letter.Refuse("echostr 太长。")
	}
	return q.Echo, nil
}

// sign is WeChat's signature: SHA-1 over the sorted parts.
func (a *Account) sign(parts ...string) string {
	parts = append(parts, a.token)
	slices.Sort(parts)
	sum := sha1.Sum([]byte(strings.Join(parts, "")))
	return hex.EncodeToString(sum[:])
}

func same(given, want string) bool {
	return subtle.ConstantTimeCompare([]byte(given), []byte(want)) == 1
}

// fresh refuses calls that are too old or from the future, so that what was
// overheard once cannot be sent again later.
func (q Query) fresh(now time.Time) error {
	seconds, err := strconv.ParseInt(q.Timestamp, 10, 64)
	if err != nil || q.Nonce == "" || len(q.Nonce) > 128 {
		return letter.Fail(letter.KindForbidden, "缺少时间戳或随机串。")
	}
	if off := now.Sub(time.Unix(seconds, 0)); off > skew || off < -skew {
		return letter.Fail(letter.KindForbidden, "请求的时间与服务器相差超过 5 分钟。")
	}
	return nil
}

func errSignature() error { return letter.Fail(letter.KindForbidden, "签名不对。") }

// unreadable is the answer to everything that cannot be opened; which step
// failed is for the log only.
func unreadable(format string, args ...any) error {
	return letter.Fail(letter.KindForbidden, "消息无法解密。").Because(fmt.Errorf(format, args...))
}
