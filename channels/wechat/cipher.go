package wechat

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
)

// block is the size WeChat pads to, which is not that of AES.
const block = 32

// decrypt opens a message with the current or the previous key and says which
// one fitted. The bytes inside are: 16 random, 4 of length, message, AppID.
func (a *Account) decrypt(encoded string) (message []byte, key int, err error) {
	sealed, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return nil, 0, unreadable("base64: %w", err)
	}
	if len(sealed) == 0 || len(sealed)%aes.BlockSize != 0 {
		return nil, 0, unreadable("%d bytes are no whole blocks", len(sealed))
	}
	for i, k := range a.keys {
		if message, ok := a.open(k, sealed); ok {
			return message, i, nil
		}
	}
	return nil, 0, unreadable("no key fits, or it is for another account")
}

func (a *Account) open(key, sealed []byte) ([]byte, bool) {
	c, err := aes.NewCipher(key)
	if err != nil {
		return nil, false
	}
	plain := make([]byte, len(sealed))
	cipher.NewCBCDecrypter(c, key[:aes.BlockSize]).CryptBlocks(plain, sealed)
	plain, ok := unpad(plain)
	if !ok || len(plain) < 20 {
		return nil, false
	}
	size := uint64(binary.BigEndian.Uint32(plain[16:20]))
	rest := plain[20:]
	if size > uint64(len(rest)) || !same(string(rest[size:]), a.appID) {
		return nil, false
	}
	return rest[:size], true
}

// unpad takes PKCS#7 padding to 32 bytes off.
func unpad(b []byte) ([]byte, bool) {
	n := int(b[len(b)-1])
	if n < 1 || n > block || n > len(b) {
		return nil, false
	}
	for _, x := range b[len(b)-n:] {
		if int(x) != n {
			return nil, false
		}
	}
	return b[:len(b)-n], true
}

// encrypt seals an answer with the key that opened the question.
func (a *Account) encrypt(message []byte, key int) (string, error) {
	k := a.keys[key]
	plain := make([]byte, 16, 20+len(message)+len(a.appID)+block)
	if _, err := rand.Read(plain); err != nil {
		return "", err
	}
	plain = binary.BigEndian.AppendUint32(plain, uint32(len(message)))
	plain = append(append(plain, message...), a.appID...)
	n := block - len(plain)%block
	plain = append(plain, bytes.Repeat([]byte{byte(n)}, n)...)
	c, err := aes.NewCipher(k)
	if err != nil {
		return "", err
	}
	cipher.NewCBCEncrypter(c, k[:aes.BlockSize]).CryptBlocks(plain, plain)
	return base64.StdEncoding.EncodeToString(plain), nil
}
