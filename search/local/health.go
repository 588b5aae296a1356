package local

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"huiyin/internal/letter"
)

// Health looks whether the index is open and its folder still there: an index goes on answering from a folder that was
// removed under it, and loses what is written from then on.
func (x *Index) Health(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if _, err := x.alias.DocCount(); err != nil {
		return letter.Fail(letter.KindUnavailable, "搜索暂时不能用：索引已经关闭。").Because(err)
	}
	if _, err := os.Stat(filepath.Join(x.dir, currentFile)); errors.Is(err, fs.ErrNotExist) {
		return letter.Fail(letter.KindUnavailable, "搜索暂时不能用：索引的文件夹 %s 不见了。", x.dir).Because(err)
	}
	return nil
}
