package supervise_test

import (
	"testing"

	"huiyin/web/page/pagetest"
)

func TestEverySentenceIsTranslated(t *testing.T) {
	pagetest.Translations(t, ".", "%d年%d月", "%d月")
}
