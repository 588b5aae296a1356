package api_test

import (
	"testing"

	"huiyin/web/page/pagetest"
)

func TestEverySentenceIsTranslated(t *testing.T) { pagetest.Translations(t, ".") }
