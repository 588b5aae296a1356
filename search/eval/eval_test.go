package eval_test

import (
	"os"
	"path/filepath"
	"testing"

	"huiyin/internal/segment"
	"huiyin/search"
	"huiyin/search/eval"
	"huiyin/search/local"
)

func TestMeasuresAreCountedByHand(t *testing.T) {
	path := write(t, "letters.jsonl",
		`{"title":"路灯不亮","body":"门口的路灯坏了，晚上不亮。","reply":"已更换灯泡。"}
{"title":"公交晚点","body":"公交车总是晚点。","reply":""}

{"title":"","body":"没有标题的信。"}
`)
	others, err := eval.Others(write(t, "others.jsonl", `{"body":"公交车总是晚点。"}`+"\n"+`{"body":"楼道堆物。"}`+"\n"+`{"body":"楼道堆物。"}`), path, 0)
	if err != nil || len(others) != 1 {
		t.Fatalf("%d others, want the one body that is not asked for, once (%v)", len(others), err)
	}
	tasks, err := eval.Letters(path, others)
	if err != nil || len(tasks) != 2 {
		t.Fatalf("%d tasks (%v), want one over the letters and one over the replies", len(tasks), err)
	}
	for _, task := range tasks {
		m, err := eval.Run(t.Context(), open(t), task)
		if err != nil {
			t.Fatal(err)
		}
		if m.Words != 1 || len(m.Missing) > 0 {
			t.Errorf("%s: %v of the words find their letter, not %v", m.Name, m.Words, m.Missing)
		}
		want := eval.Measure{Name: "title-body", N: 2, Letters: 3, MRR: 1, Found: 1}
		if task.Name == "title-reply" {
			want = eval.Measure{Name: "title-reply", N: 1, Letters: 1} // 路灯不亮 is in no reply
		}
		if m.Name != want.Name || m.N != want.N || m.Letters != want.Letters || m.MRR != want.MRR || m.Found != want.Found {
			t.Errorf("%+v, want %+v", m, want)
		}
	}
}

func TestClassesAreCountedEachByItself(t *testing.T) {
	letters := write(t, "letters.txt", "# 说明\n\n1\n路灯不亮\n门口的路灯坏了。\n已修好。\n\n2\n公交晚点\n等了一小时。\n已加车。\n")
	task, err := eval.Classes(write(t, "queries.txt", "# 词\n路灯 = 1\n公交 = 1\n# 没有\n航天飞机 = -\n晚点 =~ 1 2\n"), letters)
	if err != nil {
		t.Fatal(err)
	}
	m, err := eval.Run(t.Context(), open(t), task)
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Classes) != 2 || m.Classes[0].Found != 0.5 || m.Classes[1].Found != 1 || m.Classes[0].Missed[0] != "公交" {
		t.Errorf("classes %+v", m.Classes)
	}
}

func TestFilesOfNothingAreRefused(t *testing.T) {
	for name, text := range map[string]string{"a": "", "b": `{"title":"只有标题"}`, "c": "不是 JSON"} {
		if _, err := eval.Letters(write(t, name, text), nil); err == nil {
			t.Errorf("%q is measured", text)
		}
	}
	if _, err := eval.Letters("no such file", nil); err == nil {
		t.Error("a missing file is measured")
	}
}

func write(t *testing.T, name, text string) string {
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func open(t *testing.T) search.Index {
	cut, err := segment.Open(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	index, err := local.Open(t.TempDir(), cut)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { index.Close() })
	return index
}
