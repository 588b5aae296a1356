package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// command carries out a command line in a folder of its own.
func command(t *testing.T, in string, args ...string) (out, errs string, code int) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(t.Context(), args, strings.NewReader(in), &o, &e)
	return o.String(), e.String(), code
}

// 0 done, 1 refused with a reason, 2 wrong usage (contracts.md, command line).
func TestExitCodes(t *testing.T) {
	t.Chdir(t.TempDir())
	none := filepath.Join(t.TempDir(), "none")
	cases := []struct {
		args []string
		code int
		says string // on standard error
	}{
		{[]string{"help"}, 0, ""},
		{nil, 0, ""},
		{[]string{"serve", "--help"}, 0, ""},
		{[]string{"nonsense"}, 2, "nonsense"},
		{[]string{"sla", "nonsense"}, 2, "nonsense"},
		{[]string{"staff", "nonsense"}, 2, "nonsense"},
		{[]string{"routing", "nonsense"}, 2, "nonsense"},
		{[]string{"citypack", "nonsense"}, 2, "nonsense"},
		{[]string{"calendar", "nonsense"}, 2, "nonsense"},
		{[]string{"serve", "--nonsense"}, 2, "nonsense"},
		{[]string{"serve", "extra"}, 2, ""},
		{[]string{"import"}, 2, ""},
		{[]string{"verify", "extra"}, 2, ""},
		{[]string{"serve", "--demo=perhaps"}, 2, "perhaps"},
		{[]string{"import", "x.csv", "--channel", "fax", "--data", none}, 2, "fax"},
		{[]string{"import", "no-such-file.csv", "--data", none}, 1, "no-such-file.csv"},
		{[]string{"serve", "--demo", "--listen", "0.0.0.0:1"}, 1, "--demo"},
		{[]string{"verify", "--database", "mysql://secret@h/d"}, 1, "--database"},
		{[]string{"citypack", "check", none}, 1, "city.yaml"},
		{[]string{"staff", "reset", "nobody", "--data", none}, 1, "账号"},
		{[]string{"staff", "add", "X", "--data", none}, 1, "login"},
		{[]string{"verify", "--config", none}, 1, none},
	}
	for _, c := range cases {
		_, errs, code := command(t, "", c.args...)
		if code != c.code || !strings.Contains(errs, c.says) || (code == 0) != (errs == "") {
			t.Errorf("huiyin %s: exit %d, want %d; %s", strings.Join(c.args, " "), code, c.code, errs)
		}
		if strings.Contains(errs, "secret") {
			t.Errorf("a password is shown: %s", errs)
		}
	}
}

// Rows that a lawyer could check: the State Council's notices for 2025 and 2026.
func TestSlaDueAnswersLineByLine(t *testing.T) {
	t.Chdir(t.TempDir())
	in := strings.Join([]string{
		"start,amount,unit",
		"2025-09-30,1,working_day",                 // National Day to 8 October
		"2026-02-13,2,working_day",                 // 14 February 2026 is worked, then Spring Festival to the 23rd
		"2026-11-23 10:00:00,24,hour",              // hours run day and night
		"2026-11-23 16:00:00,2,working_hour",       // one hour today, one tomorrow from nine
		"2026-01-31,1,month",                       // the last day of February, a Saturday made up on the 28th, is worked
		"2027-03-01,5,working_day",                 // not announced yet
		"2026-11-23T23:30:00+00:00,1,calendar_day", // the 24th in the city
		"2026-13-01,1,working_day",
		"2026-11-23,1,fortnight",
	}, "\n")
	out, errs, code := command(t, in, "sla", "due")
	want := []string{
		"start,amount,unit,due,provisional",
		"2025-09-30,1,working_day,2025-10-09,false",
		"2026-02-13,2,working_day,2026-02-24,false",
		"2026-11-23 10:00:00,24,hour,2026-11-24T10:00:00+08:00,false",
		"2026-11-23 16:00:00,2,working_hour,2026-11-24T10:00:00+08:00,false",
		"2026-01-31,1,month,2026-02-28,false",
		"2027-03-01,5,working_day,2027-03-08,true",
		"2026-11-23T23:30:00+00:00,1,calendar_day,2026-11-25,false",
		"2026-13-01,1,working_day,,false",
		"2026-11-23,1,fortnight,,false",
	}
	if got := strings.Split(strings.TrimSpace(out), "\n"); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if code != 1 || strings.Count(errs, "\n") != 2 || !strings.Contains(errs, "第 9 行") || !strings.Contains(errs, "第 10 行") {
		t.Errorf("exit %d, %s", code, errs)
	}
	if _, errs, code := command(t, "2026-11-23,1,working_day", "sla", "due"); code != 0 || errs != "" {
		t.Errorf("without a bad line: exit %d, %s", code, errs)
	}
	if left, err := os.ReadDir("."); err != nil || len(left) > 0 {
		t.Errorf("counting made %v, %v", left, err)
	}
}

// Explaining tells cut words, destination, reasons and their rules, and makes no
// data folder.
func TestRoutingExplainTellsWhereAndWhy(t *testing.T) {
	t.Chdir(t.TempDir())
	cases := []struct{ text, says string }{
		{"梧桐路东段三盏路灯不亮，请派人维修路灯。", "路灯"},
		{"我要举报市城管局的局长收受商户的红包。", "（密件）"},
		{"我不想活了，今晚就去跳河。", "值班员（立即）"},
		{"有件事想请教，不知道该问谁。", "派单员判断"},
	}
	for _, c := range cases {
		out, errs, code := command(t, "", "routing", "explain", c.text)
		if code != 0 || !strings.Contains(out, c.says) || !strings.Contains(out, "分词") || !strings.Contains(out, "理由") {
			t.Errorf("%s: exit %d\n%s%s", c.text, code, out, errs)
		}
	}
	if _, errs, code := command(t, "", "routing", "explain", "路灯\x00"); code != 1 || errs == "" {
		t.Errorf("a NUL: exit %d, %s", code, errs)
	}
	if _, _, code := command(t, "", "routing", "explain"); code != 2 {
		t.Errorf("without a text: exit %d", code)
	}
	if left, err := os.ReadDir("."); err != nil || len(left) > 0 {
		t.Errorf("explaining made %v, %v", left, err)
	}
}

// A pack written from an empty house can be checked and read back: README calls it the one to start from.
func TestTheFirstExportedPackIsWhole(t *testing.T) {
	data, pack := t.TempDir(), filepath.Join(t.TempDir(), "pack")
	for _, args := range [][]string{
		{"citypack", "export", pack, "--data", data}, {"citypack", "check", pack}, {"citypack", "import", pack, "--data", data},
	} {
		if out, errs, code := command(t, "", args...); code != 0 {
			t.Fatalf("%v: exit %d: %s%s", args, code, out, errs)
		}
	}
}

func TestImportOfAMissingFileMakesNoFolder(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	if _, _, code := command(t, "", "import", "no-such-file.csv", "--data", data); code != 1 {
		t.Errorf("exit %d", code)
	}
	if _, err := os.Stat(data); !os.IsNotExist(err) {
		t.Errorf("a data folder was made: %v", err)
	}
}
