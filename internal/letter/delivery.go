package letter

// Delivery is one event on its way to one handler (notices, search index, live
// push). It is handed over at least once, so every handler is idempotent.
type Delivery struct {
	Number   string // letter
	Seq      int    // event within the letter
	Step     Step   // what happened
	Handler  string // name of the handler it is meant for
	Attempts int    // how often it was handed over before, 0 at first
}
