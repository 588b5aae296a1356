package search

import (
	"context"
	"strings"
	"time"
	"unicode"

	"huiyin/internal/letter"
	"huiyin/internal/segment"
)

// DeskDocument is a letter as the members' index keeps it: every letter, public or not, with what decides who may read
// it. Who sent it is there as keyed hashes alone, so that a stolen index names nobody.
type DeskDocument struct {
	Number   string
	Title    string
	Body     string
	Reply    string
	State    letter.State
	Unit     string   // that has it
	Helping  []string // units that were asked for a part
	Guard    string   // who alone may read it, see letter.Status
	Accused  []string // units that must never read it
	Urgent   bool     // a life in danger, or kept for the duty officer
	Sender   string   // keyed hash of the sender's phone or openid; empty: unknown
	Name     string   // keyed hash of his FoldedName; empty: unknown
	Received time.Time
}

// Rights is what a member may find. It says of the index what store.Reader says of the database; the zero Rights finds
// nothing.
type Rights struct {
	All    bool     // every letter that is not guarded
	Urgent bool     // those the duty officer had to do with
	Units  []string // letters of these units, and those they were asked to help with
	Own    string   // the unit the member works in: it never reads what accuses it
	Guards []string // guarded letters whose guard names the member
}

// DeskQuery is what a member asks.
type DeskQuery struct {
	Rights  Rights
	Text    string         // words, a whole title, a number or its beginning; empty: all letters, newest first
	Sender  string         // key of the phone that the text may be, see DeskDocument
	Name    string         // key of the name that the text may be
	States  []letter.State // in one of these; none: any
	Unit    string         // that has it; empty: any
	Page    int            // from 1; 0 means 1
	PerPage int            // 0 means DefaultPerPage
}

// DeskFound is one page of the answer to a DeskQuery. It holds numbers alone: what is shown of a letter comes from the
// database, under the same rights.
type DeskFound struct {
	Total   int // as Result.Total
	Exact   int // as Result.Exact
	Numbers []string
	Nearest int      // from this place on the Numbers are those of the nearest letters
	Senders []string // of the Numbers, those found by who sent them: by DeskQuery.Sender or Name
	Marks   []string // terms to mark in what is shown, see NewFinder
}

// Desk finds letters for members.
type Desk interface {
	// Find answers a question, with the errors of Index.Search.
	Find(ctx context.Context, query DeskQuery) (DeskFound, error)
	// Health says in a letter.Error of kind unavailable why it cannot.
	Health(ctx context.Context) error
}

// FoldedName is a name in the one spelling that all ways to write it share: without spaces, dots and honorific marks,
// Simplified, lower case. Empty where the text holds no letter.
func FoldedName(name string) string {
	folded := segment.Fold(name)
	var b strings.Builder
	for at := range folded.Len() {
		if r := folded.At(at); unicode.IsLetter(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}
