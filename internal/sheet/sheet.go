// Package sheet reads tables row by row from CSV, XLSX and JSON Lines files, however long they are.
package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// Row is one row: its cells by column name. A cell without content is "".
type Row struct {
	Line  int // in the file, from 1; with CSV the line the row begins on
	Cells map[string]string
}

// LineError is what is wrong with one row; reading goes on behind it. Reason is
// one Chinese sentence.
type LineError struct {
	Line   int
	Column string // "" when it is the whole row
	Reason string
}

// Error names line and column.
func (e *LineError) Error() string {
	if e.Column == "" {
		return fmt.Sprintf("第 %d 行：%s", e.Line, e.Reason)
	}
	return fmt.Sprintf("第 %d 行 %s 列：%s", e.Line, e.Column, e.Reason)
}

const (
	// maxRow bounds the bytes of one row: an unclosed quote must not read a whole
	// file into memory. A letter of 20,000 characters takes 80 KB at most.
	maxRow     = 1 << 20
	maxColumns = 200
)

const tooLong = "这一行超过 1 MB，太长了。"

// errGBK is what a table saved by an older Excel looks like.
var errGBK = errors.New("文件不是 UTF-8 编码，可能是 GBK（GB18030）。请在 Excel 中另存为“CSV UTF-8”，或转换编码后再导入。")

// Reader reads one file.
type Reader struct {
	file    io.Closer
	rows    rows
	counted *counter // nil when rows are counted instead of bytes
	total   int64
	done    int64 // rows, when rows are counted
}

// rows is one kind of file: next gives the next row, a *LineError for a bad one,
// io.EOF at the end.
type rows interface {
	next() (Row, error)
}

// Open opens a file by its extension: .csv, .xlsx, .jsonl or .ndjson. Its errors are
// Chinese sentences for the person who chose the file.
func Open(path string) (*Reader, error) {
	ext := strings.ToLower(filepath.Ext(path))
	switch ext {
	case ".xlsx":
		return openXLSX(path)
	case ".csv", ".jsonl", ".ndjson":
		return openText(path, ext)
	case ".xls":
		return nil, errors.New("不支持旧的 .xls 格式，请在 Excel 中另存为 .xlsx 或“CSV UTF-8”。")
	}
	return nil, fmt.Errorf("不认识的文件类型“%s”，可以导入 .csv、.xlsx 和 .jsonl（每行一个 JSON 对象）。", ext)
}

// Next returns the next row; io.EOF at the end; a *LineError for a row that
// cannot be used, after which the next one can be read. Any other error means that
// the file cannot be read further.
func (r *Reader) Next() (Row, error) {
	row, err := r.rows.next()
	if r.counted == nil {
		r.done = max(r.done, int64(row.Line))
	}
	return row, err
}

// Progress says how far reading has come, in bytes or rows; total is 0 when it
// is not known.
func (r *Reader) Progress() (done, total int64) {
	if r.counted != nil {
		return r.counted.n, r.total
	}
	return r.done, r.total
}

// Close closes the file.
func (r *Reader) Close() error { return r.file.Close() }

// counter counts what was read through it.
type counter struct {
	io.Reader
	n int64
}

func (c *counter) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.n += int64(n)
	return n, err
}

func openText(path, ext string) (*Reader, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("打不开文件：%w", err)
	}
	r, err := readText(f, ext)
	if err != nil {
		f.Close()
		return nil, err
	}
	return r, nil
}

func readText(f *os.File, ext string) (*Reader, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("打不开文件：%w", err)
	}
	r := &Reader{file: f, counted: &counter{Reader: f}, total: info.Size()}
	in := bufio.NewReaderSize(r.counted, 64<<10)
	if err := checkEncoding(in); err != nil {
		return nil, err
	}
	if ext == ".csv" {
		r.rows, err = newCSV(in)
	} else {
		r.rows = &jsonLines{in: in}
	}
	return r, err
}

// checkEncoding looks at the beginning, steps over a UTF-8 mark and refuses other
// encodings. Single broken bytes are left to the row they stand in.
func checkEncoding(in *bufio.Reader) error {
	head, err := in.Peek(64 << 10)
	if err != nil && err != io.EOF {
		return fmt.Errorf("读不了文件：%w", err)
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, err := in.Discard(3)
		return err
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return errors.New("文件是 UTF-16 编码（“Unicode 文本”）。请在 Excel 中另存为“CSV UTF-8”。")
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return errors.New("文件内容是 Excel 工作簿，扩展名却不是 .xlsx。请改正扩展名后再导入。")
	}
	good, bad := 0, 0
	for i := 0; i < len(head); {
		c, size := utf8.DecodeRune(head[i:])
		switch {
		case c == utf8.RuneError && size == 1 && utf8.FullRune(head[i:]):
			bad++
		case size > 1:
			good++
		}
		i += size
	}
	if bad > good {
		return errGBK
	}
	return nil
}

// names checks the names of the columns.
func names(header []string) ([]string, error) {
	list := make([]string, 0, len(header))
	seen := map[string]bool{}
	for i, name := range header {
		name = strings.ToLower(strings.TrimSpace(name))
		switch {
		case !utf8.ValidString(name):
			return nil, errGBK
		case name == "" && i == len(header)-1:
			continue
		case name == "":
			return nil, fmt.Errorf("第一行应是列名，第 %d 列没有名字。", i+1)
		case seen[name]:
			return nil, fmt.Errorf("列名“%s”出现了两次。", name)
		}
		seen[name] = true
		list = append(list, name)
	}
	if len(list) == 0 {
		return nil, errors.New("文件是空的：第一行应是列名。")
	}
	if len(list) > maxColumns {
		return nil, fmt.Errorf("列太多：最多 %d 列。", maxColumns)
	}
	return list, nil
}

// checkCell refuses bytes that no text holds; the file is damaged there.
func checkCell(line int, column, cell string) error {
	if !utf8.ValidString(cell) {
		return &LineError{line, column, "有不是 UTF-8 的字节，可能是 GBK 编码或文件损坏。"}
	}
	if strings.IndexByte(cell, 0) >= 0 {
		return &LineError{line, column, "有空字符（NUL），文件可能损坏。"}
	}
	return nil
}
