package sheet

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
)

type csvRows struct {
	in      *csv.Reader
	limit   *limited
	columns []string
	line    int // on which the newest row began
}

// errHuge passes through the csv reader when one row does not end.
var errHuge = errors.New("row too long")

// limited fails once more than left bytes were read; left is set anew before
// each row.
type limited struct {
	io.Reader
	left int
}

func (l *limited) Read(b []byte) (int, error) {
	if l.left <= 0 {
		return 0, errHuge
	}
	n, err := l.Reader.Read(b[:min(len(b), l.left)])
	l.left -= n
	return n, err
}

func newCSV(in io.Reader) (rows, error) {
	limit := &limited{in, maxRow}
	c := &csvRows{in: csv.NewReader(limit), limit: limit}
	c.in.FieldsPerRecord = -1 // told in our own words
	header, err := c.in.Read()
	if err == io.EOF {
		return nil, errors.New("文件是空的：第一行应是列名。")
	}
	if err != nil {
		return nil, fmt.Errorf("第一行（列名）读不了：%w", err)
	}
	c.line = 1
	c.columns, err = names(header)
	return c, err
}

func (c *csvRows) next() (Row, error) {
	c.limit.left = maxRow
	record, err := c.in.Read()
	var bad *csv.ParseError
	switch {
	case err == io.EOF:
		return Row{}, io.EOF
	case errors.Is(err, errHuge):
		return Row{}, fmt.Errorf("第 %d 行之后有一行超过 1 MB，很可能少了一个引号。后面的内容没有读。", c.line)
	case errors.As(err, &bad):
		c.line = bad.StartLine
		return Row{Line: c.line}, &LineError{bad.StartLine, "", "引号没有成对，或引号外有多余的内容。"}
	case err != nil:
		return Row{}, fmt.Errorf("读不了文件：%w", err)
	}
	c.line, _ = c.in.FieldPos(0)
	row := Row{Line: c.line, Cells: make(map[string]string, len(c.columns))}
	for len(record) > len(c.columns) && record[len(record)-1] == "" {
		record = record[:len(record)-1]
	}
	if len(record) != len(c.columns) {
		return row, &LineError{c.line, "", fmt.Sprintf("有 %d 格，应有 %d 格，可能被截断。", len(record), len(c.columns))}
	}
	for i, cell := range record {
		if err := checkCell(c.line, c.columns[i], cell); err != nil {
			return row, err
		}
		row.Cells[c.columns[i]] = cell
	}
	return row, nil
}
