package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"huiyin/internal/store"
)

// archived are letters of an archive that knows people by a mark of its own, one of them with two letters.
const archived = `{"id":"1","user":"A001","title":"柳堤路夜市油烟大，窗户不敢开","body":"每晚炭火烧烤，油烟进屋。","time":"2024/5/6 9:00:00"}
{"id":"2","user":"A002","title":"柳堤路夜市烧烤油烟熏得孩子咳嗽","body":"每晚炭火烧烤，孩子咳嗽。","time":"2024/5/7 9:00:00"}
{"id":"3","user":"A002","title":"柳堤路夜市烧烤油烟还是没人管","body":"每晚炭火烧烤，油烟还在。","time":"2024/5/8 9:00:00"}
{"id":"4","user":"A003","title":"投诉柳堤路夜市油烟噪音扰民","body":"每晚炭火烧烤，吵到凌晨。","time":"2024/5/9 9:00:00"}
{"id":"5","user":"A004","title":"柳堤路夜市油烟什么时候能解决","body":"每晚炭火烧烤，反映过多次。","time":"2024/5/10 9:00:00"}
{"id":"6","user":"A005","title":"春晖路三盏路灯不亮","body":"春晖路三盏路灯不亮。","time":"2024/5/10 10:00:00"}
`

// An imported archive is sorted by the task of the serving process; its topics started when they did, not now.
func TestAnImportedArchiveHasTopics(t *testing.T) {
	data := t.TempDir()
	file := filepath.Join(data, "old.jsonl")
	if err := os.WriteFile(file, []byte(archived), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, errs, code := command(t, "", "import", file, "--data", data); code != 0 {
		t.Fatal(out, errs)
	}
	c := defaults()
	c.Data = data
	p, err := openWork(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	done, err := p.sorter().Run(t.Context())
	if err != nil || done.Sorted != 6 || len(done.Started) != 1 {
		t.Fatalf("%+v %v", done, err)
	}
	want := time.Date(2024, 5, 10, 9, 0, 0, 0, p.zone)
	everything := store.Period{From: time.UnixMilli(0), To: time.Now()}
	list, err := p.store.StartedTopics(t.Context(), store.Reader{All: true}, everything, time.Now(), 5)
	if err != nil || len(list) != 1 || list[0].Received != 5 || list[0].People != 4 || !list[0].Started.Equal(want) {
		t.Errorf("%+v %v", list, err)
	}
}
