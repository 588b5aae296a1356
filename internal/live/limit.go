package live

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

// count adds one in a fixed window; the script makes both steps one, so that no
// counter is left without its end.
var count = redis.NewScript(`
local n = redis.call('INCR', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
  left = tonumber(ARGV[1])
end
return {n, left}`)

// attempt counts tries; each one within the limit starts the lock's time anew,
// later ones do not, so that the lock ends by itself.
var attempt = redis.NewScript(`
local n = redis.call('INCR', KEYS[1])
if n <= tonumber(ARGV[1]) then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return 0
end
local left = redis.call('PTTL', KEYS[1])
if left <= 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  left = tonumber(ARGV[2])
end
return left`)

// Count adds one to the counter and returns how many there are in the present
// window and when the window ends. It serves limits such as 20 letters an hour
// and address: more than the limit is too many.
func (l *Live) Count(ctx context.Context, key string, window time.Duration) (n int, reset time.Duration, err error) {
	got, err := count.Run(ctx, l.client, []string{space + "count:" + key}, window.Milliseconds()).Int64Slice()
	if err != nil {
		return 0, 0, fmt.Errorf("count %s: %w", key, err)
	}
	return int(got[0]), time.Duration(got[1]) * time.Millisecond, nil
}

// Counted is what Count came to, without adding.
func (l *Live) Counted(ctx context.Context, key string) (n int, reset time.Duration, err error) {
	pipe := l.client.TxPipeline()
	value, left := pipe.Get(ctx, space+"count:"+key), pipe.PTTL(ctx, space+"count:"+key)
	_, err = pipe.Exec(ctx)
	if errors.Is(err, redis.Nil) {
		return 0, 0, nil
	}
	if err != nil {
		return 0, 0, fmt.Errorf("read count %s: %w", key, err)
	}
	n, err = value.Int()
	return n, max(left.Val(), 0), err
}

// Attempt registers one try before it is examined, so that a hundred tries at
// once are no way around: 0 lets it go ahead; otherwise the limit is used up and
// the result says how long the lock still lasts. The lock lasts lock from the
// last try that was let through. A try that turned out right calls Forget.
func (l *Live) Attempt(ctx context.Context, key string, limit int, lock time.Duration) (wait time.Duration, err error) {
	left, err := attempt.Run(ctx, l.client, []string{space + "attempt:" + key}, limit, lock.Milliseconds()).Int64()
	if err != nil {
		return 0, fmt.Errorf("count attempt %s: %w", key, err)
	}
	return time.Duration(left) * time.Millisecond, nil
}

// Forget drops the tries of a key, after a right one.
func (l *Live) Forget(ctx context.Context, key string) error {
	return l.client.Del(ctx, space+"attempt:"+key).Err()
}

// Slot takes a job's slot for one copy of the program: true for the first that
// asks, false for all others until ttl has passed.
func (l *Live) Slot(ctx context.Context, job, slot string, ttl time.Duration) (bool, error) {
	_, err := l.client.SetArgs(ctx, space+"slot:"+job+":"+slot, "1", redis.SetArgs{Mode: "NX", TTL: ttl}).Result()
	if errors.Is(err, redis.Nil) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("take slot %s of %s: %w", slot, job, err)
	}
	return true, nil
}
