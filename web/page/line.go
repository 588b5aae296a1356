package page

import (
	"time"

	"huiyin/internal/letter"
)

// Line is the line of the letter: where it has been, where it is, when its answer is due. The same on the receipt, the
// follow page, the desk and the published letter: {{template "line" .Line}}.
type Line struct {
	Stations []Station
	Due      *Due // of the sender's clock, nil when he has none
}

// Station is one stop of the line.
type Station struct {
	Word string // key of the catalogue
	At   time.Time
	Mark string       // "done", "here", "ahead"; "passed" was gone through without stopping; "ended" closes the line early
	By   time.Time    // by when it is to be reached, zero when reached or not known
	Now  letter.State // what is happening there, while somebody still owes the sender something
}

const answerStation = "答复"

// handling is the index of the station 办理.
const handling = 3

// LineOf draws a letter as it stands at now. how may be nil.
func LineOf(l *letter.Letter, now time.Time, how *How) Line {
	line := Line{Stations: stations(l), Due: senderDue(l, now, how)}
	for i, s := range line.Stations {
		if s.Word == answerStation && s.Mark == "ahead" && line.Due != nil {
			line.Stations[i].By = line.Due.At
		}
	}
	return line
}

// LineOfPublic draws a published letter, of which no more is known than everybody may read.
func LineOfPublic(p letter.Public) Line {
	return Line{Stations: []Station{
		{Word: "收到", At: p.Received, Mark: "done"},
		{Word: answerStation, At: p.Answered, Mark: "done"},
		{Word: "公开", At: p.Published, Mark: "here"},
	}}
}

func stations(l *letter.Letter) []Station {
	stops := []Station{
		{Word: "收到", At: l.Received},
		{Word: "派单", At: l.AssignedAt},
		{Word: "签收", At: l.AcceptedAt},
		{Word: "办理"},
		{Word: answerStation, At: l.AnsweredAt},
	}
	if l.IsPublic() || (l.Consent && !l.Withheld) {
		stops = append(stops, Station{Word: "公开", At: l.PublishedAt})
	}
	if l.State == letter.Refused || l.State == letter.Withdrawn {
		return endedEarly(stops, l)
	}
	at := present(l)
	for i := range stops {
		stops[i].Mark = markOf(stops[i], i, at)
	}
	// Handling has no moment of its own; a unit that accepted a letter did handle it.
	if at > handling && !l.AcceptedAt.IsZero() {
		stops[handling].Mark = "done"
	}
	if stops[at].Mark == "here" && l.State.Open() {
		stops[at].Now = l.State
	}
	return stops
}

// present is the index of the station where the letter is.
func present(l *letter.Letter) int {
	switch {
	case l.IsPublic():
		return 5
	case l.State == letter.Answered || l.State == letter.Closed:
		return 4
	case l.State == letter.Handling || l.State == letter.InReview || !l.AcceptedAt.IsZero():
		return 3
	case !l.AssignedAt.IsZero():
		return 1
	}
	return 0
}

func markOf(s Station, i, at int) string {
	switch {
	case i == at:
		return "here"
	case i > at:
		return "ahead"
	case s.At.IsZero():
		return "passed"
	}
	return "done"
}

// endedEarly keeps the stations that were reached and closes the line with why it ended.
func endedEarly(stops []Station, l *letter.Letter) []Station {
	var reached []Station
	for _, s := range stops[:3] {
		if !s.At.IsZero() {
			s.Mark = "done"
			reached = append(reached, s)
		}
	}
	return append(reached, Station{Word: l.State.Word(), At: l.ClosedAt, Mark: "ended"})
}
