package page

import (
	"net/url"
	"strconv"
)

// Pages leads through a list that does not fit on one page; {{template "pages" .Pages}} shows it.
type Pages struct {
	Page    int // 1 is the first
	PerPage int
	Total   int
	Address string // path and query of the list; the parameter "page" is replaced
}

// Last is the number of the last page, 1 for an empty list.
func (p Pages) Last() int {
	if p.PerPage <= 0 || p.Total <= 0 {
		return 1
	}
	return (p.Total + p.PerPage - 1) / p.PerPage
}

// Near lists the page numbers to offer: the first, the last and those around the present one; 0 stands for a gap.
func (p Pages) Near() []int {
	var near []int
	gap := false
	for n := 1; n <= p.Last(); n++ {
		if n == 1 || n == p.Last() || (n >= p.Page-1 && n <= p.Page+1) {
			near, gap = append(near, n), false
			continue
		}
		if !gap {
			near, gap = append(near, 0), true
		}
	}
	return near
}

// Previous is the number of the page before, 0 on the first one.
func (p Pages) Previous() int { return min(p.Page-1, p.Last()) }

// Next is the number of the page after, 0 on the last one.
func (p Pages) Next() int {
	if p.Page >= p.Last() {
		return 0
	}
	return p.Page + 1
}

// To is the address of one page of the list.
func (p Pages) To(n int) string {
	u, err := url.Parse(p.Address)
	if err != nil {
		return "?page=" + strconv.Itoa(n)
	}
	q := u.Query()
	q.Set("page", strconv.Itoa(n))
	u.RawQuery = q.Encode()
	return u.String()
}
