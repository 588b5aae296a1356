//go:build screenshots

package supervise_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"huiyin/internal/store/storetest"
	"huiyin/web/page/pagetest"
)

// TestLadderPictures takes pictures of the lists by rung as a leader sees them, to be looked at.
func TestLadderPictures(t *testing.T) {
	h := build(t, storetest.Open(t, filepath.Join(t.TempDir(), "huiyin.db")))
	h.member = leader
	var numbers []string
	for day := range 16 {
		numbers = append(numbers, h.file(fmt.Sprintf("春晖路第 %d 盏路灯不亮，晚上看不清路", day+1)), h.file(fmt.Sprintf("公交 %d 路晚点", day+1)))
		h.Now = h.Now.AddDate(0, 0, 1)
	}
	h.climbs(h.Now, numbers...)
	base := pagetest.Serve(t, h.app)
	for _, lang := range []string{"zh", "en"} {
		for _, width := range []int{390, 1280} {
			pagetest.Shoot(t, base+"/supervise?lang="+lang, fmt.Sprintf("ladder-%s-%d", lang, width), width, 2000)
			pagetest.Shoot(t, base+"/supervise/letters?figure=yellow&lang="+lang, fmt.Sprintf("ladder-yellow-%s-%d", lang, width), width, 1200)
		}
	}
}
