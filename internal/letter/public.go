package letter

import "time"

// Public is a published letter as everybody may read it. It has no private
// field: public pages and the public index are built from this type alone.
type Public struct {
	Number    string
	Kind      Kind
	Column    Column
	Category  string
	Unit      string
	Title     string // masked
	Body      string // masked
	Reply     string // masked
	Received  time.Time
	Answered  time.Time
	Published time.Time
	// WorkingMinutes from submission to answer; 0 for imported letters.
	WorkingMinutes int
	Satisfied      int // 0: not rated
	SourceID       string
}

// Public projects a letter onto what everybody may read; false when it is not
// published.
func (l *Letter) Public() (Public, bool) {
	if !l.IsPublic() || l.Guard != "" {
		return Public{}, false
	}
	return Public{
		Number: l.Number, Kind: l.Kind, Column: l.Column, Category: l.Category, Unit: l.Unit,
		Title: l.Open.Title, Body: l.Open.Body, Reply: l.Open.Reply,
		Received: l.Received, Answered: l.AnsweredAt, Published: l.PublishedAt,
		WorkingMinutes: l.Figures.WorkingMinutes, Satisfied: l.Satisfied, SourceID: l.SourceID,
	}, true
}
