package desk_test

import (
	"net/url"
	"testing"

	"huiyin/internal/letter"
	"huiyin/sla"
)

// Where a policy counts from the admission the unit is offered it with the date
// that would result, once; elsewhere nobody sees it.
func TestAdmissionIsOfferedWhereALimitCountsFromIt(t *testing.T) {
	o := open(t)
	ordinary := o.bring(o.Submit(lamps), turn{"lina", letter.Acceptance})
	o.desk("lina").sees("/desk/letters/"+ordinary, "申请延期").Lacks(t, ordinary+"/admission")

	city, rules := *o.City, *o.City.Clocks
	sixty := sla.Limit{Amount: 60, Unit: sla.CalendarDay}
	rules.Policies = append([]sla.Policy{{ID: "petition", Name: "信访", Source: "信访工作条例第三十四条", Kind: lamps.Kind,
		Limits: map[string]sla.Limit{letter.SenderClock: sixty, letter.UnitClock: sixty},
		Starts: map[string]letter.Step{letter.SenderClock: letter.Admission, letter.UnitClock: letter.Admission}}}, rules.Policies...)
	city.Clocks = &rules
	o.City = &city

	rules.Policies[0].Limits[letter.AdmissionClock] = sla.Limit{Amount: 15, Unit: sla.CalendarDay}
	number := o.bring(o.Submit(lamps), turn{"lina", letter.Acceptance})
	at := "/desk/letters/" + number
	o.Now = o.Now.AddDate(0, 0, 8)
	// 30 January 2027 is a Saturday: the end rolls on to Monday.
	o.desk("lina").sees(at, "现在受理，期限是2027年2月1日（周一）。", "最迟在2026年12月8日（周二）告知来信人。")
	o.desk("lina").takes(number, letter.Admission, url.Values{})
	o.desk("lina").sees(at, "2027年2月1日（周一）").Lacks(t, number+"/admission")
}
