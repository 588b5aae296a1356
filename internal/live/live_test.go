package live_test

import (
	"context"
	"fmt"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"huiyin/internal/live"
	"huiyin/internal/store/storetest"
)

// each runs the suite on the embedded Redis and on a real one: the two must not
// be told apart.
func each(t *testing.T, test func(*testing.T, *live.Live)) {
	t.Run("embedded", func(t *testing.T) { test(t, open(t, "")) })
	t.Run("redis", func(t *testing.T) { test(t, open(t, storetest.RedisURL(t, 0))) })
}

func open(t *testing.T, address string) *live.Live {
	t.Helper()
	l, err := live.Open(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// key is one that no other run of the tests uses on a shared Redis.
func key(t *testing.T) string { return fmt.Sprintf("%s/%d", t.Name(), time.Now().UnixNano()) }

func TestStorageKeepsForgetsAndStaysUnderItsPrefix(t *testing.T) {
	each(t, func(t *testing.T, l *live.Live) {
		a, b := l.Storage(key(t)+"a"), l.Storage(key(t)+"b")
		if v, err := a.Get("none"); v != nil || err != nil {
			t.Errorf("none: %v, %v", v, err)
		}
		for _, s := range []*live.Storage{a, b} {
			if err := s.Set("k", []byte("v\x00\xff"), time.Minute); err != nil {
				t.Fatal(err)
			}
		}
		if v, err := a.Get("k"); string(v) != "v\x00\xff" || err != nil {
			t.Errorf("%q, %v", v, err)
		}
		if err := a.Set("empty", nil, time.Minute); err != nil {
			t.Error(err)
		}
		if err := a.Set("", []byte("x"), time.Minute); err != nil {
			t.Error(err)
		}
		if err := a.Delete("k"); err != nil {
			t.Error(err)
		}
		if err := a.Delete("k"); err != nil {
			t.Error("deleting none:", err)
		}
		for i := range 1200 {
			if err := a.Set(fmt.Sprint(i), []byte("x"), time.Minute); err != nil {
				t.Fatal(err)
			}
		}
		if err := a.Reset(); err != nil {
			t.Fatal(err)
		}
		if v, _ := a.Get("7"); v != nil {
			t.Error("reset left something")
		}
		if v, _ := b.Get("k"); v == nil {
			t.Error("reset went beyond its prefix")
		}
		if a.Close() != nil || l.Ping(context.Background()) != nil {
			t.Error("closing a storage closed the connection of all")
		}
	})
}

func TestValuesEndByThemselves(t *testing.T) {
	each(t, func(t *testing.T, l *live.Live) {
		s := l.Storage(key(t))
		if err := s.Set("k", []byte("v"), 300*time.Millisecond); err != nil {
			t.Fatal(err)
		}
		eventually(t, "the value is gone", func() bool { v, err := s.Get("k"); return v == nil && err == nil })
	})
}

func eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	end := time.Now().Add(5 * time.Second)
	for !done() {
		if time.Now().After(end) {
			t.Fatal("never: " + what)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func TestCountsAreExactUnderLoadAndEndWithTheirWindow(t *testing.T) {
	each(t, func(t *testing.T, l *live.Live) {
		ctx, k := context.Background(), key(t)
		if n, reset, err := l.Counted(ctx, k); n != 0 || reset != 0 || err != nil {
			t.Errorf("before: %d %v %v", n, reset, err)
		}
		seen := make([]int, 100)
		var wg sync.WaitGroup
		for i := range seen {
			wg.Add(1)
			go func() {
				defer wg.Done()
				n, _, err := l.Count(ctx, k, time.Minute)
				if err != nil {
					t.Error(err)
				}
				seen[i] = n
			}()
		}
		wg.Wait()
		values := map[int]bool{}
		for _, n := range seen {
			values[n] = true
		}
		if len(values) != 100 {
			t.Errorf("100 calls saw %d different counts", len(values))
		}
		n, reset, err := l.Counted(ctx, k)
		if n != 100 || reset <= 50*time.Second || reset > time.Minute || err != nil {
			t.Errorf("after: %d %v %v", n, reset, err)
		}
		short := k + "short"
		if n, reset, err := l.Count(ctx, short, 500*time.Millisecond); n != 1 || reset != 500*time.Millisecond || err != nil {
			t.Errorf("%d %v %v", n, reset, err)
		}
		eventually(t, "the window ends", func() bool { n, _, err := l.Counted(ctx, short); return n == 0 && err == nil })
	})
}

func TestFiveWrongCodesLockTheNumber(t *testing.T) {
	each(t, func(t *testing.T, l *live.Live) {
		ctx, k := context.Background(), key(t)
		try := func() time.Duration {
			wait, err := l.Attempt(ctx, k, 5, 15*time.Minute)
			if err != nil {
				t.Fatal(err)
			}
			return wait
		}
		for i := range 5 {
			if wait := try(); wait != 0 {
				t.Fatalf("try %d locked for %v", i+1, wait)
			}
		}
		if wait := try(); wait < 14*time.Minute || wait > 15*time.Minute {
			t.Errorf("the sixth try waits %v", wait)
		}
		if err := l.Forget(ctx, k); err != nil {
			t.Fatal(err)
		}
		if wait := try(); wait != 0 {
			t.Errorf("locked for %v after a right code", wait)
		}
	})
}

func TestHundredTriesAtOnceGetNoMoreThanFive(t *testing.T) {
	each(t, func(t *testing.T, l *live.Live) {
		k := key(t)
		var wg sync.WaitGroup
		var through sync.Map
		for i := range 100 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				wait, err := l.Attempt(context.Background(), k, 5, time.Minute)
				if err != nil {
					t.Error(err)
				}
				if wait == 0 {
					through.Store(i, true)
				}
			}()
		}
		wg.Wait()
		n := 0
		through.Range(func(any, any) bool { n++; return true })
		if n != 5 {
			t.Errorf("%d tries went through", n)
		}
	})
}

func TestTheLockEndsEvenWhenTriesGoOn(t *testing.T) {
	each(t, func(t *testing.T, l *live.Live) {
		ctx, k := context.Background(), key(t)
		for range 3 {
			if _, err := l.Attempt(ctx, k, 1, 400*time.Millisecond); err != nil {
				t.Fatal(err)
			}
		}
		eventually(t, "the lock ends", func() bool { wait, err := l.Attempt(ctx, k, 1, 400*time.Millisecond); return wait == 0 && err == nil })
	})
}

func TestOneCopyTakesASlot(t *testing.T) {
	each(t, func(t *testing.T, l *live.Live) {
		ctx, job := context.Background(), key(t)
		var wg sync.WaitGroup
		var taken sync.Map
		for i := range 20 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				ok, err := l.Slot(ctx, job, "2026-03-02T09:00", time.Minute)
				if err != nil {
					t.Error(err)
				}
				if ok {
					taken.Store(i, true)
				}
			}()
		}
		wg.Wait()
		n := 0
		taken.Range(func(any, any) bool { n++; return true })
		if n != 1 {
			t.Errorf("%d took the slot", n)
		}
		if ok, err := l.Slot(ctx, job, "2026-03-02T09:01", 300*time.Millisecond); !ok || err != nil {
			t.Errorf("next slot: %v %v", ok, err)
		}
		eventually(t, "the slot ends", func() bool {
			ok, err := l.Slot(ctx, job, "2026-03-02T09:01", time.Minute)
			return ok && err == nil
		})
	})
}

func TestPublishedReachesAllWhoListen(t *testing.T) {
	each(t, func(t *testing.T, l *live.Live) {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		one, two := key(t)+"1", key(t)+"2"
		first, err := l.Subscribe(ctx, one)
		if err != nil {
			t.Fatal(err)
		}
		both, err := l.Subscribe(ctx, one, two)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range []live.Message{{two, "你好"}, {one, "x"}} {
			if err := l.Publish(ctx, m.Topic, m.Text); err != nil {
				t.Fatal(err)
			}
		}
		if m := receive(t, both); m != (live.Message{Topic: two, Text: "你好"}) {
			t.Errorf("got %v", m)
		}
		receive(t, both)
		if m := receive(t, first); m != (live.Message{Topic: one, Text: "x"}) {
			t.Errorf("got %v", m)
		}
		cancel()
		if _, open := <-first; open {
			t.Error("the channel stays open")
		}
	})
}

func receive(t *testing.T, from <-chan live.Message) live.Message {
	t.Helper()
	select {
	case m := <-from:
		return m
	case <-time.After(5 * time.Second):
		t.Fatal("nothing came")
		return live.Message{}
	}
}

func TestClosingEndsSubscriptions(t *testing.T) {
	l, err := live.Open(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	messages, err := l.Subscribe(context.Background(), "x")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if _, open := <-messages; open {
		t.Error("the channel stays open")
	}
}

func TestAddressesThatDoNotAnswerAreErrorsWithoutThePassword(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone.Close()
	defer silent.Close()
	for _, address := range []string{"redis://:geheim@" + gone.Addr().String(), "redis://:geheim@" + silent.Addr().String(), "http://:geheim@x", "redis://:geheim@%zz"} {
		began := time.Now()
		l, err := live.Open(context.Background(), address)
		if err == nil {
			l.Close()
			t.Errorf("%s opened", address)
			continue
		}
		if strings.Contains(err.Error(), "geheim") {
			t.Errorf("the password is in %q", err)
		}
		if took := time.Since(began); took > 4*time.Second {
			t.Errorf("%s took %v", address, took)
		}
	}
}

// A Redis that stops answering after the start must fail each call in bounded time.
func TestSilentRedisDoesNotHangRequests(t *testing.T) {
	wire := newWire(t, miniredis.RunT(t).Addr())
	l := open(t, "redis://"+wire.Addr().String())
	wire.cut.Store(true)
	for name, call := range map[string]func() error{
		"session": func() error { _, err := l.Storage("s").Get("k"); return err },
		"count":   func() error { _, _, err := l.Count(context.Background(), "k", time.Minute); return err },
		"slot":    func() error { _, err := l.Slot(context.Background(), "j", "s", time.Minute); return err },
	} {
		began := time.Now()
		if err := call(); err == nil {
			t.Errorf("%s: no error", name)
		}
		if took := time.Since(began); took > 2500*time.Millisecond {
			t.Errorf("%s took %v", name, took)
		}
	}
	wire.cut.Store(false)
	eventually(t, "works again when Redis is back", func() bool { return l.Ping(context.Background()) == nil })
}

// wire is a connection to Redis that can fall silent without closing.
type wire struct {
	net.Listener
	cut atomic.Bool
}

func newWire(t *testing.T, to string) *wire {
	on, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { on.Close() })
	w := &wire{Listener: on}
	go func() {
		for {
			from, err := on.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", to)
			if err != nil {
				from.Close()
				return
			}
			go w.carry(server, from)
			go w.carry(from, server)
		}
	}()
	return w
}

func (w *wire) carry(to, from net.Conn) {
	defer to.Close()
	b := make([]byte, 4096)
	for {
		n, err := from.Read(b)
		if err != nil {
			return
		}
		if w.cut.Load() {
			continue
		}
		if _, err := to.Write(b[:n]); err != nil {
			return
		}
	}
}

func BenchmarkCountEmbedded(b *testing.B) {
	l, err := live.Open(context.Background(), "")
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	for b.Loop() {
		if _, _, err := l.Count(context.Background(), "k", time.Minute); err != nil {
			b.Fatal(err)
		}
	}
}
