package meili

import (
	"context"
	"errors"
)

// Remove removes both indexes from a server, with all that is in them.
func Remove(ctx context.Context, access Access) error {
	x := &Index{server: newServer(access)}
	return errors.Join(x.remove(ctx, lettersUID), x.remove(ctx, nextUID))
}

// LookAround is what a second does, without waiting for it.
func (x *Index) LookAround(ctx context.Context) { x.lookAround(ctx) }
