package routing

import "math"

// cue is a Cue with its words as a group.
type cue struct {
	group  int32
	points float64
}

// rank puts what hides first, then the stronger.
func (c cue) rank() float64 {
	if c.points == 0 {
		return math.Inf(1)
	}
	return c.points
}

// windowReach is how many characters of what follows a sentence may still be
// about its doer.
const windowReach = 40

// ownReach is how far from its doer a cue may stand.
const ownReach = 40

// again is what the second word of one kind of cue adds.
const again = 0.5

// eachSuspect adds up the cues told of one doer. No phrase need be known: money,
// a relative and a public contract together accuse where each alone is harmless.
// The finding is the doer and his strongest cue.
func (p *pad) eachSuspect(c pattern, found func(finding) bool) bool {
	met := false
	for at, end := int32(0), int32(p.place); at < end; {
		here := p.sentence(span{at, at})
		at = here.end + 1
		if !p.names(c, here) {
			continue
		}
		within := here
		for at < end && within.end-here.end < windowReach {
			next := p.sentence(span{at, at})
			if p.names(c, next) || next.end-here.end > windowReach {
				break
			}
			within.end, at = next.end, next.end+1
		}
		f, points := p.suspect(c, within)
		if points < c.least {
			continue
		}
		if met = true; !found(f) {
			break
		}
	}
	return met
}

// names says whether anybody who may be the doer is named there.
func (p *pad) names(c pattern, within span) bool {
	return p.lastWithin(c.by, within, nil).end > 0 || p.lastWithin(c.notBy, within, p.object).end > 0
}

// suspect sums the cues of the stretch, a character of the text for one kind
// only, the stronger first.
func (p *pad) suspect(c pattern, within span) (finding, float64) {
	var f finding
	var sum float64
	p.used = p.used[:0]
	for _, x := range c.cues {
		times := 0
		for _, h := range p.hits(x.group) {
			if times == 2 || h.start < within.start || h.end > within.end || p.taken(h) {
				continue
			}
			if x.points > 0 {
				by, ok := p.owner(c, h, within)
				if !ok {
					continue
				}
				if f.second.end == 0 {
					f = finding{by, h}
				}
			}
			p.used = append(p.used, h)
			sum += x.points * [...]float64{1, again}[times]
			times++
		}
	}
	return f, sum
}

func (p *pad) taken(h span) bool {
	for _, u := range p.used {
		if h.start < u.end && h.end > u.start {
			return true
		}
	}
	return false
}

// owner is the doer of whom the word is told: the nearest before it, else the
// first after it. A doer whom the letter asks for help or greets is none.
func (p *pad) owner(c pattern, h, within span) (span, bool) {
	skip := func(d span) bool {
		return p.greeting(d.start) || p.near(c.before, span{d.start - beforeReach, d.start})
	}
	by := p.lastWithin(c.by, span{within.start, h.start}, skip)
	other := p.lastWithin(c.notBy, span{within.start, h.start}, p.object)
	if by.end > 0 || other.end > 0 {
		return by, p.ahead(by, other) && h.start-by.end <= ownReach
	}
	return p.firstWithin(c.by, span{h.start, min(within.end, h.end+ownReach)}, skip)
}

func (p *pad) firstWithin(group int32, within span, skip func(span) bool) (span, bool) {
	for _, h := range p.hits(group) {
		if h.start >= within.start && h.end <= within.end && !skip(h) {
			return h, true
		}
	}
	return span{}, false
}
