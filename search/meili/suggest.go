package meili

import (
	"context"

	"github.com/meilisearch/meilisearch-go"

	"huiyin/search"
)

// Suggest gives words that begin or sound as what is typed, then titles that hold every word of it, newest answer first.
func (x *Index) Suggest(ctx context.Context, typed search.Typed) ([]search.Suggestion, error) {
	if err := x.connect(ctx); err != nil {
		return nil, err
	}
	typed = typed.Check()
	reader := x.reader()
	words := []search.Suggestion{}
	for _, word := range reader.Complete(typed.Text, typed.Most) {
		words = append(words, search.Suggestion{Text: word.Text, Heading: search.MarkTyped(word.Text, typed.Text), Letters: word.Letters})
	}
	text, _ := heard(typed.Text, reader.HearHalf(typed.Text))
	titles, err := x.titles(ctx, text, typed.Most)
	if err != nil {
		return nil, x.lost(err)
	}
	// Words first, but not more than half where there are titles to fill the other.
	room := max(typed.Most-len(titles), (typed.Most+1)/2)
	list := append(words[:min(len(words), room)], titles...)
	return list[:min(len(list), typed.Most)], nil
}

// titles are those that hold every word of the text, each once.
func (x *Index) titles(ctx context.Context, text string, most int) ([]search.Suggestion, error) {
	asked := x.questionOf(text)
	if len(asked.words) == 0 {
		return nil, nil
	}
	found, err := x.find(ctx, func() *meilisearch.SearchRequest {
		return &meilisearch.SearchRequest{
			// Twice as many, because one title stands over several letters.
			Query: asked.text(), MatchingStrategy: meilisearch.All, Limit: int64(2 * most), AttributesToSearchOn: []string{titleField},
			Sort: []string{answeredField + ":desc"}, AttributesToRetrieve: []string{letterField},
		}
	})
	if err != nil {
		return nil, err
	}
	hits, err := x.show(found.Hits, search.Query{}, asked)
	if err != nil {
		return nil, err
	}
	return search.TitlesOf(hits, most), nil
}
