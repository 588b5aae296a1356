package staff

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
)

// NewToken makes a bearer token for the API and the hash of it that is stored;
// the token itself is shown once and kept nowhere.
func NewToken() (token, hash string) {
	var b [32]byte
	rand.Read(b[:]) // never fails: it ends the process instead
	token = "hy_" + base64.RawURLEncoding.EncodeToString(b[:])
	return token, TokenHash(token)
}

// TokenHash is what a token is stored and looked up by. A plain SHA-256 is
// enough, because nobody can guess 256 random bits.
func TokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
