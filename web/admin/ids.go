package admin

import "huiyin/sla"

// On so many letters rules are tried before they are saved, so that a page never takes longer than a person waits.
const (
	mostOpen     = 100_000
	mostAnswered = 50_000
)

// ids are the policies, each once however many versions it has.
func ids(policies []sla.Policy) []string {
	var list []string
	seen := map[string]bool{}
	for _, p := range policies {
		if !seen[p.ID] {
			seen[p.ID] = true
			list = append(list, p.ID)
		}
	}
	return list
}
