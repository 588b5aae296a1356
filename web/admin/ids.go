package admin

import "huiyin/sla"

// On so many letters rules are tried before they are saved: a letter takes about 0.1 ms, 0.3 ms where nothing was read
// before, and a page must come within the thirty seconds of a request.
const (
	mostOpen     = 60_000
	mostAnswered = 20_000
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
