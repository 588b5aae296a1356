// Package segment is everything the program knows about Chinese text as text: cleaning it, cutting it into words, and
// making what is indexed and what is asked for meet. What a text is about, and whom it concerns, is decided elsewhere.
package segment

import (
	"crypto/sha256"
	"encoding/hex"
	"runtime"
	"sort"
	"strings"
	"sync/atomic"
)

// maxQueryTerms bounds the work one question can cause: all its terms must stand in a letter.
const maxQueryTerms = 16

// Segmenter cuts text into words. It is safe for concurrent use; its words change by Learn alone.
type Segmenter struct {
	loaded atomic.Pointer[loaded]
	dir    string // of its dictionaries
}

// Open gives a segmenter that also knows words, the city's own. Embedded dictionaries are unpacked into dir, under
// a folder named by their checksum. Asked again with the same words it loads nothing. It fails with a Chinese sentence
// if no dictionary can be found or dir cannot be written.
func Open(dir string, words []string) (*Segmenter, error) {
	l, err := load(dir, words)
	if err != nil {
		return nil, err
	}
	return of(l, dir), nil
}

func of(l *loaded, dir string) *Segmenter {
	s := &Segmenter{dir: dir}
	s.loaded.Store(l)
	return s
}

// With gives a segmenter like this one that knows other words. Until this one is let go, both are in memory.
func (s *Segmenter) With(words []string) (*Segmenter, error) { return Open(s.dir, words) }

// Fixed gives a segmenter that goes on cutting as this one does now, whatever this one learns.
func (s *Segmenter) Fixed() *Segmenter { return of(s.loaded.Load(), s.dir) }

// Learn gives this segmenter other words, for all who hold it: what it cuts from now on it cuts with them.
func (s *Segmenter) Learn(words []string) error {
	l, err := load(s.dir, words)
	if err == nil {
		s.loaded.Store(l)
	}
	return err
}

// Words cuts text for routing: one cut without overlaps, in the order of the text, repeated words repeated. Runs of
// letters and digits stay whole and become lower case, Traditional becomes Simplified, punctuation is left out.
func (s *Segmenter) Words(text string) []string {
	line := glyphsOf(text)
	runs := line.runs()
	words := make([]string, 0, len(line)/2+1)
	s.eachRun(line, runs, s.cutKnownAndNew, func(run span, pieces []string) {
		words = append(words, pieces...)
	})
	return words
}

// Query cuts what a person asks for into the terms a letter must hold: stop words dropped unless nothing else is
// left, no term twice, at most 16. Every term of a text is among the terms Index gives for that text, because a cut
// without guessed words takes each piece from the dictionary or falls to single characters.
func (s *Segmenter) Query(text string) []string {
	line := glyphsOf(text)
	var all, content []string
	seen := map[string]bool{}
	s.eachRun(line, line.runs(), s.cutKnown, func(run span, pieces []string) {
		for _, piece := range pieces {
			if seen[piece] {
				continue
			}
			seen[piece] = true
			all = append(all, piece)
			if !stopWords[piece] {
				content = append(content, piece)
			}
		}
	})
	if len(content) == 0 {
		content = all
	}
	return content[:min(len(content), maxQueryTerms)]
}

// eachRun hands every run of the line, in order, to use: a Han run with the pieces cut makes of it, any other run as
// one piece. All Han runs go to jieba in one call, on lines of their own, since no word crosses a line end.
func (s *Segmenter) eachRun(line glyphs, runs []span, cut func(string) []string, use func(span, []string)) {
	var han strings.Builder
	for _, run := range runs {
		if run.han {
			line.write(&han, run)
			han.WriteByte('\n')
		}
	}
	var pieces []string
	if han.Len() > 0 {
		pieces = cut(han.String())
	}
	for _, run := range runs {
		if !run.han {
			use(run, []string{line.text(run)})
			continue
		}
		end := 0
		for end < len(pieces) && pieces[end] != "\n" {
			end++
		}
		use(run, pieces[:end])
		pieces = pieces[min(end+1, len(pieces)):]
	}
}

// What is loaded is freed as soon as nothing refers to it, even while its C code still runs; KeepAlive is what refers to
// it then.

func (s *Segmenter) cutKnownAndNew(text string) []string {
	l := s.loaded.Load()
	defer runtime.KeepAlive(l)
	return l.jieba.Cut(text, true)
}

func (s *Segmenter) cutKnown(text string) []string {
	l := s.loaded.Load()
	defer runtime.KeepAlive(l)
	return l.jieba.Cut(text, false)
}

func (s *Segmenter) cutAll(text string) []string {
	l := s.loaded.Load()
	defer runtime.KeepAlive(l)
	return l.jieba.CutAll(text)
}

// hanWords gives the parts of the words that jieba will ever see: their Han runs of two or more characters, as
// Simplified, sorted and once each.
func hanWords(words []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, word := range words {
		line := glyphsOf(word)
		for _, run := range line.runs() {
			part := line.text(run)
			if run.han && run.to-run.from >= 2 && !seen[part] {
				seen[part] = true
				out = append(out, part)
			}
		}
	}
	sort.Strings(out)
	return out
}

func wordsKey(sorted []string) string {
	sum := sha256.Sum256([]byte(strings.Join(sorted, "\n")))
	return hex.EncodeToString(sum[:])
}
