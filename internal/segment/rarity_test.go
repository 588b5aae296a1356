package segment_test

import (
	"testing"

	"huiyin/internal/segment"
)

func TestNamesAreRarerThanMattersAndThoseRarerThanWordsOfAllPapers(t *testing.T) {
	common, matter, name := shared.Rarity("问题"), shared.Rarity("路灯"), shared.Rarity("青禾苑小区")
	if common >= 6 || matter <= common || name <= matter || name != segment.Rarest {
		t.Errorf("问题 %.1f, 路灯 %.1f, a name %.1f", common, matter, name)
	}
}
