package routing

// deed asks whose deed was found: the words of a deed accuse a person in office
// only when he stands nearest before them. 派出所说公司收了钱 accuses the company.
// The finding begins with the doer.
func (p *pad) deed(c pattern, f finding) (finding, bool) {
	by, ok := p.doerBefore(c, f.first.start)
	if !ok || p.greeting(by.start) || p.near(c.before, span{by.start - beforeReach, by.start}) {
		return finding{}, false
	}
	if p.barred(c.between, gap(by, f.first)) {
		return finding{}, false
	}
	last := f.first
	if f.second.end > last.end {
		last = f.second
	}
	return finding{by, last}, true
}

// doerBefore finds the nearest person or body before at in the same sentence.
// When the sentence names none and begins with 他 or 该, it is told of whom the
// sentence before spoke.
func (p *pad) doerBefore(c pattern, at int32) (span, bool) {
	here := p.sentence(span{at, at})
	by, other := p.lastWithin(c.by, span{here.start, at}, nil), p.lastWithin(c.notBy, span{here.start, at}, p.object)
	if by.end == 0 && other.end == 0 && here.start > 1 && p.pronoun(here.start) {
		before := p.sentence(span{here.start - 2, here.start - 1})
		by, other = p.lastWithin(c.by, before, nil), p.lastWithin(c.notBy, before, p.object)
	}
	return by, p.ahead(by, other)
}

// ahead says that the doer stands nearer than the other and is not the other's
// own: 公司的会计. Of two that end together the longer counts.
func (p *pad) ahead(by, other span) bool {
	of := other.end > 0 && (by.start == other.end || by.start == other.end+1 && p.text[other.end] == '的')
	return by.end > other.end && !of || by.end > 0 && by.end == other.end && by.start <= other.start
}

// lastWithin gives the last word of the group inside the stretch that is not to
// be skipped, of two that end together the longer, or an empty span.
func (p *pad) lastWithin(group int32, within span, skip func(span) bool) span {
	var last span
	if group < 0 {
		return last
	}
	for _, h := range p.hits(group) {
		if h.start < within.start || h.end > within.end || skip != nil && skip(h) {
			continue
		}
		if h.end > last.end || h.end == last.end && h.start < last.start {
			last = h
		}
	}
	return last
}

// object says that something is done to, with or at the one named: 向商户收钱,
// 到我公司; or that he belongs to another.
func (p *pad) object(h span) bool {
	if h.start > 0 && p.text[h.start-1] == '的' {
		return true // 他妻弟的公司
	}
	for i := h.start - 1; i >= 0 && i >= h.start-4 && !pause(p.text[i]); i-- {
		switch p.text[i] {
		case '向', '给', '对', '跟', '和', '与', '让', '帮', '替', '为', '找', '把', '逼', '定':
			return true
		case '到', '去', '在', '来':
			if i >= h.start-2 && (i == 0 || p.text[i-1] != '后') {
				return true
			}
		}
	}
	return false
}

func (p *pad) pronoun(at int32) bool {
	switch p.text[at] {
	case '他', '她', '该', '其', '此':
		return true
	}
	return false
}
