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

// IsAddress says whether the text means a server of this kind, be it right or wrong.
func IsAddress(address string) bool { return strings.HasPrefix(address, scheme) }

// ReadAccess reads an address of the form meilisearch+http://host:7700?key-file=/path. The first line of that file is the
// key to search with, the second the one to write with; the keys given are used where the address names no file. The
// client itself would notice a wrong address at its first request only, and make //health of a slash at its end. The
// error is a sentence for people.
func ReadAccess(address, searchKey, writeKey string) (Access, error) {
	u, err := url.Parse(strings.TrimPrefix(address, scheme))
	if err != nil || !IsAddress(address) || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" ||
		strings.Trim(u.Path, "/") != "" || u.Fragment != "" {
		return Access{}, letter.Refuse("检索服务的地址应写成 meilisearch+http://主机:7700?key-file=文件。")
	}
	if u.User != nil {
		return Access{}, letter.Refuse("检索服务的密钥不要写在地址里，请用 key-file 或环境变量。")
	}
	for name := range u.Query() {
		if name != keyFile {
			return Access{}, letter.Refuse("检索服务的地址里没有“%s”这一项，只有 key-file。", name)
		}
	}
	access := Access{Host: u.Scheme + "://" + u.Host, SearchKey: searchKey, WriteKey: writeKey}
	if path := u.Query().Get(keyFile); path != "" {
		if access.SearchKey, access.WriteKey, err = readKeys(path); err != nil {
			return Access{}, err
		}
	}
	if access.WriteKey == "" {
		access.WriteKey = access.SearchKey
	}
	return access, nil
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
