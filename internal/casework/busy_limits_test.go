package casework_test

import (
	"maps"

	"huiyin/internal/letter"
)

// The limits of the demonstration city once more, as a table: what is more specific
// stands further down and overrides what stands above it.
var (
	generalLimits = map[string]measure{
		"sender": wd(5), "unit": wd(5), "acceptance": wd(1), "objection": wd(1), "extension": wd(1), "review": wd(1),
		"follow-up": wd(5), "publication": wd(5), "supplement": wd(10), "suspension": wd(15), "objection-window": wd(1),
		"interim-reply": wd(7), "more-time": wd(10),
	}
	callLimits       = map[string]measure{"first-contact": hr(24)}
	interviewLimits  = map[string]measure{"sender": wd(5), "unit": wd(5)}
	consultLimits    = map[string]measure{"sender": wd(2), "unit": wd(2)}
	suggestionLimits = map[string]measure{"sender": wd(10), "unit": wd(10)}
	petitionLimits   = map[string]measure{"sender": {15, calendarDays}, "unit": {15, calendarDays}}
	leadersLimits    = map[string]measure{"sender": wd(3), "unit": wd(3)}
	urgentLimits     = map[string]measure{
		"sender": hr(24), "unit": hr(24), "acceptance": hr(1), "objection": hr(1), "extension": hr(2), "review": hr(2),
		"supplement": hr(24), "objection-window": hr(2), "more-time": hr(48),
	}
	criticalLimits = map[string]measure{
		"sender": hr(2), "unit": hr(2), "acceptance": hr(1), "objection": hr(1), "extension": hr(1), "review": hr(1),
		"supplement": hr(2), "objection-window": hr(1), "more-time": hr(2),
	}
)

// matter is what limits depend on.
type matter struct {
	kind    letter.Kind
	urgency letter.Urgency
	column  letter.Column
	channel letter.Channel
}

func limitsOf(m matter) map[string]measure {
	limits := maps.Clone(generalLimits)
	for _, p := range []struct {
		speaks bool
		limits map[string]measure
	}{
		{m.channel == letter.Hotline, callLimits},
		{m.column == letter.InterviewColumn, interviewLimits},
		{m.kind == letter.Consultation, consultLimits},
		{m.kind == letter.Suggestion, suggestionLimits},
		{m.kind == letter.Report, petitionLimits},
		{m.kind == letter.Consultation && m.column == letter.Leaders, leadersLimits},
		{m.urgency == letter.Urgent, urgentLimits},
		{m.urgency == letter.Critical, criticalLimits},
	} {
		if p.speaks {
			maps.Copy(limits, p.limits)
		}
	}
	return limits
}
