package training

import (
	"cmp"
	"hash/fnv"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"huiyin/internal/letter"
	"huiyin/internal/segment"
)

// Feature is a pair of neighbouring characters or a word, hashed; its two highest bits say where it stood.
type Feature uint32

// part is where a feature stood.
type part uint32

const (
	inTitle part = iota // pairs of the title
	inBody              // words of title and body
	inPlace             // pairs of a place or group that is named
	inWide              // pairs of a road or a town that is named
	parts
)

const partShift = 30

func featureOf(p part, text string) Feature {
	h := fnv.New32a()
	_, _ = h.Write([]byte(text)) // a hash never fails
	return Feature(h.Sum32()&(1<<partShift-1) | uint32(p)<<partShift)
}

func (f Feature) part() part { return part(f >> partShift) }

// as is the same feature at another place.
func (f Feature) as(p part) Feature { return f&(1<<partShift-1) | Feature(p)<<partShift }

// weighted is a feature and what it counts before its rarity is known.
type weighted struct {
	feature Feature
	weight  float64
}

// features are sorted, each once.
type features []weighted

// of are those of one part.
func (l features) of(p part) features {
	from := l.search(Feature(p) << partShift)
	if p+1 == parts {
		return l[from:]
	}
	return l[from:l.search(Feature(p+1)<<partShift)]
}

func (l features) search(f Feature) int {
	i, _ := slices.BinarySearchFunc(l, f, func(w weighted, f Feature) int { return cmp.Compare(w.feature, f) })
	return i
}

func (l features) has(f Feature) bool {
	i := l.search(f)
	return i < len(l) && l[i].feature == f
}

// once sorts a list and keeps each feature one time, with its greatest weight.
func once(list []weighted) features {
	slices.SortFunc(list, func(a, b weighted) int {
		return cmp.Or(cmp.Compare(a.feature, b.feature), cmp.Compare(b.weight, a.weight))
	})
	return slices.CompactFunc(list, func(a, b weighted) bool { return a.feature == b.feature })
}

// reading is a letter taken apart.
type reading struct {
	title  features
	body   features
	places features
}

// masked are the names that an archive hid before it was given away: A市, K3县. They say nothing.
var masked = regexp.MustCompile(`[A-Z]\d{0,2}[省市区县镇]|\*{2,}|(?i:x{2,})`)

// empty are phrases that stand in letters about anything: in a young archive, where every word is rare, they would
// bring strangers together.
const emptyPhrases = `什么时候|什么时间|什么|怎么办|怎么|怎样|如何|何时|为何|多久|能不能|可不可以|有没有|能否|是否|可否|可以|不能|没有|没人管|没人` +
	`|解决|处理|投诉|反映|反应|举报|建议|咨询|询问|希望|请问|请求|恳请|问题|相关|有关|情况|关于|尽快|急需|严重|影响|附近|以后|至今|一直|要求` +
	`|强烈|进行|存在|我们|领导|政府|部门|谢谢|您好|你好`

var (
	empty      = regexp.MustCompile(emptyPhrases)
	emptyWords = words(strings.ReplaceAll(emptyPhrases, "|", " "))
)

// read takes a letter apart; cut are those of title and body, as segment cuts them.
func read(l letter.Reported, cut []string) reading {
	title := masked.ReplaceAllString(segment.StripTemplates(l.Title), "，")
	names := namesOf(title, l.Place, l.Body)
	r := reading{title: once(pairs(empty.ReplaceAllString(title, "，"), inTitle))}
	counts := map[string]int{}
	for _, w := range cut {
		if telling(w) && !naming(names, w) && !emptyWords[w] {
			counts[w]++
		}
	}
	for w, n := range counts {
		r.body = append(r.body, weighted{featureOf(inBody, w), math.Sqrt(float64(n))})
	}
	r.body = once(r.body)
	for _, n := range names {
		if n.wide {
			r.places = append(r.places, pairs(n.name, inWide)...)
		} else {
			r.places = append(r.places, pairs(n.begun(), inPlace)...)
		}
	}
	r.places = once(r.places)
	return r
}

// naming says that a word is part of a name: what two letters about one place share is not yet their matter.
func naming(names []named, word string) bool {
	return slices.ContainsFunc(names, func(n named) bool { return strings.Contains(n.name, word) || strings.Contains(word, n.core) })
}

// opening is how much of a body is read for a place when title and place name none, in characters.
const opening = 120

func namesOf(title, place, body string) []named {
	narrow := func(list []named) bool { return slices.ContainsFunc(list, func(n named) bool { return !n.wide }) }
	list := placesIn(title)
	if !narrow(list) {
		list = append(list, placesIn(place)...)
	}
	if narrow(list) {
		return list
	}
	runes := []rune(body)
	for _, n := range placesIn(string(runes[:min(len(runes), opening)])) {
		if !n.wide {
			return append(list, n)
		}
	}
	return list
}

// telling leaves out single characters and numbers, which say nothing alone.
func telling(word string) bool {
	n := 0
	for _, r := range word {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
		n++
	}
	return n >= 2
}

// pairs are the neighbouring characters of a text; a number is one character, so that 12 路 and 120 路 differ.
func pairs(text string, p part) []weighted {
	var list []weighted
	before := ""
	for _, piece := range pieces(text) {
		if piece != "" && before != "" {
			list = append(list, weighted{featureOf(p, before+piece), 1})
		}
		before = piece
	}
	return list
}

// pieces are the Han characters of a text one by one, runs of letters and digits whole, and "" for marks.
func pieces(text string) []string {
	var list []string
	run := ""
	flush := func() {
		if run != "" {
			list = append(list, run)
			run = ""
		}
	}
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Han, r):
			flush()
			list = append(list, string(r))
		case unicode.IsLetter(r), unicode.IsDigit(r):
			run += string(unicode.ToLower(r))
		case unicode.IsSpace(r):
			flush()
		default:
			flush()
			list = append(list, "")
		}
	}
	flush()
	return list
}
