package desk_test

import (
	"testing"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/testhouse"
)

// The history at the desk keeps the date that was told beside the one that the
// new notice gives, and says which holds.
func TestTheHistoryShowsBothDatesOfARedating(t *testing.T) {
	o := open(t)
	o.Now = time.Date(2026, 12, 28, 10, 0, 0, 0, o.City.Zone())
	later, held := o.Submit(lamps), o.Submit(lamps)
	o.Announce(testhouse.LongNewYear)
	o.Take(later, letter.Acceptance, casework.Input{})
	lina := o.as("lina")
	lina.sees("/desk/letters/"+later, "重算时限", "放假安排或本地日历有变", "对来信人的期限 · 原 2027年1月4日（周一） → 重算 2027年1月7日（周四）")
	o.Announce(testhouse.WorkedNewYear)
	o.Take(held, letter.Acceptance, casework.Input{})
	lina.sees("/desk/letters/"+held, "原 2027年1月4日（周一） → 重算 2027年1月2日（周六） · 已告知的期限不提前", "此前告知的期限较晚，予以保留")
	lina.sees("/desk/letters/"+held+"?lang=en", "Recount of limits", "the date that was told holds")
}
