package page

import "html/template"

// Mark says how a letter stands against its due time.
type Mark string

// The marks.
const (
	Running Mark = "running"
	Soon    Mark = "soon"
	Overdue Mark = "overdue"
	Paused  Mark = "paused"
	OnTime  Mark = "on-time"
	Late    Mark = "late"
)

// The marks of clocks that measure something else than the answer, once they are over.
const (
	Ended     Mark = "ended"
	EndedLate Mark = "ended-late"
	Lapsed    Mark = "lapsed" // what was to be done in that time cannot be done any more
)

// The marks of the rungs of the ladder; the due moment's is Overdue.
const (
	Yellow     Mark = "yellow"     // half of the limit is used up
	Urged      Mark = "urged"      // 催办
	Supervised Mark = "supervised" // 督办
	Listed     Mark = "listed"     // on the leaders' list
)

var markWords = map[Mark]string{
	Running: "期限内", Soon: "即将到期", Overdue: "已超期", Paused: "暂停计时", OnTime: "按时答复", Late: "超期答复",
	Ended: "期限内结束", EndedLate: "超期结束", Lapsed: "已截止",
	Yellow: "黄灯", Urged: "催办", Supervised: "督办", Listed: "领导名单",
}

// Word is the Chinese word pages show.
func (m Mark) Word() string { return markWords[m] }

type badgeLook struct{ tone, shape string }

// looks gives each state, urgency and mark its colour and shape.
var looks = map[string]badgeLook{
	"received": {"plain", "ring"}, "assigned": {"blue", "ring"}, "handling": {"blue", "half"},
	"in-review": {"blue", "three-quarters"}, "awaiting-sender": {"amber", "pause"}, "returned": {"amber", "back"},
	"answered": {"green", "tick"}, "closed": {"green", "disc"}, "refused": {"red", "bar"}, "withdrawn": {"plain", "bar"},

	"running": {"plain", "ring"}, "soon": {"amber", "half"}, "overdue": {"red", "triangle"},
	"paused": {"amber", "pause"}, "on-time": {"green", "tick"}, "late": {"red", "triangle"},
	"yellow": {"amber", "half"}, "urged": {"amber", "triangle"}, "supervised": {"red", "triangle"}, "listed": {"red", "disc"},

	"ended": {"plain", "tick"}, "ended-late": {"amber", "triangle"}, "lapsed": {"plain", "bar"},

	"normal": {"plain", "ring"}, "urgent": {"amber", "triangle"}, "critical": {"red", "triangle"},
}

func drawing(inside string) template.HTML {
	return template.HTML(`<svg class="shape" viewBox="0 0 12 12" aria-hidden="true" focusable="false">` + inside + `</svg>`)
}

const ring = `<circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" stroke-width="1.6"/>`

// shapes are drawn with the colour of the text beside them.
var shapes = map[string]template.HTML{
	"ring":           drawing(ring),
	"half":           drawing(ring + `<path d="M6 1.4v9.2A4.6 4.6 0 0 0 6 1.4z" fill="currentColor"/>`),
	"three-quarters": drawing(ring + `<path d="M6 6V1.4A4.6 4.6 0 1 1 1.4 6z" fill="currentColor"/>`),
	"disc":           drawing(`<circle cx="6" cy="6" r="5.4" fill="currentColor"/>`),
	"tick":           drawing(`<path d="M1.6 6.4l3 3 5.8-6.8" fill="none" stroke="currentColor" stroke-width="1.9"/>`),
	"triangle":       drawing(`<path d="M6 .8l5.6 10.2H.4z" fill="currentColor"/>`),
	"pause":          drawing(`<path d="M2 1.2h3v9.6H2zM7 1.2h3v9.6H7z" fill="currentColor"/>`),
	"back":           drawing(`<path d="M5 2L1.6 5.2 5 8.4M1.8 5.2h5.4a3 3 0 0 1 0 5.6H5" fill="none" stroke="currentColor" stroke-width="1.6"/>`),
	"bar":            drawing(ring + `<path d="M3.4 6h5.2" stroke="currentColor" stroke-width="1.6"/>`),
	"wrong":          drawing(`<path d="M6 .6l5.7 10.6H.3z" fill="currentColor"/>`),
	"search":         drawing(`<circle cx="5" cy="5" r="3.8" fill="none" stroke="currentColor" stroke-width="1.4"/><path d="M8 8l3.2 3.2" stroke="currentColor" stroke-width="1.4"/>`),
	"arrow":          drawing(`<path d="M1 6h9M6.6 2.4L10.4 6 6.6 9.6" fill="none" stroke="currentColor" stroke-width="1.4"/>`),
}
