package portal_test

import (
	"strings"
	"testing"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
)

// The sender of a merged letter reads that it is handled with others and that it stays his; never whose the others are.
func TestTheFollowPageOfAMergedLetterNamesNoOther(t *testing.T) {
	c := newCity(t)
	lead := c.browser().send(with(streetlight, "phone", "13800138001", "name", "李大明", "title", "文昌街北段一片漆黑"))
	b := c.browser()
	number := b.send(streetlight)
	c.Take(number, letter.Merge, casework.Input{Lead: lead})
	page := b.Get("/follow/"+number).Want(t, 200, "并案", "您的来信与同一事项的来信合并办理，编号、答复和评价仍归您本人。")
	if strings.Contains(page.Text, lead) || strings.Contains(page.Text, "一片漆黑</h1>") || strings.Contains(page.Text, "李大明") {
		t.Error("the page tells of the other letter")
	}
	c.Answer(lead, "文昌街的路灯已经修好。", "内部")
	if page := b.Get("/follow/" + number); strings.Contains(page.Text, "已经修好") {
		t.Error("the answer of another letter is shown as if it were his")
	}
	c.Take(number, letter.Unmerge, casework.Input{})
	b.Get("/follow/"+number+"?lang=en").Want(t, 200, "Unmerge", "number, answer and rating stay yours")
}
