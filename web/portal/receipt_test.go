package portal_test

import (
	"fmt"
	"strings"
	"testing"
)

// The sender is told that he wrote before, in one sentence without the number of that letter.
func TestAReceiptSaysThatTheSenderWroteOfTheMatterBefore(t *testing.T) {
	c := newCity(t)
	b := c.browser()
	first := b.send(streetlight)
	if strings.Contains(b.Get("/follow/"+first+"/receipt").Text, "来过信") {
		t.Error("a first letter was written before")
	}
	second := b.send(streetlight)
	page := b.Get("/follow/"+second+"/receipt").Want(t, 200, "您近期就相近的事来过信，承办单位会一并看到。")
	if strings.Contains(page.Text, first) {
		t.Error("the receipt names the other letter")
	}
	b.Get("/follow/"+second+"/receipt?lang=en").Want(t, 200, "You wrote about a similar matter recently")
}

// Of others a receipt tells how many, once there are three, and nothing else.
func TestAReceiptSaysHowManyOthersWroteOfTheMatter(t *testing.T) {
	c := newCity(t)
	b := c.browser()
	others := "人就相近的事来过信"
	var last string
	for i := range 4 {
		if last = b.send(with(streetlight, "phone", fmt.Sprintf("1390000222%d", i))); i < 3 && strings.Contains(b.Get("/follow/"+last+"/receipt").Text, others) {
			t.Errorf("the receipt speaks of %d others", i)
		}
	}
	b.Get("/follow/"+last+"/receipt").Want(t, 200, "近期另有 3 "+others)
	b.Get("/follow/"+last+"/receipt?lang=en").Want(t, 200, "3 other residents wrote about a similar matter recently")
}
