package letter

import "time"

// CityItem is one local rule of the city as a row: a unit, a category, a rule,
// a policy, a calendar year, a column. It is never deleted, only ended.
type CityItem struct {
	Kind    string    // "unit", "category", "rule", …; citypack knows them
	ID      string    // within its kind
	Place   int       // order among the rules: earlier ones win a tie
	Body    []byte    // JSON
	Source  string    // where the rule comes from
	From    time.Time // effective from; zero: always was
	Ended   time.Time // zero: in force
	Changed time.Time // filled in by the store
}
