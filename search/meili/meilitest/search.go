package meilitest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// question is a search as it may be sent. hybrid is known and must be null: nobody makes vectors here.
type question struct {
	Q                    string           `json:"q"`
	Filter               json.RawMessage  `json:"filter"`
	Sort                 []string         `json:"sort"`
	Facets               []string         `json:"facets"`
	Page                 *int             `json:"page"`
	HitsPerPage          *int             `json:"hitsPerPage"`
	Limit                *int             `json:"limit"`
	Offset               int              `json:"offset"`
	AttributesToRetrieve []string         `json:"attributesToRetrieve"`
	AttributesToSearchOn []string         `json:"attributesToSearchOn"`
	MatchingStrategy     string           `json:"matchingStrategy"`
	Hybrid               *json.RawMessage `json:"hybrid"`
}

func (s *Server) search(c call, uid string) (int, any, *refusal) {
	q := question{MatchingStrategy: "last"}
	if fault := strictly(c.body, &q); fault != nil {
		return 0, nil, fault
	}
	x, fault := s.index(uid)
	if fault != nil {
		return 0, nil, fault
	}
	if fault := q.check(x.settings); fault != nil {
		return 0, nil, fault
	}
	condition, fault := parseFilter(q.Filter, x.settings.FilterableAttributes)
	if fault != nil {
		return 0, nil, fault
	}
	var found []document
	for _, id := range x.ids {
		if d := x.documents[id]; condition(d) {
			found = append(found, d)
		}
	}
	found = x.matching(found, q)
	x.order(found, q)
	return http.StatusOK, x.page(found, q), nil
}

func (q question) check(s settings) *refusal {
	switch {
	case q.Hybrid != nil && string(*q.Hybrid) != "null":
		return bad("invalid_search_hybrid_query", "no embedder")
	case !slices.Contains([]string{"last", "all", "frequency"}, q.MatchingStrategy):
		return bad("invalid_search_matching_strategy", "Unknown value `%s`.", q.MatchingStrategy)
	case q.Page != nil && *q.Page < 0 || q.HitsPerPage != nil && *q.HitsPerPage < 0 || q.Limit != nil && *q.Limit < 0:
		return bad("invalid_search_page", "negative")
	}
	for _, one := range q.Sort {
		if field, order, ok := strings.Cut(one, ":"); !ok || order != "asc" && order != "desc" || !slices.Contains(s.SortableAttributes, field) {
			return bad("invalid_search_sort", "Attribute `%s` is not sortable.", field)
		}
	}
	for _, field := range q.Facets {
		if !slices.Contains(s.FilterableAttributes, field) {
			return bad("invalid_search_facets", "Attribute `%s` is not facet-searchable.", field)
		}
	}
	for _, field := range q.AttributesToSearchOn {
		if !slices.Contains(s.SearchableAttributes, field) {
			return bad("invalid_search_attributes_to_search_on", "Attribute `%s` is not searchable.", field)
		}
	}
	return nil
}

// maxWords is how many words of a question the server reads.
const maxWords = 10

// asked are the words of a question: stop words left out, at most ten as the server would cut them.
func (x *index) asked(q question) []string {
	var all []string
	cut := 0
	for _, word := range strings.Fields(strings.Trim(q.Q, `"`)) {
		n := 1
		if first, _ := utf8.DecodeRuneInString(word); unicode.Is(unicode.Han, first) {
			n = (utf8.RuneCountInString(word) + 1) / 2
		}
		if cut += n; cut > maxWords {
			break
		}
		if !slices.Contains(x.settings.StopWords, word) {
			all = append(all, word)
		}
	}
	return all
}

// matching keeps those that hold the words, by the strategy. Without words all are kept.
func (x *index) matching(documents []document, q question) []document {
	words := x.asked(q)
	fields := q.AttributesToSearchOn
	if fields == nil {
		fields = x.settings.SearchableAttributes
	}
	holding := func(words []string) []document {
		var all []document
		for _, d := range documents {
			if !slices.ContainsFunc(words, func(word string) bool { return !x.holds(d, fields, word) }) {
				all = append(all, d)
			}
		}
		return all
	}
	found := holding(words)
	if q.MatchingStrategy == "all" {
		return found
	}
	for _, word := range x.removal(words, q, holding) {
		words = slices.DeleteFunc(slices.Clone(words), func(other string) bool { return other == word })
		for _, d := range holding(words) {
			if !slices.ContainsFunc(found, func(other document) bool { return string(other[x.primaryKey]) == string(d[x.primaryKey]) }) {
				found = append(found, d)
			}
		}
	}
	return found
}

// removal is the order in which words are left out, all but one: from the end, or the commonest first, those that stand
// nowhere before them.
func (x *index) removal(words []string, q question, holding func([]string) []document) []string {
	order := slices.Clone(words)
	slices.Reverse(order)
	if q.MatchingStrategy == "frequency" {
		frequency := func(word string) int {
			if n := len(holding([]string{word})); n > 0 {
				return n
			}
			return len(x.documents) + 1
		}
		slices.SortStableFunc(order, func(a, b string) int { return frequency(b) - frequency(a) })
	}
	return order[:max(len(order)-1, 0)]
}

// holds is deliberately naive: the text holds the word, or one that means the same; a run of letters or digits whole.
func (x *index) holds(d document, fields []string, word string) bool {
	for _, one := range append([]string{word}, x.settings.Synonyms[word]...) {
		for _, field := range fields {
			if x.stands(d.text(field), one) {
				return true
			}
		}
	}
	return false
}

func (x *index) stands(text, word string) bool {
	if first, _ := utf8.DecodeRuneInString(word); unicode.Is(unicode.Han, first) {
		return strings.Contains(text, word)
	}
	for _, run := range strings.FieldsFunc(text, func(r rune) bool {
		return unicode.Is(unicode.Han, r) || !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}) {
		if run == word || x.settings.PrefixSearch != "disabled" && strings.HasPrefix(run, word) {
			return true
		}
	}
	return false
}

// order sorts by what is asked for where the rules put it before the words, else by the rules of the index's own fields
// behind them; those without the field come last.
func (x *index) order(found []document, q question) {
	sortFirst := slices.Index(x.settings.RankingRules, "sort") < slices.Index(x.settings.RankingRules, "words")
	if len(q.Sort) > 0 && (sortFirst || len(x.asked(q)) == 0) {
		x.sortBy(found, q.Sort)
		return
	}
	if len(x.asked(q)) == 0 {
		x.sortBy(found, slices.DeleteFunc(slices.Clone(x.settings.RankingRules), func(rule string) bool { return !strings.Contains(rule, ":") }))
	}
}

func (x *index) sortBy(found []document, rules []string) {
	slices.SortStableFunc(found, func(a, b document) int {
		for _, rule := range rules {
			field, order, _ := strings.Cut(rule, ":")
			na, oka := number(a[field])
			nb, okb := number(b[field])
			switch {
			case oka != okb && oka:
				return -1
			case oka != okb:
				return 1
			case na == nb:
				continue
			case (na < nb) == (order == "asc"):
				return -1
			default:
				return 1
			}
		}
		return 0
	})
}

func number(raw json.RawMessage) (float64, bool) {
	var n *float64
	if json.Unmarshal(raw, &n) != nil || n == nil {
		return 0, false
	}
	return *n, true
}

// page answers with exact totals where pages are asked for, else with an estimate.
func (x *index) page(found []document, q question) map[string]any {
	answer := map[string]any{"query": q.Q, "processingTimeMs": 1}
	if q.Facets != nil {
		answer["facetDistribution"], answer["facetStats"] = x.facets(found, q.Facets), map[string]any{}
	}
	total := min(len(found), x.settings.Pagination.MaxTotalHits)
	from, size := q.Offset, 20
	switch {
	case q.Page != nil || q.HitsPerPage != nil:
		page := 1
		if q.Page != nil {
			page = *q.Page
		}
		if q.HitsPerPage != nil {
			size = *q.HitsPerPage
		}
		from = (page - 1) * size
		pages := 0
		if size > 0 {
			pages = (total + size - 1) / size
		}
		answer["page"], answer["hitsPerPage"], answer["totalHits"], answer["totalPages"] = page, size, total, pages
	default:
		if q.Limit != nil {
			size = *q.Limit
		}
		answer["limit"], answer["offset"], answer["estimatedTotalHits"] = size, from, total
	}
	hits := []document{}
	for i := from; i >= 0 && i < min(from+size, total); i++ {
		hits = append(hits, x.shown(found[i], q.AttributesToRetrieve))
	}
	answer["hits"] = hits
	return answer
}

// shown is what of a letter may be seen and was asked for; a member of an object is asked for as letter.title.
func (x *index) shown(d document, wanted []string) document {
	all := document{}
	for field, value := range d {
		displayed := slices.Contains(x.settings.DisplayedAttributes, field) || slices.Contains(x.settings.DisplayedAttributes, "*")
		switch {
		case !displayed:
		case wanted == nil || slices.Contains(wanted, field):
			all[field] = value
		default:
			if part := members(value, field, wanted); len(part) > 0 {
				all[field], _ = json.Marshal(part)
			}
		}
	}
	return all
}

func members(value json.RawMessage, field string, wanted []string) map[string]json.RawMessage {
	var object map[string]json.RawMessage
	if json.Unmarshal(value, &object) != nil {
		return nil
	}
	part := map[string]json.RawMessage{}
	for name, inner := range object {
		if slices.Contains(wanted, field+"."+name) {
			part[name] = inner
		}
	}
	return part
}

func (x *index) facets(found []document, fields []string) map[string]map[string]int {
	all := map[string]map[string]int{}
	for _, field := range fields {
		all[field] = map[string]int{}
		for _, d := range found {
			if _, ok := d[field]; ok {
				all[field][d.text(field)]++
			}
		}
	}
	return all
}
