package segment_test

import (
	"fmt"
	"os"
	"testing"

	"huiyin/internal/segment"
)

// cityWords are words that jieba's own dictionary cuts to pieces, and some that reach jieba only in part.
var cityWords = []string{"住建局", "公租房", "占道经营", "加装电梯", "街道办事处（乡镇人民政府）", "12345热线办", "充电樁", "人社局", "公交车"}

// shared is the one segmenter of this package's tests: loading takes most of a second.
var shared *segment.Segmenter

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "segment")
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	if shared, err = segment.Open(dir, cityWords); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	code := m.Run()
	if err := os.RemoveAll(dir); err != nil {
		fmt.Println(err)
		code = 1
	}
	os.Exit(code)
}
