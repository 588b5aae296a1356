package portal

import (
	"strconv"

	"huiyin/internal/letter"
	"huiyin/search"
	"huiyin/web/page"
)

// facet is one way to narrow the search, with the number of letters behind each value.
type facet struct {
	Word   string
	Values []facetValue
	More   []facetValue // folded away at first
}

type facetValue struct {
	Name    string
	Count   int
	Address string
}

// facetsShown is how many values of a facet stand open.
const facetsShown = 6

// facets are what the letters found can be narrowed by: where all are alike there is nothing to choose.
func (n names) facets(f searchForm, r search.Result) []facet {
	var list []facet
	for _, x := range []struct {
		field, word, chosen string
		name                func(string) string
	}{
		{search.DepartmentFacet, "答复单位", f.Department, n.unit},
		{search.KindFacet, "性质", f.Kind, n.kind},
		{search.CategoryFacet, "内容分类", f.Category, n.category},
		{search.DistrictFacet, "地区", f.District, func(id string) string { return id }},
		{search.YearFacet, "答复年份", f.Year, n.year},
	} {
		if x.chosen != "" {
			continue
		}
		if shown := counted(f, x.field, x.word, r.Facets[x.field], x.name); len(shown.Values) > 1 {
			list = append(list, shown)
		}
	}
	return list
}

func counted(f searchForm, field, word string, values []search.Facet, name func(string) string) facet {
	shown := facet{Word: word}
	for _, value := range values {
		v := facetValue{Name: name(value.ID), Count: value.Count, Address: f.with(field, value.ID)}
		switch {
		case v.Name == "":
		case len(shown.Values) < facetsShown:
			shown.Values = append(shown.Values, v)
		default:
			shown.More = append(shown.More, v)
		}
	}
	return shown
}

// narrowed lists what the search is narrowed by, each with the address of the search without it.
func (n names) narrowed(f searchForm) []facetValue {
	var list []facetValue
	add := func(field, value, name string) {
		if value != "" {
			if name == "" {
				name = value
			}
			list = append(list, facetValue{Name: name, Address: f.with(field, "")})
		}
	}
	add("department", f.Department, n.unit(f.Department))
	add("kind", f.Kind, n.kind(f.Kind))
	add("category", f.Category, n.category(f.Category))
	add("district", f.District, f.District)
	add("year", f.Year, n.year(f.Year))
	add("from", f.From, page.T(n.lang, "%s以后", page.DayIn(n.lang, f.From)))
	add("to", f.To, page.T(n.lang, "%s以前", page.DayIn(n.lang, f.To)))
	return list
}

func (n names) kind(id string) string { return page.T(n.lang, letter.Kind(id).Word()) }

// year is what a year is called, "" for what is none.
func (n names) year(id string) string {
	if _, err := strconv.Atoi(id); err != nil {
		return ""
	}
	return page.T(n.lang, "%s年", id)
}

// order is one way to sort the letters found.
type order struct {
	Word    string
	Address string
	Here    bool
}

// orders are offered above the letters. Without words the best letters are the newest.
func (f searchForm) orders() []order {
	all := []order{{Word: "最相关"}, {Word: "新的在前"}, {Word: "旧的在前"}}
	slugs := []search.Sort{search.Best, search.Newest, search.Oldest}
	for i, slug := range slugs {
		all[i].Address, all[i].Here = f.with("sort", string(slug)), f.Sort == string(slug)
	}
	if f.Text == "" {
		all[1].Address, all[1].Here = f.with("sort", ""), f.Sort != string(search.Oldest)
		return all[1:]
	}
	return all
}
