package segment

/*
#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
static void trim(void) { malloc_trim(0); }
#else
static void trim(void) {}
#endif
*/
import "C"

import (
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/yanyiwu/gojieba"
)

// wordFrequency is what a city's word counts for in jieba's dictionary of 60 million occurrences: more than the pieces it
// would fall into (住 + 建局), less than the everyday words beside it, so that 住建局 stays whole and 小学区域 stays 小学|区域.
const wordFrequency = 500

// loaded is jieba's dictionary with a city's words in it: about 100 MB that Go does not manage, and most of a second to
// load. They go when the last segmenter that cuts with it goes.
type loaded struct {
	jieba *gojieba.Jieba
}

// latest keeps the dictionary loaded last, for all who know the same words.
var latest struct {
	sync.Mutex
	key    string
	loaded *loaded
}

var inMemory atomic.Int64

// InMemory is how many dictionaries the process holds: two while something is still cut with former words.
func InMemory() int { return int(inMemory.Load()) }

func load(dir string, words []string) (*loaded, error) {
	words = hanWords(words)
	key := wordsKey(words)
	latest.Lock()
	defer latest.Unlock()
	if latest.loaded != nil && latest.key == key {
		return latest.loaded, nil
	}
	paths, err := dictionaryPaths(dir)
	if err != nil {
		return nil, err
	}
	go rarity()
	jieba := gojieba.NewJieba(paths...)
	for _, word := range words {
		jieba.AddWordEx(word, wordFrequency, "n")
	}
	inMemory.Add(1)
	latest.key, latest.loaded = key, &loaded{jieba}
	runtime.SetFinalizer(latest.loaded, (*loaded).free)
	return latest.loaded, nil
}

// free gives the memory back to the system: of a dictionary's hundred thousand pieces the C library would keep most for
// itself, and the next dictionary would come beside them. That takes a while, and every other finalizer waits for this one.
func (l *loaded) free() {
	jieba := l.jieba
	go func() {
		jieba.Free()
		C.trim()
		inMemory.Add(-1)
	}()
}
