package store

import (
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

// HoldServing makes this process the only one that serves an embedded database
// until release is called or the process ends, however it ends; a second one is
// refused. Commands that only write rows need no hold. On PostgreSQL any number
// of processes serve, and the hold is empty.
func (s *Store) HoldServing() (release func(), err error) {
	if !s.Embedded() {
		return func() {}, nil
	}
	release, err = lockFile(s.path+".serve", false)
	if errors.Is(err, errLocked) {
		return nil, letter.Fail(letter.KindConflict,
			"这个数据文件夹正由另一个 huiyin serve 使用。请先停止它，或用 --data 另选文件夹；要同时运行几个，请用 PostgreSQL。").Because(err)
	}
	return release, err
}
