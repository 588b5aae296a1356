package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"

	"huiyin/internal/letter"
)

// errLocked says that another process holds the lock.
var errLocked = errors.New("locked by another process")

// lockFile takes an exclusive lock that ends with the process at the latest;
// with wait it waits for the holder, else it returns errLocked.
func lockFile(path string, wait bool) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	how := syscall.LOCK_EX
	if !wait {
		how |= syscall.LOCK_NB
	}
	for {
		err = syscall.Flock(int(f.Fd()), how)
		if !errors.Is(err, syscall.EINTR) {
			break
		}
	}
	if errors.Is(err, syscall.EWOULDBLOCK) {
		err = errLocked
	}
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	return func() { f.Close() }, nil
}

// HoldServing makes this process the only one that serves the database until
// release is called or the process ends, however it ends; a second one is
// refused. Who works on embedded parts needs it, also on PostgreSQL: an index in
// a folder hears of what its own process publishes only. Commands that only
// write rows need no hold.
func (s *Store) HoldServing(ctx context.Context) (release func(), err error) {
	if s.Embedded() {
		release, err = lockFile(s.path+".serve", false)
	} else {
		release, err = s.lockServer(ctx, "pg_advisory_lock")
	}
	return release, inUse(err)
}

// ShareServing is for a process all of whose parts are servers that others use as well: any number may share PostgreSQL,
// and none of them one that somebody holds.
func (s *Store) ShareServing(ctx context.Context) (release func(), err error) {
	release, err = s.lockServer(ctx, "pg_advisory_lock_shared")
	return release, inUse(err)
}

// HoldRebuilding makes this process the only one that builds the shared index anew until release is called or the process
// ends, however it ends: two at once would remove what the other has built. Another one is refused with kind conflict.
// On embedded parts one process serves, and there is nobody to hold it against.
func (s *Store) HoldRebuilding(ctx context.Context) (release func(), err error) {
	if s.Embedded() {
		return func() {}, nil
	}
	release, err = s.tryLockServer(ctx, "huiyin/rebuild/")
	if errors.Is(err, errLocked) {
		err = letter.Fail(letter.KindConflict, "搜索索引正由另一个进程重建，请等它完成。").Because(err)
	}
	return release, err
}

func inUse(err error) error {
	if !errors.Is(err, errLocked) {
		return err
	}
	return letter.Fail(letter.KindConflict,
		"这份数据正由另一个 huiyin serve 使用。请先停止它，或用 --data 另选文件夹（用 PostgreSQL 时另选数据库）。").Because(err)
}
