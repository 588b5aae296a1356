package segment

import (
	"bufio"
	"bytes"
	"fmt"
	"iter"
	"os"
	"strconv"

	"github.com/yanyiwu/gojieba"
)

// Dictionary lists the words that every segmenter knows, with how often each stands in 60 million words of text.
func Dictionary() (iter.Seq2[string, int], error) {
	text, err := embedded.ReadFile("dict/" + mainDictionary)
	if err != nil {
		if text, err = os.ReadFile(gojieba.DICT_PATH); err != nil {
			return nil, fmt.Errorf("找不到分词词典：%w", err)
		}
	}
	return func(yield func(string, int) bool) {
		lines := bufio.NewScanner(bytes.NewReader(text))
		for lines.Scan() {
			word, rest, _ := bytes.Cut(lines.Bytes(), []byte(" "))
			count, _, _ := bytes.Cut(rest, []byte(" "))
			if n, err := strconv.Atoi(string(count)); err == nil && !yield(string(word), n) {
				return
			}
		}
	}, nil
}
