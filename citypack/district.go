package citypack

import "strings"

// District is the district that the first of the texts to name one names first, in full as the city writes it; empty
// when none does. People write 东湖 for the lake as well, so a name without its 区 or 县 counts for nothing.
func (s *Snapshot) District(texts ...string) string {
	for _, text := range texts {
		named, first := "", len(text)
		for _, district := range s.Pack.City.Districts {
			if at := strings.Index(text, district); district != "" && at >= 0 && at < first {
				named, first = district, at
			}
		}
		if named != "" {
			return named
		}
	}
	return ""
}
