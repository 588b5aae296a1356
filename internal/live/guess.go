package live

import (
	"context"
	"fmt"
	"time"
)

// The bounds of guessing a query code (contracts.md, Query code).
const (
	codeTries    = 5
	codeLock     = 15 * time.Minute
	addressTries = 20
	addressLock  = time.Hour
)

// Guess registers one try at a letter's query code before anybody learns whether it was right: five wrong ones lock
// the number for 15 minutes, twenty in an hour the address. A wait above zero means locked, and then a right code
// opens nothing either. A right code clears what was counted for its number but not for the address: who owns one
// letter must not guess at others without end.
func (l *Live) Guess(ctx context.Context, address, number string, right bool) (wait time.Duration, err error) {
	wrong, left, err := l.Counted(ctx, "wrong-codes:"+address)
	if err != nil {
		return 0, fmt.Errorf("wrong codes: %w", err)
	}
	if wrong >= addressTries {
		return max(left, time.Second), nil
	}
	if wait, err = l.Attempt(ctx, "code:"+number, codeTries, codeLock); err != nil || wait > 0 {
		return wait, err
	}
	if right {
		return 0, l.Forget(ctx, "code:"+number)
	}
	if _, _, err := l.Count(ctx, "wrong-codes:"+address, addressLock); err != nil {
		return 0, fmt.Errorf("wrong codes: %w", err)
	}
	return 0, nil
}
