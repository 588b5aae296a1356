// Package channels holds what the city tells people outside its pages; the folders below it read what comes in by WeChat and by the hotline.
package channels

import (
	"context"

	"huiyin/internal/letter"
)

// Notice is one message to the sender of a letter.
type Notice struct {
	To     letter.Contact
	Number string // of the letter it is about
	Text   string // plain sentence in the sender's language; never the query code
}

// Sender carries notices over one channel. Sending the same notice twice must do
// no harm, because events are delivered at least once.
type Sender interface {
	// Reaches says whether the contact can be reached over this channel.
	Reaches(to letter.Contact) bool
	Send(ctx context.Context, n Notice) error
}
