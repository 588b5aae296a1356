package store

import "github.com/pressly/goose/v3"

// dialect is what must differ between the two databases.
type dialect struct {
	goose goose.Dialect

	// A letter is locked while it is changed. SQLite has one writer at a time and
	// does not know the words.
	forUpdate string
	// Two claimers on PostgreSQL take different rows instead of waiting for each other.
	skipLocked string
	// What a cast to bytes names: SQLite takes BYTEA for a number.
	bytes string
	// ddl fits the text of a migration.
	ddl func(text string) string
}
