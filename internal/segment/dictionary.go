package segment

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/yanyiwu/gojieba"
)

//go:embed all:dict
var embedded embed.FS

const (
	mainDictionary = "jieba.dict.utf8"
	hmmModel       = "hmm_model.utf8"
)

// jieba opens five files whether or not they are wanted. Its weights for key words (6 MB, 30 MB in memory) and its stop
// words serve only key word extraction, which we do not use, and its user words are samples: three small files do.
var ownFiles = map[string][]byte{
	"user.dict.utf8":  []byte("政务服务\n"),
	"idf.utf8":        []byte("的 1.0\n"),
	"stop_words.utf8": []byte("的\n"),
}

// dictionaryPaths gives the five paths jieba wants, in its order, each file checked: jieba ends the whole process over
// a damaged main dictionary, and panics over a missing one.
func dictionaryPaths(dir string) ([]string, error) {
	files := map[string][]byte{}
	for name, body := range ownFiles {
		files[name] = body
	}
	words, wordsErr := embedded.ReadFile("dict/" + mainDictionary)
	model, modelErr := embedded.ReadFile("dict/" + hmmModel)
	if wordsErr == nil && modelErr == nil {
		files[mainDictionary], files[hmmModel] = words, model
	}
	home := filepath.Join(dir, checksum(files)[:16])
	if err := unpack(home, files); err != nil {
		return nil, fmt.Errorf("无法在数据目录 %s 写入分词词典：%w", dir, err)
	}
	wordsPath, modelPath := filepath.Join(home, mainDictionary), filepath.Join(home, hmmModel)
	if files[mainDictionary] == nil {
		wordsPath, modelPath = gojieba.DICT_PATH, gojieba.HMM_PATH
		if err := errors.Join(present(wordsPath), present(modelPath)); err != nil {
			return nil, fmt.Errorf("找不到分词词典：程序内没有，本机的 Go 模块目录里也没有，请用 ./run build 构建：%w", err)
		}
	}
	return []string{
		wordsPath, modelPath,
		filepath.Join(home, "user.dict.utf8"), filepath.Join(home, "idf.utf8"), filepath.Join(home, "stop_words.utf8"),
	}, nil
}

func present(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() || info.Size() == 0 {
		return fmt.Errorf("%s: %w", path, fs.ErrInvalid)
	}
	return nil
}

// unpack makes the files lie in home exactly as given: what is there and right stays, what is missing or damaged is
// written beside and renamed into place, so that another process starting now never reads half a file.
func unpack(home string, files map[string][]byte) error {
	if err := os.MkdirAll(home, 0o755); err != nil {
		return err
	}
	for name, body := range files {
		path := filepath.Join(home, name)
		lying, err := os.ReadFile(path)
		if err == nil && bytes.Equal(lying, body) {
			continue
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err := replace(path, body); err != nil {
			return err
		}
	}
	return nil
}

func replace(path string, body []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	_, err = temp.Write(body)
	err = errors.Join(err, temp.Chmod(0o644), temp.Sync(), temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temp.Name()))
	}
	return nil
}

func checksum(files map[string][]byte) string {
	sum := sha256.New()
	for _, name := range []string{mainDictionary, hmmModel, "user.dict.utf8", "idf.utf8", "stop_words.utf8"} {
		fmt.Fprintf(sum, "%s %d\n", name, len(files[name]))
		sum.Write(files[name])
	}
	return hex.EncodeToString(sum.Sum(nil))
}
