package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// matters makes a file of letters of our own about three matters; odd lines another mixture than even ones.
func matters(t *testing.T, name string, from, to int) string {
	t.Helper()
	words := map[string][]string{
		"路灯": {"路灯不亮", "晚上太黑", "灯杆歪了", "看不清路", "线路坏了", "请来修灯"},
		"工资": {"拖欠工资", "老板跑了", "工地完工", "农民工讨薪", "没签合同", "欠条在手"},
		"学校": {"孩子上学", "学区划分", "报名登记", "老师补课", "转学手续", "幼儿园名额"},
	}
	when := strings.Fields("前天 上午 雨后 周末 月初 昨晚 今早 去年 开春 入冬 节前 刚才 中午 傍晚")
	var b strings.Builder
	b.WriteString("title,body,matter\n")
	for n := from; n < to; n++ {
		for _, label := range []string{"路灯", "工资", "学校"} {
			w := words[label]
			fmt.Fprintf(&b, "%s,%s我们%s%s第%d次反映%s%s,%s\n", w[n%6], when[n%14], w[(n/2+1)%6], when[(n*5+3)%14], n, w[(n/3+2)%6], when[(n*3+7)%14], label)
		}
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func write(t *testing.T, name, body string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(body), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// evaluated runs eval --json and reads the one object it prints.
func evaluated(t *testing.T, args ...string) map[string]any {
	t.Helper()
	out, errs, code := command(t, "", append([]string{"routing", "eval", "--json", "--label", "matter"}, args...)...)
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	var e map[string]any
	if err := json.Unmarshal([]byte(out), &e); err != nil {
		t.Fatalf("%q: %v", out, err)
	}
	return e
}

func TestAModelTrainedOnOneFileIsTriedOnAnother(t *testing.T) {
	t.Chdir(t.TempDir())
	model := filepath.Join(t.TempDir(), "matters.model")
	out, errs, code := command(t, "", "routing", "train", matters(t, "a.csv", 0, 40), "--label", "matter", "--model", model)
	if code != 0 || !strings.Contains(out, "来信 120 封") {
		t.Fatalf("exit %d: %s%s", code, out, errs)
	}
	e := evaluated(t, matters(t, "b.csv", 40, 60), "--model", model)
	if e["n"] != 60.0 || e["accuracy"].(float64) < 0.95 || e["macro_f1"].(float64) < 0.95 || e["top3"] != 1.0 {
		t.Errorf("%v", e)
	}
	for _, key := range []string{"coverage", "stopped", "letters_per_second"} {
		if e[key] == nil {
			t.Errorf("no %s in %v", key, e)
		}
	}
	for _, share := range []string{"0.80", "0.90", "0.95", "1.00"} {
		if e["coverage"].(map[string]any)[share] == nil {
			t.Errorf("no coverage %s", share)
		}
	}
}

func TestFoldsAndRules(t *testing.T) {
	t.Chdir(t.TempDir())
	file := matters(t, "a.csv", 0, 30)
	if e := evaluated(t, file, "--folds", "3"); e["n"] != 90.0 || e["accuracy"].(float64) < 0.9 {
		t.Errorf("folds: %v", e)
	}
	means := write(t, "map.yaml", "\"02\": 路灯\n\"06\": 工资\n\"07\": 学校\n")
	if e := evaluated(t, file, "--rules", "--map", means); e["accuracy"].(float64) < 0.6 {
		t.Errorf("rules: %v", e)
	}
}

// Whatever is wrong with file, map or model is said with its name, and no model is left behind.
func TestBadFilesForRouting(t *testing.T) {
	t.Chdir(t.TempDir())
	good, model := matters(t, "a.csv", 0, 5), filepath.Join(t.TempDir(), "m")
	cases := []struct {
		name string
		args []string
		code int
		says string
	}{
		{"one class", []string{"train", write(t, "one.csv", "body,matter\n路灯坏了,甲\n灯又坏了,甲\n"), "--model", model}, 1, "只有一种标签"},
		{"no such column", []string{"train", good, "--label", "unit", "--model", model}, 1, "unit"},
		{"texts without words", []string{"train", write(t, "empty.csv", "body,matter\n,甲\n,乙\n"), "--model", model}, 1, "略过 2 行"},
		{"no rows", []string{"train", write(t, "none.csv", "body,matter\n"), "--model", model}, 1, "没有能读的行"},
		{"no file", []string{"train", "nowhere.csv", "--model", model}, 1, "nowhere.csv"},
		{"no --model", []string{"train", good}, 2, "--model"},
		{"a folder for the model", []string{"train", good, "--model", t.TempDir() + "/none/m"}, 1, "none"},
		{"two ways at once", []string{"eval", good, "--folds", "3", "--rules"}, 2, "三者选一"},
		{"one fold", []string{"eval", good, "--folds", "1"}, 2, "--folds"},
		{"no map", []string{"eval", good, "--rules"}, 2, "--map"},
		{"a map that is none", []string{"eval", good, "--rules", "--map", write(t, "bad.yaml", "- 甲\n- 乙\n")}, 1, "对应表"},
		{"no model there", []string{"eval", good, "--model", "gone.model"}, 1, "gone.model"},
		{"a damaged model", []string{"eval", good, "--model", write(t, "m", "huiyin routing model 1\nnonsense")}, 1, "已损坏"},
	}
	for _, c := range cases {
		args := append([]string{"routing"}, c.args...)
		if !strings.Contains(strings.Join(args, " "), "--label") {
			args = append(args, "--label", "matter")
		}
		out, errs, code := command(t, "", args...)
		if code != c.code || !strings.Contains(errs, c.says) {
			t.Errorf("%s: exit %d, want %d, saying %q: %s%s", c.name, code, c.code, c.says, out, errs)
		}
		if _, err := os.Stat(model); err == nil {
			t.Fatalf("%s: a model was left behind", c.name)
		}
	}
}

// Lines without a label are skipped and counted (contracts.md); a label the model does not know is simply never right.
func TestLinesWithoutLabelAndUnknownLabels(t *testing.T) {
	t.Chdir(t.TempDir())
	model := filepath.Join(t.TempDir(), "m")
	if _, errs, code := command(t, "", "routing", "train", matters(t, "a.csv", 0, 20), "--label", "matter", "--model", model); code != 0 {
		t.Fatal(errs)
	}
	file := write(t, "b.csv", "title,body,matter\n路灯不亮,晚上太黑,路灯\n灯杆歪了,请来修灯,\n拖欠工资,老板跑了,医院\n")
	out, errs, code := command(t, "", "routing", "eval", file, "--label", "matter", "--model", model)
	if code != 0 || !strings.Contains(errs, "1 行") || !strings.Contains(out, "来信 2 封　准确率 0.5000") {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
}
