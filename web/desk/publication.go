package desk

import (
	"html/template"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/privacy"
	"huiyin/search"
)

// maskedText is the version offered for publication, beside the original in
// which everything that was masked is marked.
type maskedText struct {
	Open                             letter.OpenText
	TitleMarked, BodyMarked, Replied template.HTML
	Found                            int
}

// masked prepares what a reviewer decides on. Landlines stay in the answer, as
// casework leaves them there.
func masked(l *letter.Letter) *maskedText {
	m := &maskedText{Open: casework.Masked(l)}
	m.TitleMarked = m.mark(l.Title)
	m.BodyMarked = m.mark(l.Body)
	m.Replied = m.mark(l.Reply.Text, privacy.Landline)
	return m
}

func (m *maskedText) mark(text string, skip ...privacy.Kind) template.HTML {
	_, found := privacy.MaskKinds(text, skip...)
	m.Found += len(found)
	spans := make([]search.Span, len(found))
	for i, f := range found {
		spans[i] = search.Span{Start: f.Start, End: f.End}
	}
	return search.Mark(text, spans).HTML()
}
