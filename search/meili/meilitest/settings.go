package meilitest

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
)

// settings are those of an index, all members known to 1.50 that the client can send and this program does.
type settings struct {
	RankingRules         []string            `json:"rankingRules"`
	SearchableAttributes []string            `json:"searchableAttributes"`
	DisplayedAttributes  []string            `json:"displayedAttributes"`
	FilterableAttributes []string            `json:"filterableAttributes"`
	SortableAttributes   []string            `json:"sortableAttributes"`
	StopWords            []string            `json:"stopWords"`
	Synonyms             map[string][]string `json:"synonyms"`
	Dictionary           []string            `json:"dictionary"`
	LocalizedAttributes  []localized         `json:"localizedAttributes"`
	TypoTolerance        typos               `json:"typoTolerance"`
	Pagination           pagination          `json:"pagination"`
	Faceting             faceting            `json:"faceting"`
	PrefixSearch         string              `json:"prefixSearch"`
	SearchCutoffMs       *int                `json:"searchCutoffMs"`
}

type localized struct {
	AttributePatterns []string `json:"attributePatterns"`
	Locales           []string `json:"locales"`
}

type typos struct {
	Enabled             bool     `json:"enabled"`
	MinWordSizeForTypos sizes    `json:"minWordSizeForTypos"`
	DisableOnWords      []string `json:"disableOnWords"`
	DisableOnAttributes []string `json:"disableOnAttributes"`
	DisableOnNumbers    bool     `json:"disableOnNumbers"`
}

type sizes struct {
	OneTypo  int `json:"oneTypo"`
	TwoTypos int `json:"twoTypos"`
}

type pagination struct {
	MaxTotalHits int `json:"maxTotalHits"`
}

type faceting struct {
	MaxValuesPerFacet int               `json:"maxValuesPerFacet"`
	SortFacetValuesBy map[string]string `json:"sortFacetValuesBy"`
}

// fresh are the settings of a new index.
func fresh() settings {
	return settings{
		RankingRules:         []string{"words", "typo", "proximity", "attribute", "sort", "exactness"},
		SearchableAttributes: []string{"*"}, DisplayedAttributes: []string{"*"},
		FilterableAttributes: []string{}, SortableAttributes: []string{}, StopWords: []string{}, Dictionary: []string{},
		Synonyms:      map[string][]string{},
		TypoTolerance: typos{Enabled: true, MinWordSizeForTypos: sizes{5, 9}, DisableOnWords: []string{}, DisableOnAttributes: []string{}},
		Pagination:    pagination{1000}, Faceting: faceting{100, map[string]string{"*": "alpha"}}, PrefixSearch: "indexingTime",
	}
}

func (s *Server) updateSettings(c call, uid string) (int, any, *refusal) {
	sent := fresh()
	if fault := strictly(c.body, &sent); fault != nil {
		return 0, nil, fault
	}
	if fault := sent.check(); fault != nil {
		return 0, nil, fault
	}
	return s.enqueue(c, uid, "settingsUpdate", func() *refusal {
		x := s.indexes[uid]
		if x == nil {
			x = s.make(uid, "")
		}
		if bytes.Contains(c.body, []byte(`"synonyms"`)) {
			x.settings.Synonyms = nil // replaced, not added to
		}
		return strictly(c.body, &x.settings) // members left out stay
	})
}

func (s *Server) putSynonyms(c call, uid string) (int, any, *refusal) {
	var sent map[string][]string
	if fault := strictly(c.body, &sent); fault != nil {
		return 0, nil, fault
	}
	return s.setSynonyms(c, uid, sent)
}

func (s *Server) resetSynonyms(c call, uid string) (int, any, *refusal) {
	return s.setSynonyms(c, uid, map[string][]string{})
}

func (s *Server) setSynonyms(c call, uid string, wanted map[string][]string) (int, any, *refusal) {
	return s.enqueue(c, uid, "settingsUpdate", func() *refusal {
		x, fault := s.index(uid)
		if fault == nil {
			x.settings.Synonyms = wanted
		}
		return fault
	})
}

var (
	rules   = []string{"words", "typo", "proximity", "attribute", "sort", "exactness"}
	locales = []string{"cmn", "zho", "zh", "eng", "jpn"}
)

// check refuses values that the server refuses, and more: zeros in a member, which the server takes, are what the client
// sends for one that was filled in part, and never meant.
func (x settings) check() *refusal {
	for _, rule := range x.RankingRules {
		if field, order, custom := strings.Cut(rule, ":"); !slices.Contains(rules, rule) && (!custom || field == "" || order != "asc" && order != "desc") {
			return bad("invalid_settings_ranking_rules", "`%s` is not a valid ranking rule.", rule)
		}
	}
	for _, l := range x.LocalizedAttributes {
		for _, locale := range l.Locales {
			if !slices.Contains(locales, locale) {
				return bad("invalid_settings_localized_attributes", "Unknown locale `%s`.", locale)
			}
		}
	}
	size := x.TypoTolerance.MinWordSizeForTypos
	switch {
	case size.OneTypo < 1 || size.TwoTypos < size.OneTypo || size.TwoTypos > 255:
		return bad("invalid_settings_typo_tolerance", "`minWordSizeForTypos` setting is invalid.")
	case x.TypoTolerance.DisableOnWords == nil || x.TypoTolerance.DisableOnAttributes == nil:
		return bad("invalid_settings_typo_tolerance", "a list is null")
	case x.Pagination.MaxTotalHits < 1:
		return bad("invalid_settings_pagination", "maxTotalHits")
	case x.Faceting.MaxValuesPerFacet < 1:
		return bad("invalid_settings_faceting", "maxValuesPerFacet")
	case x.PrefixSearch != "indexingTime" && x.PrefixSearch != "disabled":
		return bad("invalid_settings_prefix_search", "Unknown value `%s`.", x.PrefixSearch)
	}
	for _, order := range x.Faceting.SortFacetValuesBy {
		if order != "alpha" && order != "count" {
			return refuse("invalid_settings_faceting", invalid, http.StatusBadRequest, "Unknown value `%s`.", order)
		}
	}
	return nil
}
