package letter

import "time"

// CityChange says who made a version of a rule of the city, when and out of what
// file. It is written with the version and never changed.
type CityChange struct {
	Kind string // of the CityItem
	ID   string
	From time.Time // effective moment of the version
	At   time.Time // when it was made
	By   string    // login of the member; "" on the command line
	Name string    // of the file, "" for what was typed
	File []byte    // as it came in, nil for what was typed
}
