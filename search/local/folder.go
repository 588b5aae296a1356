package local

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bolt "go.etcd.io/bbolt/errors"

	"huiyin/internal/letter"
	"huiyin/internal/segment"
)

// An index lies in dir/letters-FINGERPRINT-SERIAL, and the file dir/current names the one in use: a rebuild writes the
// next serial beside it and moves on by replacing that file. Folders it does not name are leftovers.
const (
	currentFile   = "current"
	folderPrefix  = "letters-"
	damagedPrefix = "damaged-"
)

// version is raised when the fields or the analysis in this package change, so that older indexes are dropped.
const version = 3

// lockWait is how long Open waits for a process that is just ending to let go of the folder.
const lockWait = 2 * time.Second

// wholeKey is set in an index when its rebuild is complete.
var wholeKey = []byte("huiyin-whole")

type folder struct {
	name  string
	index bleve.Index
}

// probe holds what the analysis treats in its own ways: compounds, Traditional, full width, digits, Latin.
const probe = "化工厂污水处理，身份證辦理；ＩＰ１５ café 12345 热线、公交K902路"

// fingerprint stands for everything that decides which terms an index holds: an index of another fingerprint would
// answer, but not find. The segmenter shows by an example how it cuts; the words it was given are named.
func fingerprint(segmenter *segment.Segmenter, words []string) string {
	words = slices.Clone(words)
	slices.Sort(words)
	sum := sha256.Sum256(fmt.Append(nil, version, " ", segmenter.Index(probe), slices.Compact(words)))
	return hex.EncodeToString(sum[:5])
}

// openFolder opens the index the current file names if it is sound and of this fingerprint, else a new one.
func openFolder(dir, edition string) (folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return folder{}, letter.Fail(letter.KindUnavailable, "无法建立搜索索引的文件夹 %s，请检查权限。", dir).Because(err)
	}
	name, err := readCurrent(dir)
	if err != nil {
		return folder{}, err
	}
	if name != "" {
		found, err := openNamed(dir, name)
		if err == nil && strings.HasPrefix(name, folderPrefix+edition+"-") {
			return found, tidy(dir, name)
		}
		if err == nil {
			err = found.index.Close()
		} else if errors.Is(err, errDamaged) {
			err = moveAside(dir, name)
		}
		if err != nil {
			return folder{}, err
		}
	}
	made, err := newFolder(dir, edition)
	if err != nil {
		return folder{}, err
	}
	if err := made.use(dir); err != nil {
		return folder{}, errors.Join(err, made.index.Close())
	}
	return made, tidy(dir, made.name)
}

var errDamaged = errors.New("damaged search index")

// openNamed opens an existing index, also when it is of another fingerprint: its lock shows whether a process uses it.
func openNamed(dir, name string) (opened folder, err error) {
	// bleve panics on some kinds of damage, for instance closing what it could not open.
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%w: %v", errDamaged, fault)
		}
	}()
	index, err := bleve.OpenUsing(filepath.Join(dir, name), map[string]any{"bolt_timeout": lockWait.String()})
	switch {
	case errors.Is(err, bolt.ErrTimeout):
		return folder{}, letter.Fail(letter.KindUnavailable,
			"搜索索引 %s 正被另一个进程使用。请先停止那个进程，或换一个数据文件夹。", dir).Because(err)
	case errors.Is(err, fs.ErrPermission):
		return folder{}, letter.Fail(letter.KindUnavailable, "没有权限读写搜索索引 %s，请检查权限。", dir).Because(err)
	case err != nil:
		return folder{}, fmt.Errorf("%w: %w", errDamaged, err)
	}
	return folder{name: name, index: index}, nil
}

// newFolder makes an empty index under the next free serial, not in use yet.
func newFolder(dir, edition string) (folder, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return folder{}, fmt.Errorf("new search index: %w", err)
	}
	serial := 0
	for _, entry := range entries {
		if at := strings.LastIndexByte(entry.Name(), '-'); at >= 0 {
			if n, err := strconv.Atoi(entry.Name()[at+1:]); err == nil {
				serial = max(serial, n)
			}
		}
	}
	name := fmt.Sprintf("%s%s-%d", folderPrefix, edition, serial+1)
	index, err := bleve.NewUsing(filepath.Join(dir, name), bleve.NewIndexMapping(), scorch.Name, scorch.Name,
		map[string]any{"bolt_timeout": lockWait.String()})
	if err != nil {
		return folder{}, fmt.Errorf("new search index: %w", err)
	}
	return folder{name: name, index: index}, nil
}

// use makes the current file name this folder, whole or not at all.
func (f folder) use(dir string) error {
	temp := filepath.Join(dir, currentFile+".new")
	file, err := os.Create(temp)
	if err != nil {
		return fmt.Errorf("name search index: %w", err)
	}
	_, err = file.WriteString(f.name + "\n")
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return fmt.Errorf("name search index: %w", err)
	}
	if err := os.Rename(temp, filepath.Join(dir, currentFile)); err != nil {
		return fmt.Errorf("name search index: %w", err)
	}
	return nil
}

// readCurrent gives the name of the index in use, empty if there is none.
func readCurrent(dir string) (string, error) {
	data, err := os.ReadFile(filepath.Join(dir, currentFile))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", letter.Fail(letter.KindUnavailable, "没有权限读写搜索索引 %s，请检查权限。", dir).Because(err)
	}
	name := strings.TrimSpace(string(data))
	if !strings.HasPrefix(name, folderPrefix) || name != filepath.Base(name) {
		return "", nil
	}
	return name, nil
}

// moveAside keeps a damaged index for whoever wants to know what happened, and only the last one.
func moveAside(dir, name string) error {
	if err := removeFolders(dir, func(other string) bool { return strings.HasPrefix(other, damagedPrefix) }); err != nil {
		return err
	}
	err := os.Rename(filepath.Join(dir, name), filepath.Join(dir, damagedPrefix+name))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("move damaged search index aside: %w", err)
	}
	return nil
}

// tidy removes the indexes that are not in use: of an older version, or left by a rebuild that was cut off.
func tidy(dir, inUse string) error {
	return removeFolders(dir, func(name string) bool {
		return strings.HasPrefix(name, folderPrefix) && name != inUse
	})
}

func removeFolders(dir string, unwanted func(name string) bool) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("tidy search index: %w", err)
	}
	for _, entry := range entries {
		if !unwanted(entry.Name()) {
			continue
		}
		if err := os.RemoveAll(filepath.Join(dir, entry.Name())); err != nil {
			return fmt.Errorf("tidy search index: %w", err)
		}
	}
	return nil
}

// isWhole says whether a rebuild of this index came to its end.
func isWhole(index bleve.Index) (bool, error) {
	mark, err := index.GetInternal(wholeKey)
	return len(mark) > 0, err
}
