package casework

import (
	"slices"

	"huiyin/internal/letter"
	"huiyin/routing"
)

// guardAt is who alone may read a letter once it is with the unit. What the duty
// officer sends on is an ordinary letter from then on; an accusation stays
// sealed wherever it goes, and goes nowhere near the accused (信访工作条例:
// 不得将检举控告材料转给被检举控告的人员或者单位).
func guardAt(l *letter.Letter, router *routing.Router, unit string) (string, error) {
	for _, accused := range l.Accused {
		if slices.Contains(router.Under(accused), unit) {
			return "", letter.Refuse("这封信反映的就是这个单位，不能派给它。")
		}
	}
	if l.Guard == "" || !l.Has(letter.Accusation) {
		return "", nil
	}
	discipline, _ := router.Discipline()
	if l.Guard == letter.GuardDuty && unit != discipline && !slices.Contains(l.Accused, discipline) {
		return "", letter.Refuse("检举控告只能派给%s。", router.Name(discipline))
	}
	return letter.GuardUnit(unit), nil
}

// guardReturned is who alone may read a letter that its unit returns: never the
// dispatchers, when it was kept from them before. A sealed one goes to the member
// above the discipline unit, the duty officer's back to him; "" leaves the guard.
func guardReturned(l *letter.Letter, router *routing.Router) string {
	_, above := router.Discipline()
	switch {
	case l.Guard != "" && above != "":
		return letter.GuardMember(above)
	case l.Placement.Queue == letter.DutyQueue:
		return letter.GuardDuty
	}
	return ""
}
