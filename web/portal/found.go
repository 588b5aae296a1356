package portal

import (
	"html/template"
	"time"

	"huiyin/internal/letter"
	"huiyin/search"
)

// found is a published letter in a list.
type found struct {
	Number   string
	Heading  template.HTML
	Snippet  template.HTML
	Unit     string
	Kind     letter.Kind
	Category string
	Answered time.Time
	Reply    string // where it can be read in the list
}

func (n names) found(hit search.Hit) found {
	return found{
		Number: hit.Number, Heading: hit.Heading.HTML(), Snippet: hit.Snippet.HTML(), Unit: n.unit(hit.Unit),
		Kind: hit.Kind, Category: n.category(hit.Category), Answered: hit.Answered,
	}
}

// foundPublic is a letter that no search found.
func (n names) foundPublic(p letter.Public) found {
	return found{
		Number: p.Number, Heading: search.Marked(p.Title).HTML(), Unit: n.unit(p.Unit),
		Kind: p.Kind, Category: n.category(p.Category), Answered: p.Answered,
	}
}

// searchBox is the field that pages search published letters with.
type searchBox struct {
	Text string
	Hint string // what can be typed; a key of the catalogue
}

// Box is the field on the home page: it takes a whole sentence.
func (*homePage) Box() searchBox { return searchBox{Hint: "比如：老人就餐补贴怎么申请"} }

// Box is the field with the words searched for.
func (p *publishedPage) Box() searchBox {
	return searchBox{Text: p.Form.Text, Hint: "几个词或者编号"}
}
