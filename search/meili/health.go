package meili

import (
	"context"
	"sync"
	"time"
)

// lastHealth keeps what the server said of itself for a moment, so that every page can ask.
type lastHealth struct {
	mu sync.Mutex
	at time.Time
	is error
}

// Health asks the server at most once a second.
func (x *Index) Health(ctx context.Context) error {
	if err := x.connect(ctx); err != nil {
		return err
	}
	x.health.mu.Lock()
	defer x.health.mu.Unlock()
	if time.Since(x.health.at) < spare {
		return x.health.is
	}
	err := x.server.ask(ctx, func(ctx context.Context) error {
		_, err := x.server.search.HealthWithContext(ctx)
		return err
	})
	if ctx.Err() != nil {
		return err // says nothing about the server
	}
	x.health.at, x.health.is = time.Now(), err
	return err
}
