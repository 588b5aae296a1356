package letter

import "time"

// Reckoning is how a clock came to its due moment, day by day. sla fills it in;
// pages and API show it. Texts are Chinese, the keys of their translation.
type Reckoning struct {
	Clock    Clock  // as it is kept
	Step     Step   // that started it
	Policy   string // name of the policy, "" where a higher level set the moment
	Source   string // where its number comes from
	Calendar string // version by which the days were counted
	Grounds  []Ground
	Days     []Day
	Pauses   []Pause

	Counted  time.Time // by the limit alone, where another moment holds
	Told     time.Time // told before other rules came, where it holds instead
	Fixed    bool      // Told had passed when they came
	Approved time.Time // the moment that was approved instead
	Extended time.Time // that moment, put off by what the clock paused for afterwards; it holds

	// Recount is what the present rules give where that is another moment than the
	// clock keeps, as it does once stopped. Then there are no days: they would
	// contradict the date.
	Recount  time.Time
	Silenced bool // an interim reply that nobody is pressed for, because the answer is due before
}

// Day is one line of the explanation of a due moment.
type Day struct {
	Date    string `json:"date"` // YYYY-MM-DD
	Counted bool   `json:"counted"`
	Why     string `json:"why"`
	Minutes int    `json:"minutes,omitempty"` // of a limit in hours: how much of it passed on that day
	Source  string `json:"source,omitempty"`  // the local order that makes the day what it is
}

// Ground is one rule by which a limit is counted and the article it rests on.
type Ground struct {
	Rule    string `json:"rule"`
	Article string `json:"article"`
}

// Pause is a time in which a clock stood still.
type Pause struct {
	From  time.Time
	Until time.Time // while it lasts: when it would end by itself, zero for never
	Why   string
	Lasts bool
}
