package meili

import (
	"errors"
	"io/fs"
	"net/url"
	"os"
	"strings"

	"huiyin/internal/letter"
)

// scheme stands before http or https in an address, so that it says what answers there.
const scheme = "meilisearch+"

// Access is where a server is and what it lets us do. Two keys, because the one that every question carries need not be
// able to change anything.
type Access struct {
	Host      string // http://host:7700, without a slash at its end
	SearchKey string // may search; empty: a server without keys
	WriteKey  string // may write and rebuild as well
}

// CheckAddress says in a sentence what is wrong with an address of the form meilisearch+http://host:7700?key-file=/path. The
// client itself would notice at its first request only, and make //health of a slash at its end.
func CheckAddress(address string) error {
	_, _, err := parse(address)
	return err
}

// ReadAccess reads an address with its keys. The first line of the file it names is the key to search with, the second the
// one to write with; the keys given are used where it names none.
func ReadAccess(address, searchKey, writeKey string) (Access, error) {
	host, path, err := parse(address)
	if err != nil {
		return Access{}, err
	}
	access := Access{Host: host, SearchKey: searchKey, WriteKey: writeKey}
	if path != "" {
		if access.SearchKey, access.WriteKey, err = readKeys(path); err != nil {
			return Access{}, err
		}
	}
	if access.WriteKey == "" {
		access.WriteKey = access.SearchKey
	}
	return access, nil
}

func parse(address string) (host, keyPath string, err error) {
	u, err := url.Parse(strings.TrimPrefix(address, scheme))
	if err != nil || !strings.HasPrefix(address, scheme) || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" ||
		strings.Trim(u.Path, "/") != "" || u.Fragment != "" {
		return "", "", letter.Refuse("--search：地址应写成 meilisearch+http://主机:7700?key-file=文件；不填则用数据目录里的本地索引。")
	}
	if u.User != nil {
		return "", "", letter.Refuse("--search：密钥不要写在地址里，请用 key-file 或环境变量。")
	}
	for name := range u.Query() {
		if name != keyFile {
			return "", "", letter.Refuse("--search：地址里没有“%s”这一项，只有 key-file。", name)
		}
	}
	return u.Scheme + "://" + u.Host, u.Query().Get(keyFile), nil
}

const keyFile = "key-file"

// readKeys reads the two keys of a file. One alone is used for both.
func readKeys(path string) (searchKey, writeKey string, err error) {
	text, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", "", letter.Refuse("没有检索服务的密钥文件 %s。", path).Because(err)
	case err != nil:
		return "", "", letter.Refuse("无法读取检索服务的密钥文件 %s，请检查权限。", path).Because(err)
	}
	keys := strings.Fields(string(text))
	if len(keys) == 0 || len(keys) > 2 {
		return "", "", letter.Refuse("密钥文件 %s 应有两行：第一行是检索用的密钥，第二行是写入用的密钥。", path)
	}
	return keys[0], keys[len(keys)-1], nil
}
