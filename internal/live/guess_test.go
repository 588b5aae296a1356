package live_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"huiyin/internal/live"
)

func TestFiveWrongCodesLockTheNumberAndTwentyTheAddress(t *testing.T) {
	each(t, func(t *testing.T, l *live.Live) {
		ctx, k := context.Background(), key(t)
		guess := func(address, number string, right bool) time.Duration {
			wait, err := l.Guess(ctx, k+address, k+number, right)
			if err != nil {
				t.Fatal(err)
			}
			return wait
		}
		for range 4 {
			guess("a", "1", false)
		}
		if guess("a", "1", true) != 0 {
			t.Fatal("the fifth try may be right")
		}
		for range 5 {
			guess("a", "1", false)
		}
		if wait := guess("b", "1", true); wait < 14*time.Minute || wait > 15*time.Minute {
			t.Errorf("after five wrong codes the number waits %v, also for another address", wait)
		}
		for i := range 11 {
			if guess("a", fmt.Sprint("n", i), false) != 0 {
				t.Fatalf("address locked after %d wrong codes", 9+i)
			}
		}
		if wait := guess("a", "fresh", true); wait < 59*time.Minute {
			t.Errorf("after twenty wrong codes the address waits %v, also with a right code", wait)
		}
		if guess("c", "fresh", true) != 0 {
			t.Error("another address is locked too")
		}
	})
}
