package sheet_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"huiyin/internal/sheet"
)

func file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// read returns what each line of a file gave: its title, or what is wrong with it.
func read(t *testing.T, path string) []string {
	t.Helper()
	r, err := sheet.Open(path)
	if err != nil {
		return []string{"open: " + err.Error()}
	}
	defer r.Close()
	var list []string
	for {
		row, err := r.Next()
		var bad *sheet.LineError
		switch {
		case err == io.EOF:
			return list
		case errors.As(err, &bad):
			list = append(list, bad.Error())
		case err != nil:
			return append(list, "stop: "+err.Error())
		default:
			list = append(list, fmt.Sprintf("%d=%s", row.Line, row.Cells["title"]))
		}
	}
}

func TestWhatFilesGive(t *testing.T) {
	long := strings.Repeat("长", 400_000)
	cases := []struct {
		name, content string
		want          []string // each a part of what that line gives
	}{
		{"a.csv", "title,body\n路灯坏了,三盏\n噪声,夜里\n", []string{"2=路灯坏了", "3=噪声"}},
		{"bom.csv", "\ufeffTitle , body\r\n路灯,三盏\r\n", []string{"2=路灯"}},
		{"quoted.csv", "title,body\n\"路,灯\n坏\",\"他说\"\"好\"\"\"\n噪声,夜里\n", []string{"2=路,灯\n坏", "4=噪声"}},
		{"nonewline.csv", "title,body\n路灯,三盏", []string{"2=路灯"}},
		{"cut.csv", "title,body\n路灯,三盏\n噪", []string{"2=路灯", "第 3 行：有 1 格，应有 2 格"}},
		{"cutquote.csv", "title,body\n路灯,三盏\n噪声,\"夜", []string{"2=路灯", "第 3 行：引号"}},
		{"toomany.csv", "title,body\na,b,c\nd,e,\nf,g\n", []string{"第 2 行：有 3 格", "3=d", "4=f"}},
		{"nul.csv", "title,body\na\x00,b\nc,d\n", []string{"第 2 行 title 列：有空字符", "3=c"}},
		{"onebad.csv", "title,body\n路灯路灯,\xc2\xb7\xff\n噪声,d\n", []string{"第 2 行 body 列：有不是 UTF-8", "3=噪声"}},
		{"gbk.csv", "title,body\n\xc2\xb7\xb5\xc6\xbb\xb5\xc1\xcb,\xc8\xfd\xd5\xb5\n", []string{"open: 文件不是 UTF-8 编码，可能是 GBK"}},
		{"gbkheader.csv", "\xb1\xea\xcc\xe2,body\na,b\n", []string{"open: 文件不是 UTF-8 编码，可能是 GBK"}},
		{"utf16.csv", "\xff\xfet\x00i\x00", []string{"open: 文件是 UTF-16"}},
		{"empty.csv", "", []string{"open: 文件是空的"}},
		{"twice.csv", "title,Title\n", []string{"open: 列名“title”出现了两次"}},
		{"noname.csv", "title,,body\n", []string{"open: 第一行应是列名，第 2 列"}},
		{"unclosed.csv", "title,body\na,b\n\"" + long + long + "\nc,d\n", []string{"2=a", "stop: 第 2 行之后有一行超过 1 MB"}},
		{"book.csv", "PK\x03\x04xxxx", []string{"open: 文件内容是 Excel"}},

		{"a.jsonl", "{\"title\":\"路灯\",\"n\":3.50,\"b\":true,\"x\":null}\n\n{\"title\":\"噪声\"}", []string{"1=路灯", "3=噪声"}},
		{"bom.jsonl", "\ufeff{\"title\":\"路灯\"}\n", []string{"1=路灯"}},
		{"cut.jsonl", "{\"title\":\"路灯\"}\n{\"title\":\"噪", []string{"1=路灯", "第 2 行：不是一个完整的 JSON 对象"}},
		{"nested.jsonl", "{\"title\":{\"zh\":\"x\"}}\n[1]\nnull\n\"x\"\n{\"title\":\"a\"} {}\n{\"title\":\"好\"}\n",
			[]string{"第 1 行 title 列：应是文字或数字", "第 2 行", "第 3 行", "第 4 行", "第 5 行", "6=好"}},
		{"nul.jsonl", "{\"title\":\"a\\u0000b\"}\n{\"title\":\"a\x00\"}\n", []string{"第 1 行 title 列：有空字符", "第 2 行：有空字符"}},
		{"bad.jsonl", "{\"title\":\"路灯坏了\xff\"}\n{\"title\":\"b\"}\n", []string{"第 1 行：有不是 UTF-8", "2=b"}},
		{"long.jsonl", "{\"title\":\"" + long + "\"}\n{\"title\":\"b\"}\n", []string{"第 1 行：这一行超过 1 MB", "2=b"}},
		{"empty.jsonl", "", nil},

		{"a.xls", "x", []string{"open: 不支持旧的 .xls"}},
		{"a.pdf", "x", []string{"open: 不认识的文件类型“.pdf”"}},
		{"bad.xlsx", "PK\x03\x04 broken", []string{"open: 打不开工作簿"}},
	}
	for _, c := range cases {
		got := read(t, file(t, c.name, c.content))
		if len(got) != len(c.want) {
			t.Errorf("%s: %d results, want %d: %.200q", c.name, len(got), len(c.want), got)
			continue
		}
		for i, want := range c.want {
			if !strings.HasPrefix(got[i], want) {
				t.Errorf("%s: result %d is %.100q, want %q", c.name, i, got[i], want)
			}
		}
	}
	if got := read(t, filepath.Join(t.TempDir(), "none.csv")); !strings.HasPrefix(got[0], "open: 打不开文件") {
		t.Errorf("no such file: %q", got)
	}
}

func TestNumbersOfJSONStayAsWritten(t *testing.T) {
	r, err := sheet.Open(file(t, "a.jsonl", `{"id": 12345678901234567890, "n":3.50, "b":true, "x":null, " Phone ":"138"}`))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	row, err := r.Next()
	want := map[string]string{"id": "12345678901234567890", "n": "3.50", "b": "true", "x": "", "phone": "138"}
	if err != nil || !reflect.DeepEqual(row.Cells, want) {
		t.Errorf("%v, %v", row, err)
	}
}

func TestProgressReachesTheEnd(t *testing.T) {
	content := "title,body\n" + strings.Repeat("路灯坏了,三盏\n", 20_000)
	path := file(t, "a.csv", content)
	r, err := sheet.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	last := int64(0)
	for {
		_, err := r.Next()
		done, total := r.Progress()
		if done < last || done > total || total != int64(len(content)) {
			t.Fatalf("%d of %d after %d", done, total, last)
		}
		last = done
		if err == io.EOF {
			break
		}
	}
	if last != int64(len(content)) {
		t.Errorf("ended at %d of %d", last, len(content))
	}
}

func TestWorkbook(t *testing.T) {
	f := excelize.NewFile()
	name := f.GetSheetName(0)
	day, moment := f2(f, 14), f2(f, 22)
	format := `yyyy"年"m"月"d"日"`
	chinese, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 3, 1, 9, 30, 15, 0, time.UTC)
	rows := [][]any{
		{"Title", "phone", "day", "time", "cn", "n"},
		{"路灯坏了", 13812345678, at.Truncate(24 * time.Hour), at, at, 3.5},
		{},
		{"噪声", "010-62345678"},
		{"多", "", "", "", "", "", "出格"},
		{"坏\x00"},
	}
	for i, cells := range rows {
		cell := fmt.Sprintf("A%d", i+1)
		if err := f.SetSheetRow(name, cell, &cells); err != nil {
			t.Fatal(err)
		}
	}
	for cell, style := range map[string]int{"C2": day, "D2": moment, "E2": chinese} {
		if err := f.SetCellStyle(name, cell, cell, style); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetSheetDimension(name, "A1:G6"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	r, err := sheet.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	row, err := r.Next()
	want := map[string]string{"title": "路灯坏了", "phone": "13812345678", "day": "2026-03-01", "time": "2026-03-01 09:30:15", "cn": "2026-03-01 09:30:15", "n": "3.5"}
	if err != nil || row.Line != 2 || !reflect.DeepEqual(row.Cells, want) {
		t.Errorf("%v, %v", row, err)
	}
	row, err = r.Next()
	if err != nil || row.Line != 4 || row.Cells["phone"] != "010-62345678" {
		t.Errorf("%v, %v", row, err)
	}
	var bad *sheet.LineError
	if _, err = r.Next(); !errors.As(err, &bad) || bad.Line != 5 {
		t.Errorf("a cell without a column name: %v", err)
	}
	if done, total := r.Progress(); done != 5 || total != 6 {
		t.Errorf("%d of %d", done, total)
	}
}

func f2(f *excelize.File, format int) int {
	style, err := f.NewStyle(&excelize.Style{NumFmt: format})
	if err != nil {
		panic(err)
	}
	return style
}

func FuzzText(f *testing.F) {
	f.Add(true, "title,body\n\"a\"\"\",b\n")
	f.Add(false, "{\"title\":\"a\"}\n{\"a\":[")
	f.Fuzz(func(t *testing.T, isCSV bool, content string) {
		name := "a.jsonl"
		if isCSV {
			name = "a.csv"
		}
		read(t, file(t, name, content))
	})
}
