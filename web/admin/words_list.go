package admin

import (
	"context"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/web/page"
)

// wordListPage changes one list of words as a whole.
type wordListPage struct {
	page.Head
	wordList
	Text string
	Seen string
}

// wordList is a list of words and what it is for.
type wordList struct {
	Path, Lead, Hint string
	now              func(*citypack.Pack) []string
	with             func(*citypack.Pack, []string) *citypack.Pack
	keep             func(ctx context.Context, s *Server, words []string, by string) error
	said             string
}

var weakWords = wordList{
	Path: PathWords + "/weak",
	Lead: "这些词几乎每封信都有，分不出是哪件事。查找时少计分，信里没有它们也不要紧。",
	Hint: "用顿号、空格或换行分开。改后随即生效。",
	now:  func(p *citypack.Pack) []string { return p.Search.Weak },
	with: func(p *citypack.Pack, words []string) *citypack.Pack {
		other := *p
		other.Search.Weak = words
		return &other
	},
	keep: func(ctx context.Context, s *Server, words []string, by string) error {
		return citypack.PutWeak(ctx, s.Store, words, by, s.Now())
	},
	said: "已保存不计分的词，检索随即按它查找。",
}

var placeWords = wordList{
	Path: PathWords + "/places",
	Lead: "词典里没有的地名、小区、学校、平台。切词时把它们当作一个词，检索就认得整个名字。",
	Hint: "用顿号、空格或换行分开。改后派单随即换用；检索在后台重建，其间检索照常。",
	now:  func(p *citypack.Pack) []string { return p.City.Words },
	with: func(p *citypack.Pack, words []string) *citypack.Pack {
		other := *p
		other.City.Words = words
		return &other
	},
	keep: func(ctx context.Context, s *Server, words []string, by string) error {
		city := s.City().Pack.City
		city.Words = words
		return citypack.PutCity(ctx, s.Store, city, by, s.Now())
	},
	said: "已保存本市词语。检索在后台重建，其间检索照常。",
}

func (s *Server) showWords(list wordList, title string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		text := strings.Join(list.now(s.City().Pack), separator)
		return s.set.Render(c, "words_list", &wordListPage{Head: page.Head{Title: title, Under: page.PathAdmin}, wordList: list, Text: text, Seen: text})
	}
}

// keepWords puts the list in force; a refused one comes back as it was typed.
func (s *Server) keepWords(list wordList, title string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		pack := s.City().Pack
		now := strings.Join(list.now(pack), separator)
		v := &wordListPage{Head: page.Head{Title: title, Under: page.PathAdmin}, wordList: list, Text: c.FormValue("words"), Seen: now}
		words := splitWords(v.Text)
		err := checkWords(list.with(pack, words), words)
		switch {
		case err != nil:
		case c.FormValue("seen") != now:
			err = letter.Refuse("这些词刚被别人改过。要用您写的词，请再保存一次。")
		case slices.Equal(words, list.now(pack)):
			err = letter.Refuse("和现在的词一样，没有什么要保存。")
		}
		if err != nil {
			v.Refused(err)
			return s.set.Render(c, "words_list", v)
		}
		by := member(c).Login
		if err := list.keep(c.UserContext(), s, words, by); err != nil {
			return err
		}
		s.Log.Info("words changed", "by", by, "list", list.Path)
		return s.keptWords(c, list.said)
	}
}

// checkWords refuses words that are none, and a pack that they contradict.
func checkWords(pack *citypack.Pack, words []string) error {
	if err := (citypack.Search{Weak: words}).Check(); err != nil {
		return err
	}
	return pack.Search.Check()
}
