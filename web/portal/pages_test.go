package portal_test

import (
	"testing"

	"huiyin/web/page/pagetest"
)

func TestEveryTextIsTranslated(t *testing.T) {
	pagetest.Translations(t, ".")
}
