package staff

import (
	"crypto/rand"
	"math/big"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"huiyin/internal/letter"
)

// cost is argon2id with 19 MiB and two passes (OWASP), about 40 ms: never in the
// intake path.
var cost = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// A password longer than this is refused, so that nobody makes us hash megabytes.
const maxPassword = 128

// room bounds how many passwords are hashed at once: a hundred sign-ins in the
// same second must not take two gigabytes.
var room = make(chan struct{}, 4)

// CheckRule says what is wrong with a password: at least 10 characters of three
// of the classes capital, small letter, digit, other (domain.md 6.3).
func CheckRule(password string) error {
	wrong := func(sentence string) error {
		return letter.Invalid(sentence, map[string]string{"password": sentence})
	}
	if !utf8.ValidString(password) || strings.ContainsRune(password, 0) {
		return wrong("口令里有不能使用的字符。")
	}
	n := utf8.RuneCountInString(password)
	if n > maxPassword {
		return wrong("口令最多 128 个字符。")
	}
	if n < 10 || classes(password) < 3 {
		return wrong("口令至少 10 个字符，大写字母、小写字母、数字、其他字符四类中至少有三类。")
	}
	return nil
}

func classes(password string) int {
	var upper, lower, digit, other int
	for _, r := range password {
		switch {
		case unicode.IsUpper(r):
			upper = 1
		case unicode.IsLower(r):
			lower = 1
		case unicode.IsDigit(r):
			digit = 1
		default:
			other = 1
		}
	}
	return upper + lower + digit + other
}

// HashPassword makes the hash to store; a password that breaks the rule is
// refused here, so that no way around it exists.
func HashPassword(password string) (string, error) {
	if err := CheckRule(password); err != nil {
		return "", err
	}
	room <- struct{}{}
	defer func() { <-room }()
	return argon2id.CreateHash(password, cost)
}

// decoy is compared with when there is no account, so that a wrong login takes
// as long as a wrong password and logins cannot be found out by the clock.
var decoy = sync.OnceValues(func() (string, error) { return argon2id.CreateHash(rand.Text(), cost) })

// CheckPassword compares a password with a stored hash. An empty hash (no such
// login) matches nothing and takes the same time. An error means that the hash
// is damaged.
func CheckPassword(hash, password string) (bool, error) {
	if utf8.RuneCountInString(password) > maxPassword {
		return false, nil
	}
	room <- struct{}{}
	defer func() { <-room }()
	if hash != "" {
		return argon2id.ComparePasswordAndHash(password, hash)
	}
	hash, err := decoy()
	if err != nil {
		return false, err
	}
	_, err = argon2id.ComparePasswordAndHash(password, hash)
	return false, err
}

// Letters and digits that look alike in print or sound alike on the phone are
// left out.
const (
	consonants = "bdfghkmnprstvz"
	vowels     = "aeiu"
	digits     = "23456789"
)

// NewPassword makes a first password that can be read out over the phone, such
// as Tavu-kemi-4829-deza: about 50 bits, and good for the rule.
func NewPassword() string {
	first := syllables(2)
	number := strings.Builder{}
	for range 4 {
		number.WriteByte(pick(digits))
	}
	return strings.ToUpper(first[:1]) + first[1:] + "-" + syllables(2) + "-" + number.String() + "-" + syllables(2)
}

func syllables(n int) string {
	var b strings.Builder
	for range n {
		b.WriteByte(pick(consonants))
		b.WriteByte(pick(vowels))
	}
	return b.String()
}

func pick(from string) byte {
	// crypto/rand ends the process rather than fail, so there is no error to handle.
	i, err := rand.Int(rand.Reader, big.NewInt(int64(len(from))))
	if err != nil {
		panic(err)
	}
	return from[i.Int64()]
}
