package page

import (
	"slices"

	"huiyin/internal/staff"
)

// PathDeskSearch is where the search box in the desk's head leads to.
const PathDeskSearch = "/desk/search"

// Searches says that the page's head has the box in which members look for letters: those who run the system read none.
func (h *Head) Searches() bool {
	return h.Chrome == Desk && h.Member != nil &&
		slices.ContainsFunc(h.Member.Roles, func(r staff.Role) bool { return r.Known() && !r.Administers() })
}
