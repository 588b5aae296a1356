package web_test

import (
	"testing"

	"huiyin/web/page"
)

func unseen(*visitor, string) {}

// A resident's letter about street lights is answered, published and found, through the pages that people use, in the
// program that people run.
func TestALetterIsAnsweredPublishedAndFound(t *testing.T) {
	browser, h := openBrowser(t), openHouse(t)
	t.Run("Chinese", func(t *testing.T) { walk(t, browser, h, storyAt("柳荫街"), unseen) })
	t.Run("English", func(t *testing.T) {
		s, v := storyAt("槐树巷"), newVisitor(t, browser, h, page.English)
		s.writes(v, unseen)
		r := s.submits(v, unseen)
		s.follows(v, r, unseen)
	})
	t.Run("without scripts", func(t *testing.T) {
		s, v := storyAt("水车胡同"), newVisitor(t, browser, h, page.Chinese).withoutScripts()
		s.writes(v, unseen)
		r := s.submits(v, unseen)
		s.follows(v, r, unseen)
	})
	t.Run("accessible", func(t *testing.T) {
		walk(t, browser, h, storyAt("梧桐路"), accessible(t))
	})
}
