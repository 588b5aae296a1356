package admin

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/web/page"
)

type wordGroupPage struct {
	page.Head
	ID   string // "" for a new group
	Text string // as typed
	Seen string // the words of the group when the form was shown
}

// separator stands between the words of a group as it is shown for changing.
const separator = "、"

// newGroup shows the form of a new group, with a word in it that somebody came here for.
func (s *Server) newGroup(c *fiber.Ctx) error {
	v := &wordGroupPage{Head: page.Head{Title: "新的同义词", Under: page.PathAdmin}}
	if word := firstWord(c.Query("word")); word != "" {
		v.Text = word + separator
	}
	return s.set.Render(c, "words_group", v)
}

func firstWord(text string) string {
	words := splitWords(text)
	if len(words) == 0 {
		return ""
	}
	runes := []rune(strings.ToValidUTF8(words[0], ""))
	return string(runes[:min(len(runes), citypack.LongestWord)])
}

// addGroup puts a new group in force.
func (s *Server) addGroup(c *fiber.Ctx) error {
	v := &wordGroupPage{Head: page.Head{Title: "新的同义词", Under: page.PathAdmin}, Text: c.FormValue("words")}
	words := splitWords(v.Text)
	if len(words) == 0 {
		return s.refusedGroup(c, v, noWords)
	}
	return s.keepGroup(c, v, citypack.Synonyms{ID: s.City().Pack.Search.FreeID(words), Words: words})
}

var noWords = letter.Invalid("请写出同一个意思的词，至少两个。", map[string]string{"words": "请写出同一个意思的词，至少两个。"})

// group shows a group in a form.
func (s *Server) group(c *fiber.Ctx) error {
	g, err := s.groupNow(c.Params("id"))
	if err != nil {
		return err
	}
	text := strings.Join(g.Words, separator)
	return s.set.Render(c, "words_group", &wordGroupPage{Head: page.Head{Title: "修改同义词", Under: page.PathAdmin}, ID: g.ID, Text: text, Seen: text})
}

func (s *Server) groupNow(id string) (citypack.Synonyms, error) {
	list := s.City().Pack.Search.Synonyms
	i := slices.IndexFunc(list, func(g citypack.Synonyms) bool { return g.ID == id })
	if i < 0 {
		return citypack.Synonyms{}, letter.Fail(letter.KindNotFound, "没有这组同义词，可能刚被删除。")
	}
	return list[i], nil
}

// changeGroup puts other words of a group in force.
func (s *Server) changeGroup(c *fiber.Ctx) error {
	g, err := s.groupNow(c.Params("id"))
	if err != nil {
		return err
	}
	now := strings.Join(g.Words, separator)
	v := &wordGroupPage{Head: page.Head{Title: "修改同义词", Under: page.PathAdmin}, ID: g.ID, Text: c.FormValue("words"), Seen: now}
	words := splitWords(v.Text)
	switch {
	case len(words) == 0:
		return s.refusedGroup(c, v, noWords)
	case c.FormValue("seen") != now:
		return s.refusedGroup(c, v, letter.Refuse("这组词刚被别人改成了“%s”。要用您写的词，请再保存一次。", now))
	case slices.Equal(words, g.Words):
		return s.refusedGroup(c, v, letter.Refuse("和现在的词一样，没有什么要保存。"))
	}
	return s.keepGroup(c, v, citypack.Synonyms{ID: g.ID, Words: words})
}

func (s *Server) keepGroup(c *fiber.Ctx, v *wordGroupPage, g citypack.Synonyms) error {
	if err := s.City().Pack.WithSynonyms(g).Search.Check(); err != nil {
		return s.refusedGroup(c, v, err)
	}
	by := member(c).Login
	if err := citypack.PutSynonyms(c.UserContext(), s.Store, g, by, s.Now()); err != nil {
		return err
	}
	s.Log.Info("synonyms changed", "by", by, "group", g.ID)
	return s.keptWords(c, "已保存同义词，检索随即按它查找。")
}

// refusedGroup shows the form with every word that was typed.
func (s *Server) refusedGroup(c *fiber.Ctx, v *wordGroupPage, err error) error {
	if !letter.IsRefused(err) {
		return err
	}
	v.Refused(err)
	return s.set.Render(c, "words_group", v)
}

// endGroup removes a group; it stays on record.
func (s *Server) endGroup(c *fiber.Ctx) error {
	g, err := s.groupNow(c.Params("id"))
	if err != nil {
		return err
	}
	by := member(c).Login
	if err := citypack.EndSynonyms(c.UserContext(), s.Store, g.ID, by, s.Now()); err != nil {
		return err
	}
	s.Log.Info("synonyms removed", "by", by, "group", g.ID)
	return s.keptWords(c, "已删除这组同义词。")
}
