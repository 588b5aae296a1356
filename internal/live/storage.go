package live

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

// Storage keeps values under a prefix in the shape that Fiber's session and
// limiter middleware expects, which passes no context.
type Storage struct {
	live   *Live
	prefix string
}

// Storage gives the storage under a prefix, such as "session".
func (l *Live) Storage(prefix string) *Storage { return &Storage{l, space + prefix + ":"} }

// A whole call, retry included, ends after this.
const storageTimeout = 2 * time.Second

// Get returns the value, nil without error when there is none.
func (s *Storage) Get(key string) ([]byte, error) {
	if key == "" {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), storageTimeout)
	defer cancel()
	value, err := s.live.client.Get(ctx, s.prefix+key).Bytes()
	if errors.Is(err, redis.Nil) {
		return nil, nil
	}
	return value, err
}

// Set keeps the value until exp has passed; 0 keeps it for good. An empty key or
// value is ignored, as Fiber's interface asks.
func (s *Storage) Set(key string, value []byte, exp time.Duration) error {
	if key == "" || len(value) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), storageTimeout)
	defer cancel()
	return s.live.client.Set(ctx, s.prefix+key, value, exp).Err()
}

// Delete removes the value; none is no error.
func (s *Storage) Delete(key string) error {
	if key == "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), storageTimeout)
	defer cancel()
	return s.live.client.Del(ctx, s.prefix+key).Err()
}

// Reset removes everything under the prefix, and nothing else in Redis.
func (s *Storage) Reset() error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	var cursor uint64
	for {
		keys, next, err := s.live.client.Scan(ctx, cursor, s.prefix+"*", 500).Result()
		if err != nil {
			return fmt.Errorf("reset %s: %w", s.prefix, err)
		}
		if len(keys) > 0 {
			if err := s.live.client.Del(ctx, keys...).Err(); err != nil {
				return fmt.Errorf("reset %s: %w", s.prefix, err)
			}
		}
		if next == 0 {
			return nil
		}
		cursor = next
	}
}

// Close does nothing: the connection is Live's, and the middleware must not end
// it for all.
func (s *Storage) Close() error { return nil }
