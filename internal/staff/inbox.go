package staff

import "time"

// Matter is what an entry of an inbox is about.
type Matter string

// The matters. The first is about a letter, the others about none.
const (
	RungMatter     Matter = "rung"     // a letter reached a rung of its ladder
	DigestMatter   Matter = "digest"   // what a working day begins with
	CalendarMatter Matter = "calendar" // next year's notice is not in
)

// Entry is one thing that one member is told. It holds codes, counts and the
// city's own sentence, never words of a letter: its title is read when the entry
// is shown, by who may read it then.
type Entry struct {
	Login   string
	Key     string // the same thing is told a member once: "26112300000015/7", "digest/2026-11-25"
	Subject string // of several unread ones the newest stands for all: the letter's number, or the matter
	Matter  Matter
	Number  string // of the letter, "" when it is about none
	Rung    string
	Text    string    // the sentence, key of its English translation
	Args    []int     // counts in the sentence
	At      time.Time // when it happened
	Shown   time.Time // from when on it is shown: after the quiet hours
}

// Workload is what awaits a member.
type Workload struct {
	Due     int // today
	Overdue int
	New     int // came since the last digest
}

// None says that there is nothing to tell.
func (w Workload) None() bool { return w == Workload{} }
