package supervise_test

import (
	"testing"

	"huiyin/routing/training"
	"huiyin/web/page"
	"huiyin/web/page/pagetest"
)

func TestEverySentenceIsTranslated(t *testing.T) {
	pagetest.Translations(t, ".", "%d年%d月", "%d月")
}

// What learning says of a model is shown as it is stored, in both languages.
func TestWhatLearningSaysIsTranslated(t *testing.T) {
	for _, sentence := range training.Sentences {
		if !page.Translated(sentence) {
			t.Errorf("no English for %q", sentence)
		}
	}
}
