package vault

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// The file is three lines: its name and version, the key, and a sum over both, so that a damaged key is noticed before
// anything is sealed with it.
//
//	huiyin keys 1
//	city 64 hexadecimal digits
//	sum 16 hexadecimal digits
const (
	keyFile    = "keys"
	keyVersion = "huiyin keys 1"
)

func cityKey(dir string) ([]byte, error) {
	path := filepath.Join(dir, keyFile)
	key, err := readKey(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	if err := makeKey(dir, path); err != nil {
		return nil, fmt.Errorf("无法在数据目录 %s 建立城市密钥：%w", dir, err)
	}
	return readKey(path) // perhaps another process was first
}

func readKey(path string) ([]byte, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, fmt.Errorf("无法读取城市密钥 %s：%w", path, err)
	}
	if info.Mode().Type()&^fs.ModeSymlink != 0 {
		return nil, fmt.Errorf("城市密钥 %s 不是普通文件", path)
	}
	if info, err = os.Stat(path); err != nil { // a mounted secret is a link
		return nil, fmt.Errorf("城市密钥 %s 是无效的链接：%v", path, err)
	}
	if open := info.Mode().Perm(); open&0o077 != 0 {
		return nil, fmt.Errorf("城市密钥 %s 的权限是 %04o，其他用户也能读取，请先改为 0600 并确认密钥没有外泄", path, open)
	}
	body, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("无法读取城市密钥 %s：%w", path, err)
	}
	key, err := parseKey(string(body))
	if err != nil {
		return nil, fmt.Errorf("城市密钥 %s 已损坏，请从备份恢复（不要删除：删除后联系方式将无法解密）：%w", path, err)
	}
	return key, nil
}

func parseKey(body string) ([]byte, error) {
	lines := strings.Split(body, "\n")
	if lines[0] != keyVersion {
		return nil, fmt.Errorf("first line is not %q", keyVersion)
	}
	if len(lines) != 4 || lines[3] != "" {
		return nil, fmt.Errorf("%d lines instead of 3", strings.Count(body, "\n"))
	}
	digits, named := strings.CutPrefix(lines[1], "city ")
	key, err := hex.DecodeString(digits)
	if !named || err != nil || len(key) != keySize {
		return nil, errors.New("second line is no key of 32 bytes")
	}
	if body != formatKey(key) {
		return nil, errors.New("sum does not agree")
	}
	return key, nil
}

func formatKey(key []byte) string {
	text := keyVersion + "\ncity " + hex.EncodeToString(key) + "\n"
	sum := sha256.Sum256([]byte(text))
	return text + "sum " + hex.EncodeToString(sum[:8]) + "\n"
}

// makeKey writes a new key beside and links it into place: the link fails if a key is there already, and what it shows
// is always a whole file. File and folder are synced, or a power cut could leave letters sealed with a key that is gone.
func makeKey(dir, path string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	key := make([]byte, keySize)
	if _, err := rand.Read(key); err != nil {
		return err
	}
	temp, err := os.CreateTemp(dir, ".keys-*") // 0600
	if err != nil {
		return err
	}
	_, err = temp.WriteString(formatKey(key))
	err = errors.Join(err, temp.Sync(), temp.Close())
	if err == nil {
		err = os.Link(temp.Name(), path)
	}
	if errors.Is(err, fs.ErrExist) {
		err = nil // the other process's key is as good
	}
	return errors.Join(err, os.Remove(temp.Name()), syncFolder(dir))
}

func syncFolder(dir string) error {
	folder, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
