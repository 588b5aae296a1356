package training

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"huiyin/internal/letter"
	"huiyin/internal/segment"
)

// leads are what people put before the matter of a title, and what says nothing after it.
var (
	leads = regexp.MustCompile(`^(?:再次|强烈|坚决|紧急)?(?:投诉|反映|反应|咨询|请问|询问|举报|关于|求助|请求|恳请|呼吁|质疑|曝光|维权|惊)+(?:一下)?[，,：:！!\s]*(?:关于)?`)
	tails = regexp.MustCompile(`(?:的?(?:相关|有关|一些)?(?:问题|诉求|情况|事宜|投诉|咨询|疑问)|[，,]?(?:急需|尽快|请|求|望|希望)(?:尽快)?(?:处理|解决|关注|帮助))?[。.？?！!，,…～~\s]*$`)
)

// long is what a character of a title takes from its nearness: of two titles that say the same the shorter one reads better.
const long = 0.008

// hidden are masked names at the beginning of a title.
var hidden = regexp.MustCompile(`^(?:` + masked.String() + `)`)

// mostTitle is how long the name of a topic may be, in characters.
const mostTitle = 36

// nameOf takes the title nearest to what all letters of a topic have in common for its name, and the place or group that
// most of them name. hide leaves out what may identify a person; a title in which it finds something is taken last.
func nameOf(centre features, t *Terms, letters []letter.Reported, hide func(string) string) (name, place string) {
	best := -2.0
	for _, l := range letters {
		title := plainTitle(l.Title)
		if n := utf8.RuneCountInString(title); n < 4 || n > mostTitle {
			continue
		}
		shown := hide(title)
		score := cosine(once(pairs(title, inTitle)), centre.of(inTitle), t, nil) - long*float64(utf8.RuneCountInString(title))
		if shown != title {
			score--
		}
		if score > best || score == best && shown < name {
			name, best = shown, score
		}
	}
	if name == "" && len(letters) > 0 {
		runes := []rune(hide(plainTitle(letters[0].Title)))
		name = string(runes[:min(len(runes), mostTitle)])
	}
	return name, hide(commonPlace(letters))
}

// plainTitle is a title without what only leads to its matter.
func plainTitle(title string) string {
	plain := strings.TrimSpace(segment.StripTemplates(title))
	short := tails.ReplaceAllString(hidden.ReplaceAllString(leads.ReplaceAllString(hidden.ReplaceAllString(plain, ""), ""), ""), "")
	if utf8.RuneCountInString(short) < 4 {
		return plain
	}
	return short
}

// commonPlace is the name that most letters have, if at least two and a third of them do: a quarter, school or firm
// rather than a road or town.
func commonPlace(letters []letter.Reported) string {
	counts := map[string]int{}
	wide := map[string]bool{}
	for _, l := range letters {
		said := map[string]bool{}
		for _, n := range namesOf(masked.ReplaceAllString(segment.StripTemplates(l.Title), "，"), l.Place, l.Body) {
			if !said[n.name] {
				said[n.name] = true
				counts[n.name]++
				wide[n.name] = n.wide
			}
		}
	}
	var names []string
	for name, n := range counts {
		if n >= 2 && 3*n >= len(letters) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	rank := func(name string) int {
		if wide[name] {
			return 0
		}
		return counts[name]
	}
	return slices.MaxFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(counts[a], counts[b]), cmp.Compare(b, a))
	})
}
