package desk_test

import (
	"testing"

	"huiyin/web/page/pagetest"
)

// Every word of the desk can be read in English.
func TestEveryTextIsTranslated(t *testing.T) {
	pagetest.Translations(t, ".")
}
