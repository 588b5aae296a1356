package admin_test

import (
	"testing"

	"huiyin/web/page/pagetest"
)

func TestEverySentenceIsTranslated(t *testing.T) {
	pagetest.Translations(t, ".", "（当年放假安排尚未公布）", "周末")
}

// What the counting of time and the reading of rules refuse is read on these pages.
func TestRefusalsOfRulesAreTranslated(t *testing.T) {
	pagetest.Translations(t, "../../sla")
}
