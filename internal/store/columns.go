package store

import (
	"strings"
	"time"

	"huiyin/internal/letter"
)

// row is a letter as its row holds it: the letter without events and clocks, and
// what the row remembers of them.
type row struct {
	letter.Letter
	kept letter.Kept
}

// rowColumns are the columns that a letter is read back from, each beside its
// place in the row. What events say better, such as who wrote the draft, is only
// written, for lists to look for.
var rowColumns = []struct {
	name string
	into func(*row) any
}{
	{"number", func(r *row) any { return &r.Number }},
	{"channel", func(r *row) any { return wordOf(&r.Channel) }},
	{"site_column", func(r *row) any { return wordOf(&r.Column) }},
	{"kind", func(r *row) any { return wordOf(&r.Kind) }},
	{"category", func(r *row) any { return &r.Category }},
	{"urgency", func(r *row) any { return wordOf(&r.Urgency) }},
	{"flags", func(r *row) any { return document{&r.Flags} }},
	{"accused", func(r *row) any { return document{&r.Accused} }},
	{"title", func(r *row) any { return &r.Title }},
	{"body", func(r *row) any { return &r.Body }},
	{"place", func(r *row) any { return &r.Place }},
	{"addressee", func(r *row) any { return &r.Addressee }},
	{"anonymous", func(r *row) any { return &r.Anonymous }},
	{"consent", func(r *row) any { return &r.Consent }},
	{"sender", func(r *row) any { return &r.Sender }},
	{"contact", func(r *row) any { return &r.Contact }},
	{"source", func(r *row) any { return &r.Source }},
	{"source_id", func(r *row) any { return &r.SourceID }},
	{"operator", func(r *row) any { return &r.Operator }},
	{"placement", func(r *row) any { return document{&r.Placement} }},
	{"received_at", func(r *row) any { return moment{&r.Received} }},
	{"reply_text", func(r *row) any { return &r.Reply.Text }},
	{"reply_note", func(r *row) any { return &r.Reply.Note }},
	{"open_title", func(r *row) any { return &r.Open.Title }},
	{"open_body", func(r *row) any { return &r.Open.Body }},
	{"open_reply", func(r *row) any { return &r.Open.Reply }},
	{"figure_due_at", func(r *row) any { return moment{&r.Figures.DueAt} }},
	{"working_minutes", func(r *row) any { return count{&r.Figures.WorkingMinutes} }},
	{"late", func(r *row) any { return &r.Figures.Late }},
	{"event_count", func(r *row) any { return count{&r.kept.Count} }},
	{"head_hash", func(r *row) any { return &r.kept.Head }},
	{"state", func(r *row) any { return wordOf(&r.kept.State) }},
	{"unit", func(r *row) any { return &r.kept.Unit }},
	{"guard", func(r *row) any { return &r.kept.Guard }},
	{"published_at", func(r *row) any { return moment{&r.kept.PublishedAt} }},
	// A letter without a key is one whose person was erased.
	{"(SELECT secret FROM letter_keys WHERE letter = number)", func(r *row) any { return &r.Key }},
}

var selectRow = func() string {
	names := make([]string, len(rowColumns))
	for i, c := range rowColumns {
		names[i] = c.name
	}
	return "SELECT " + strings.Join(names, ", ") + " FROM letters"
}()

// scanRow reads one row of selectRow.
func scanRow(scan func(...any) error) (*row, error) {
	r := &row{}
	into := make([]any, len(rowColumns))
	for i, c := range rowColumns {
		into[i] = c.into(r)
	}
	return r, scan(into...)
}

// letterColumns are all columns of a letter in the order of letterValues.
var letterColumns = strings.Fields(`number channel site_column kind category urgency flags accused title body place addressee
	anonymous consent sender contact source source_id operator placement queue copied leader received_at state is_open unit
	guard merged writer approver refuser assigned_at accepted_at answered_at closed_at published_at withheld solved satisfied
	reply_text reply_note open_title open_body open_reply due_at unit_due_at paused figure_due_at working_minutes late
	event_count head_hash routed sent_by returned decided_at`)

// letterValues are the values of letterColumns. The placement, in JSON, is given by
// who has it: no step changes it, and a letter carries a long one.
func letterValues(l *letter.Letter, placement string) ([]any, error) {
	flags, err := listed(l.Flags)
	if err != nil {
		return nil, err
	}
	accused, err := listed(l.Accused)
	if err != nil {
		return nil, err
	}
	placing, err := l.Placing()
	if err != nil {
		return nil, err
	}
	s := standingOf(l)
	return []any{
		l.Number, string(l.Channel), string(l.Column), string(l.Kind), l.Category, string(l.Urgency), flags, accused,
		l.Title, l.Body, l.Place, l.Addressee, l.Anonymous, l.Consent, l.Sender, blob(l.Contact), l.Source, l.SourceID, l.Operator,
		placement, string(l.Placement.Queue), l.Placement.Copy, l.Placement.Leader, l.Received.UnixMilli(),
		string(l.State), l.State.Open(), l.Unit, l.Guard, l.Merged, l.Writer, l.Approver, l.Refuser,
		millis(l.AssignedAt), millis(l.AcceptedAt), millis(l.AnsweredAt), millis(l.ClosedAt), millis(l.PublishedAt),
		l.Withheld, optional(l.Solved), l.Satisfied, l.Reply.Text, l.Reply.Note, l.Open.Title, l.Open.Body, l.Open.Reply,
		millis(s.due), millis(s.unitDue), s.paused, millis(l.Figures.DueAt), l.Figures.WorkingMinutes, l.Figures.Late,
		len(l.Events), blob(l.Head()), placing.Routed, string(placing.Sent), placing.Returned, millis(placing.Decided),
	}, nil
}

func optional(b *bool) any {
	if b == nil {
		return nil
	}
	return *b
}

// standing is what lists are ordered by, copied from the clocks.
type standing struct {
	due     time.Time // of the running sender's clock, after the answer the one it was answered under
	unitDue time.Time // of the unit's running clock
	paused  bool      // the sender is asked for more, so nobody is late
}

func standingOf(l *letter.Letter) standing {
	s := standing{due: l.Figures.DueAt}
	for _, c := range l.Clocks {
		if !c.Running() {
			continue
		}
		switch c.Name {
		case letter.SenderClock:
			s.due = c.Due
		case letter.UnitClock:
			s.unitDue = c.Due
		default:
			continue
		}
		s.paused = s.paused || !c.PausedSince.IsZero()
	}
	return s
}
