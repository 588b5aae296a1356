package vault_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"huiyin/internal/vault"
)

func open(t *testing.T, dir string) *vault.Vault {
	t.Helper()
	v, err := vault.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestSealedDataOpensAfterARestartAndOnlyUnchanged(t *testing.T) {
	dir := t.TempDir()
	plain := []byte("联系电话 13800000000")
	sealed, err := open(t, dir).Seal(plain)
	if err != nil {
		t.Fatal(err)
	}
	again := open(t, dir)
	if got, err := again.Open(sealed); err != nil || !bytes.Equal(got, plain) {
		t.Fatalf("got %q, %v", got, err)
	}
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 1
		if _, err := again.Open(changed); err == nil {
			t.Fatalf("byte %d changed, still opens", i)
		}
	}
	for n := range sealed {
		if _, err := again.Open(sealed[:n]); err == nil {
			t.Fatalf("the first %d bytes open", n)
		}
	}
	if _, err := open(t, t.TempDir()).Open(sealed); !errors.Is(err, vault.ErrOtherKey) {
		t.Errorf("another city's vault says %v", err)
	}
	if twice, err := again.Seal(plain); err != nil || bytes.Equal(twice, sealed) {
		t.Errorf("the same text sealed twice looks the same (%v)", err)
	}
	if nothing, err := again.Seal(nil); err != nil {
		t.Error(err)
	} else if got, err := again.Open(nothing); err != nil || len(got) != 0 {
		t.Errorf("nothing comes back as %q, %v", got, err)
	}
}

func TestOnePersonIsOneSenderHoweverThePhoneIsWritten(t *testing.T) {
	v := open(t, t.TempDir())
	same := []string{"13800000000", " 138 0000 0000", "+86 138-0000-0000", "8613800000000", "0086 13800000000", "１３８００００００００", "013800000000", "＋８６（１３８）００００００００"}
	for _, written := range same {
		if v.SenderKey(written) != v.SenderKey(same[0]) {
			t.Errorf("%q is another sender", written)
		}
	}
	if v.SenderKey("0531-88880000") != v.SenderKey("+86 531 8888 0000") {
		t.Error("one landline is two senders")
	}
	different := []string{"13800000000", "13800000001", "oAbC-dEf_0123456789", "oabc-def_0123456789", "oAbCdEf_0123456789", "0531-88880000"}
	seen := map[string]string{}
	for _, who := range different {
		key := v.SenderKey(who)
		if seen[key] != "" {
			t.Errorf("%q and %q are one sender", who, seen[key])
		}
		seen[key] = who
		if strings.Contains(key, who) {
			t.Errorf("%q shows in its key", who)
		}
	}
	if v.SenderKey("") != "" || v.SenderKey("  ") != "" {
		t.Error("nobody has a key")
	}
	if v.SenderKey("13800000000") == open(t, t.TempDir()).SenderKey("13800000000") {
		t.Error("two cities share sender keys")
	}
}

func TestQueryCodeIsSixDigitsAndStays(t *testing.T) {
	dir := t.TempDir()
	v := open(t, dir)
	six := regexp.MustCompile(`^[0-9]{6}$`)
	different := map[string]bool{}
	for version := range 200 {
		code := v.QueryCode("26010100000015", version)
		if !six.MatchString(code) {
			t.Fatalf("code %q", code)
		}
		if !v.CodeMatches("26010100000015", version, code) || v.CodeMatches("26010100000015", version, code[:5]) {
			t.Fatalf("code %s of version %d does not match as it should", code, version)
		}
		different[code] = true
	}
	if len(different) < 195 {
		t.Errorf("only %d different codes of 200", len(different))
	}
	if open(t, dir).QueryCode("26010100000015", 1) != v.QueryCode("26010100000015", 1) {
		t.Error("the code is another after a restart")
	}
	if v.CodeMatches("26010100000015", 1, "") {
		t.Error("no code matches")
	}
}

func TestASignatureIsGoodForItsPurposeOnly(t *testing.T) {
	v := open(t, t.TempDir())
	signature := v.Sign("receipt", "26010100000015")
	if !v.Signed("receipt", "26010100000015", signature) {
		t.Error("a good signature is refused")
	}
	if v.Signed("form", "26010100000015", signature) || v.Signed("receipt", "26010100000016", signature) || v.Signed("receipt", "26010100000015", "") {
		t.Error("a bad signature is taken")
	}
}

func TestLetterKeysAreNeverTheSame(t *testing.T) {
	v := open(t, t.TempDir())
	first, err := v.NewLetterKey()
	if err != nil || len(first) != 32 {
		t.Fatalf("%d bytes, %v", len(first), err)
	}
	if second, err := v.NewLetterKey(); err != nil || bytes.Equal(first, second) {
		t.Errorf("the same key twice, %v", err)
	}
}

func TestManyStartingAtOnceGetOneKey(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	codes := make([]string, 16)
	var all sync.WaitGroup
	for i := range codes {
		all.Go(func() {
			v, err := vault.Open(dir)
			if err != nil {
				t.Error(err)
				return
			}
			codes[i] = v.QueryCode("26010100000015", 1)
		})
	}
	all.Wait()
	for _, code := range codes {
		if code != codes[0] {
			t.Fatalf("codes %v", codes)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("%d files lie there, %v", len(left), err)
	}
	if info, err := os.Stat(filepath.Join(dir, "keys")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestADamagedOrOpenKeyFileIsRefusedAndLeftAlone(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	path := filepath.Join(dir, "keys")
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	damages := map[string][]byte{
		"empty": {}, "half": good[:len(good)/2], "no sum": good[:len(good)-21], "longer": append(bytes.Clone(good), 'x'),
		"one digit": bytes.Replace(good, good[20:21], []byte{'0' + (good[20]-'0'+1)%10}, 1), "later version": bytes.Replace(good, []byte("keys 1"), []byte("keys 2"), 1),
	}
	for name, body := range damages {
		if err := os.WriteFile(path, body, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := vault.Open(dir); err == nil || !strings.Contains(err.Error(), "已损坏") {
			t.Errorf("%s: %v", name, err)
		}
		if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, body) {
			t.Errorf("%s: the file was changed", name)
		}
	}
	if err := os.WriteFile(path, good, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, mode := range []os.FileMode{0o640, 0o604, 0o666} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := vault.Open(dir); err == nil || !strings.Contains(err.Error(), "0600") {
			t.Errorf("mode %o: %v", mode, err)
		}
	}
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	open(t, dir)
}

func BenchmarkSealAndOpen(b *testing.B) {
	v, err := vault.Open(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		sealed, err := v.Seal([]byte("联系电话 13800000000"))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := v.Open(sealed); err != nil {
			b.Fatal(err)
		}
	}
}
