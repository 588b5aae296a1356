package citypack

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"huiyin/internal/letter"
)

// Search is what the city tells the search about words: what means the same, and what tells no letters apart.
type Search struct {
	Synonyms []Synonyms
	Weak     []string // they count little in a question: 咨询, 问题
}

// Synonyms is a group of words that mean the same to who searches: a letter that holds one of them is found by each.
type Synonyms struct {
	ID    string   `json:"id"` // of its row; in a pack, which names none, the first word
	Words []string `json:"words"`
}

// Words are what the city cuts as one word wherever it stands: its rules' words, its places and its districts.
func (s *Snapshot) Words() []string {
	return slices.Concat(s.Router.Words(), s.Pack.City.Words, s.Pack.City.Districts)
}

// Kinds of the rows that tell the search about words.
const (
	KindSynonyms = "synonyms"
	KindWeak     = "weak-words"
)

// synonymsFile holds them, in packs of cities that have any.
const synonymsFile = "synonyms.yaml"

// synonymsYAML is that file: groups as lists of words, which is how people read and write them.
type synonymsYAML struct {
	Weak     []string   `yaml:"weak,flow"`
	Synonyms [][]string `yaml:"synonyms"`
}

func (p *Pack) readSynonyms(dir fs.FS) error {
	if _, err := fs.Stat(dir, synonymsFile); err != nil {
		return nil
	}
	var file synonymsYAML
	if err := decode(dir, synonymsFile, &file); err != nil {
		return err
	}
	p.Search.Weak = file.Weak
	for _, words := range file.Synonyms {
		if len(words) == 0 {
			return fmt.Errorf("city pack, %s: a group without words", synonymsFile)
		}
		p.Search.Synonyms = append(p.Search.Synonyms, Synonyms{ID: words[0], Words: words})
	}
	return nil
}

func (x Search) file() synonymsYAML {
	file := synonymsYAML{Weak: x.Weak}
	for _, s := range x.Synonyms {
		file.Synonyms = append(file.Synonyms, s.Words)
	}
	return file
}

func (x Search) empty() bool { return len(x.Synonyms) == 0 && len(x.Weak) == 0 }

// LongestWord is how many characters a word of the search may have, and MostSynonyms how many words a group: each of
// them is looked for with every question that holds one.
const (
	LongestWord  = 20
	MostSynonyms = 12
)

// Check refuses what would help nobody who searches: groups of one word, words of two groups.
func (x Search) Check() error {
	seen := map[string]bool{}
	for _, s := range x.Synonyms {
		if len(s.Words) < 2 {
			return letter.Refuse("同义词“%s”那一组至少要有两个词。", strings.Join(s.Words, "、"))
		}
		if len(s.Words) > MostSynonyms {
			return letter.Refuse("同义词“%s”那一组的词太多，最多 %d 个。", s.Words[0], MostSynonyms)
		}
		for _, word := range s.Words {
			if err := checkWord(word); err != nil {
				return err
			}
			if seen[word] {
				return letter.Refuse("“%s”出现了两次：一个词只能在一组同义词里。", word)
			}
			seen[word] = true
		}
	}
	for i, word := range x.Weak {
		if err := checkWord(word); err != nil {
			return err
		}
		if slices.Contains(x.Weak[:i], word) {
			return letter.Refuse("“%s”出现了两次。", word)
		}
		if seen[word] {
			return letter.Refuse("“%s”既是同义词，又是不计分的词，只能选一种。", word)
		}
	}
	return nil
}

func checkWord(word string) error {
	if n := utf8.RuneCountInString(word); n == 0 || n > LongestWord || word != strings.TrimSpace(word) {
		return letter.Refuse("“%s”不能用：每个词 1 至 %d 个字，前后没有空格。", word, LongestWord)
	}
	return nil
}

// WithSynonyms is the pack with another group under this id, or with one more; without words: with one less.
func (p *Pack) WithSynonyms(s Synonyms) *Pack {
	other := *p
	other.Search.Synonyms = slices.Clone(p.Search.Synonyms)
	at := slices.IndexFunc(other.Search.Synonyms, func(x Synonyms) bool { return x.ID == s.ID })
	switch {
	case at < 0:
		other.Search.Synonyms = append(other.Search.Synonyms, s)
	case len(s.Words) == 0:
		other.Search.Synonyms = slices.Delete(other.Search.Synonyms, at, at+1)
	default:
		other.Search.Synonyms[at] = s
	}
	return &other
}

// FreeID is the id that a new group of these words gets.
func (x Search) FreeID(words []string) string {
	for n := 1; ; n++ {
		id := words[0]
		if n > 1 {
			id = fmt.Sprintf("%s-%d", id, n)
		}
		if !slices.ContainsFunc(x.Synonyms, func(s Synonyms) bool { return s.ID == id }) {
			return id
		}
	}
}

// PutSynonyms puts a group of words in force from now on. by is the login of who does it.
func PutSynonyms(ctx context.Context, rows Rows, s Synonyms, by string, now time.Time) error {
	return changeRow(ctx, rows, letter.CityItem{Kind: KindSynonyms, ID: s.ID, From: now}, s, by, now)
}

// PutWeak puts another list of weak words in force from now on.
func PutWeak(ctx context.Context, rows Rows, words []string, by string, now time.Time) error {
	return changeRow(ctx, rows, letter.CityItem{Kind: KindWeak, ID: KindWeak, From: now}, words, by, now)
}

// PutCity puts other facts of the city itself in force from now on: among them its words.
func PutCity(ctx context.Context, rows Rows, c City, by string, now time.Time) error {
	return changeRow(ctx, rows, letter.CityItem{Kind: kindCity, ID: kindCity, From: now}, c, by, now)
}

// AllRows are the rows of the city with their history.
type AllRows interface {
	CityHistory(ctx context.Context, kind string) ([]letter.CityItem, error)
	ChangeCityItems(ctx context.Context, items []letter.CityItem, change letter.CityChange, now time.Time) error
}

// EndSynonyms ends a group in all its versions: an earlier one would hold again if only the last ended.
func EndSynonyms(ctx context.Context, rows AllRows, id, by string, now time.Time) error {
	history, err := rows.CityHistory(ctx, KindSynonyms)
	if err != nil {
		return err
	}
	var ended []letter.CityItem
	for _, it := range history {
		if it.ID == id && it.Ended.IsZero() {
			it.Ended = now
			ended = append(ended, it)
		}
	}
	if len(ended) == 0 {
		return letter.Fail(letter.KindNotFound, "没有这组同义词，可能刚被删除。")
	}
	return rows.ChangeCityItems(ctx, ended, letter.CityChange{By: by}, now)
}
