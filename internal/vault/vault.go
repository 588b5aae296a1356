// Package vault keeps the city's one secret key and everything done with it: sealing contact data, keyed hashes that
// recognise a sender without knowing him, query codes and signatures.
package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
)

// Vault does with the city key what its methods say; the key itself never leaves it. Safe for concurrent use.
type Vault struct {
	id     [4]byte
	city   []byte
	sealer cipher.AEAD
	sender []byte
	query  []byte
}

// A sealed value is: algorithm (1 byte), key id (4), nonce (12), ciphertext with tag. The first five are authenticated,
// so that a later algorithm or key can stand beside this one.
const (
	algorithmAES256GCM = 1
	headerSize         = 1 + 4
)

// keySize is the size of the city key and of every key derived from it, in bytes.
const keySize = 32

// Open reads the city key from the file keys in dir, or makes one if there is none: it then stands on the disk, safe
// from a power cut, before Open returns, and of several processes starting at once all get the same key. A damaged
// file, or one that others may read, is refused with a Chinese sentence: a new key would lose all contact data.
func Open(dir string) (*Vault, error) {
	city, err := cityKey(dir)
	if err != nil {
		return nil, err
	}
	return newVault(city)
}

func newVault(city []byte) (*Vault, error) {
	v := &Vault{city: city, id: keyID(city)}
	block, err := aes.NewCipher(v.derive("seal"))
	if err != nil {
		return nil, fmt.Errorf("city key: %w", err)
	}
	if v.sealer, err = cipher.NewGCM(block); err != nil {
		return nil, fmt.Errorf("city key: %w", err)
	}
	v.sender, v.query = v.derive("sender"), v.derive("query-code")
	return v, nil
}

// derive gives the key of one purpose, so that what one purpose lets out says nothing of another.
func (v *Vault) derive(purpose string) []byte {
	key, err := hkdf.Key(sha256.New, v.city, nil, "huiyin/"+purpose+"/1", keySize)
	if err != nil { // only for more than 8160 bytes
		panic(err)
	}
	return key
}

// keyID names a key without telling anything of it.
func keyID(city []byte) (id [4]byte) {
	sum := sha256.Sum256(append([]byte("huiyin/key-id/1\x00"), city...))
	copy(id[:], sum[:])
	return id
}

// Seal encrypts plain with AES-256-GCM under a fresh nonce: the same text sealed twice looks different.
func (v *Vault) Seal(plain []byte) ([]byte, error) {
	sealed := make([]byte, headerSize+v.sealer.NonceSize(), headerSize+v.sealer.NonceSize()+len(plain)+v.sealer.Overhead())
	sealed[0] = algorithmAES256GCM
	copy(sealed[1:], v.id[:])
	if _, err := rand.Read(sealed[headerSize:]); err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return v.sealer.Seal(sealed, sealed[headerSize:], plain, sealed[:headerSize]), nil
}

// Errors of Open: what lies in the database is no sealed value, belongs to another city key, or was changed.
var (
	ErrNotSealed = errors.New("不是本系统加密的数据")
	ErrOtherKey  = errors.New("数据是用另一把城市密钥加密的，请恢复原来的密钥文件")
	ErrChanged   = errors.New("加密数据已被改动或损坏")
)

// Open gives back what Seal took; its errors are ErrNotSealed, ErrOtherKey and ErrChanged.
func (v *Vault) Open(sealed []byte) ([]byte, error) {
	start := headerSize + v.sealer.NonceSize()
	if len(sealed) < start+v.sealer.Overhead() || sealed[0] != algorithmAES256GCM {
		return nil, ErrNotSealed
	}
	if [4]byte(sealed[1:headerSize]) != v.id {
		return nil, ErrOtherKey
	}
	plain, err := v.sealer.Open(nil, sealed[headerSize:start], sealed[start:], sealed[:headerSize])
	if err != nil {
		return nil, ErrChanged
	}
	return plain, nil
}

// SenderKey recognises the same person again without storing who: equal for every way of writing one phone number
// (+86, spaces, full width), and for an openid exactly as given. Empty for nobody, so that two anonymous senders
// are never taken for one.
func (v *Vault) SenderKey(phoneOrOpenid string) string {
	who := normalSender(phoneOrOpenid)
	if who == "" {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(mac(v.sender, []byte(who)))
}

// QueryCode is the six digits with which a sender asks for his letter: HMAC-SHA256(key, number ‖ version) mod 10⁶, the
// version as 8 bytes. Nothing is stored, so a repeated submission gets the same code; a new version makes a new one.
func (v *Vault) QueryCode(number string, version int) string {
	sum := mac(v.query, binary.BigEndian.AppendUint64([]byte(number), uint64(version)))
	return fmt.Sprintf("%06d", binary.BigEndian.Uint64(sum)%1_000_000)
}

// CodeMatches says whether code is the query code, in a time that tells nothing of how nearly it is.
func (v *Vault) CodeMatches(number string, version int, code string) bool {
	return subtle.ConstantTimeCompare([]byte(v.QueryCode(number, version)), []byte(code)) == 1
}

// NewLetterKey gives 32 random bytes: the key of one letter's commitments, a row of its own that can be erased.
func (v *Vault) NewLetterKey() ([]byte, error) {
	key := make([]byte, keySize)
	if _, err := rand.Read(key); err != nil {
		return nil, fmt.Errorf("letter key: %w", err)
	}
	return key, nil
}

// Sign signs msg for one purpose ("receipt", "form"…), as 64 hexadecimal digits; a signature for one purpose is worth
// nothing for another.
func (v *Vault) Sign(purpose, msg string) string {
	return hex.EncodeToString(mac(v.derive("sign/"+purpose), []byte(msg)))
}

// Signed says whether signature is Sign(purpose, msg), in constant time.
func (v *Vault) Signed(purpose, msg, signature string) bool {
	return subtle.ConstantTimeCompare([]byte(v.Sign(purpose, msg)), []byte(signature)) == 1
}

func mac(key, message []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write(message)
	return h.Sum(nil)
}
