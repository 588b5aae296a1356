package testhouse

import (
	"huiyin/sla"
)

// Announce puts the notice of a year in force, as an import does.
func (h *House) Announce(y sla.Year) {
	h.T.Helper()
	pack := *h.City.Pack // it is shared by all tests of the process
	pack.Years = append([]sla.Year{}, pack.Years...)
	for i := range pack.Years {
		if pack.Years[i].Year == y.Year {
			pack.Years = append(pack.Years[:i], pack.Years[i+1:]...)
			break
		}
	}
	pack.Years = append(pack.Years, y)
	city, err := pack.Snapshot(h.City.Zone(), h.City.Version+"+")
	Must(h.T, err)
	h.City = city
}

// Notices for 2027, invented. LongNewYear moves what is due after New Year later,
// WorkedNewYear earlier.
var (
	LongNewYear = sla.Year{Year: 2027, Source: "演示用，并非真实通知", Off: []sla.Special{
		{Date: "2027-01-01", Name: "元旦"}, {Date: "2027-01-04", Name: "元旦"}, {Date: "2027-01-05", Name: "元旦"}}}
	WorkedNewYear = sla.Year{Year: 2027, Source: "演示用，并非真实通知", Off: []sla.Special{{Date: "2027-02-05", Name: "春节"}},
		Work: []sla.Special{{Date: "2027-01-02", Name: "元旦"}, {Date: "2027-01-03", Name: "元旦"}}}
)
