package meili

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/meilisearch/meilisearch-go"

	"huiyin/internal/letter"
)

// The oldest server that takes what the client sends: the client's swap always holds "rename", which servers before 1.18
// refuse. disableOnNumbers and the present way of cutting Chinese are of 1.15.
const (
	oldestMajor = 1
	oldestMinor = 18
)

// connect makes sure once that the server is there, new enough, and has the index; while it fails, each call tries anew.
func (x *Index) connect(ctx context.Context) error {
	if err := x.open(ctx); err != nil || x.ready.Load() {
		return err
	}
	if err := x.connecting.take(ctx); err != nil {
		return err
	}
	defer x.connecting.free()
	if x.ready.Load() {
		return nil
	}
	if err := x.server.lately(); err != nil {
		return err
	}
	if err := x.server.checkVersion(ctx); err != nil {
		return err
	}
	if err := x.makeIndex(ctx, lettersUID); err != nil {
		return err
	}
	if err := x.readEdition(ctx); err != nil {
		return err
	}
	if x.used.Load() {
		if err := x.tellSynonyms(ctx, *x.vocabulary.Load()); err != nil {
			return err
		}
	}
	x.ready.Store(true)
	x.grow()
	return nil
}

// Check says in a letter.Error what keeps a server from being used, without changing anything there.
func Check(ctx context.Context, access Access) error {
	s := newServer(access)
	if err := s.checkVersion(ctx); err != nil {
		return err
	}
	err := s.ask(ctx, func(ctx context.Context) error {
		_, err := s.search.Index(lettersUID).SearchWithContext(ctx, "", &meilisearch.SearchRequest{Limit: 1})
		return err
	})
	if code(err) == indexNotFound {
		return nil // made at the first start
	}
	return err
}

// checkVersion refuses a server too old.
func (s *server) checkVersion(ctx context.Context) error {
	var version string
	err := s.ask(ctx, func(ctx context.Context) error {
		v, err := s.write.VersionWithContext(ctx)
		if err == nil {
			version = v.PkgVersion
		}
		return err
	})
	if err != nil {
		return err
	}
	if !newEnough(version) {
		return letter.Fail(letter.KindUnavailable, "检索服务的版本 %s 太旧，至少要 1.18。请升级检索服务，或去掉 --search 用本地索引。", version)
	}
	return nil
}

// newEnough reads 1.15.2 or 1.16.0-rc.1.
func newEnough(version string) bool {
	major, rest, _ := strings.Cut(version, ".")
	minor, _, _ := strings.Cut(rest, ".")
	a, err1 := strconv.Atoi(major)
	b, err2 := strconv.Atoi(minor)
	return err1 == nil && err2 == nil && (a > oldestMajor || a == oldestMajor && b >= oldestMinor)
}

// makeIndex makes an index with its settings unless it is there. That it is there comes as a failed task, not as an
// error of the request; its settings are then left as they are, since new ones would cut anew what is being asked for.
func (x *Index) makeIndex(ctx context.Context, uid string) error {
	err := x.do(ctx, func(ctx context.Context) (*meilisearch.TaskInfo, error) {
		return x.server.write.CreateIndexWithContext(ctx, &meilisearch.IndexConfig{Uid: uid, PrimaryKey: idField})
	})
	if code(err) == indexExists {
		return nil
	}
	if err != nil {
		return err
	}
	return x.applySettings(ctx, uid, x.cutter.Load(), unfinished)
}

func (x *Index) applySettings(ctx context.Context, uid string, c *cutter, mark string) error {
	wanted := settings(c, *x.vocabulary.Load(), mark)
	return x.do(ctx, func(ctx context.Context) (*meilisearch.TaskInfo, error) {
		return x.server.write.Index(uid).UpdateSettingsWithContext(ctx, wanted)
	})
}

// readEdition learns whether the index that answers is whole and cut as questions are.
func (x *Index) readEdition(ctx context.Context) error {
	mark, err := x.mark(ctx, lettersUID)
	if err != nil {
		return err
	}
	x.whole.Store(strings.HasPrefix(mark, x.cutter.Load().edition+markGap))
	return nil
}

// mark reads the mark of an index, see settings.
func (x *Index) mark(ctx context.Context, uid string) (string, error) {
	var mark string
	err := x.server.tell(ctx, func(ctx context.Context) error {
		typos, err := x.server.write.Index(uid).GetTypoToleranceWithContext(ctx)
		if err == nil && len(typos.DisableOnWords) > 0 {
			mark = typos.DisableOnWords[0]
		}
		return err
	})
	return mark, err
}

// lost notices an index that is gone from the server: whoever removed it, the next call makes it again, empty.
func (x *Index) lost(err error) error {
	if code(err) != indexNotFound {
		return err
	}
	x.ready.Store(false)
	x.whole.Store(false)
	return letter.Fail(letter.KindUnavailable, "检索服务里没有来信的索引，正在重新建立。").Because(errors.Unwrap(err))
}
