// Package hotline reads the orders that the telephone system of the 12345 hotline sends, signed, when an operator has taken a call.
package hotline

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strconv"
	"time"

	"huiyin/internal/letter"
)

// Headers are what the caller sends beside the body.
type Headers struct {
	Timestamp string // X-Timestamp: seconds since 1970
	Nonce     string // X-Nonce: 8 to 64 letters, digits, - or _, never used twice
	Signature string // X-Signature: see Sign
}

// skew is how far the time of a request may be from ours (domain.md 7.3).
const skew = 5 * time.Minute

var nonceShape = regexp.MustCompile(`^[A-Za-z0-9_-]{8,64}$`)

// Sign is the signature of a request: HMAC-SHA256 in lower-case hex over
// timestamp, newline, nonce, newline and the body's bytes.
func Sign(secret, timestamp, nonce string, body []byte) string {
	m := hmac.New(sha256.New, []byte(secret))
	m.Write([]byte(timestamp + "\n" + nonce + "\n"))
	m.Write(body)
	return hex.EncodeToString(m.Sum(nil))
}

// Verify says whether a request comes from who holds the secret, now. Whether its
// nonce was used before, the caller decides, who can store it. An empty secret
// accepts nothing.
func Verify(body []byte, h Headers, secret string, now time.Time) error {
	if secret == "" {
		return letter.Fail(letter.KindUnavailable, "没有设置热线密钥，暂不接收热线工单。")
	}
	seconds, err := strconv.ParseInt(h.Timestamp, 10, 64)
	if err != nil {
		return letter.Fail(letter.KindUnauthorized, "X-Timestamp 应是从 1970 年起的秒数。")
	}
	if !nonceShape.MatchString(h.Nonce) {
		return letter.Fail(letter.KindUnauthorized, "X-Nonce 应是 8 到 64 个字母、数字、横线或下划线。")
	}
	if off := now.Sub(time.Unix(seconds, 0)); off > skew || off < -skew {
		return letter.Fail(letter.KindUnauthorized, "请求的时间与服务器相差超过 5 分钟，请核对时钟。")
	}
	if !hmac.Equal([]byte(h.Signature), []byte(Sign(secret, h.Timestamp, h.Nonce, body))) {
		return letter.Fail(letter.KindUnauthorized, "X-Signature 不对。")
	}
	return nil
}
