package sheet

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// xlsxRows reads the first sheet twice in step, as stored and as shown: only the
// shown text tells a date from a number, only the stored one is exact.
type xlsxRows struct {
	raw, shown *excelize.Rows
	columns    []string
	line       int
	since1904  bool
}

type xlsxFile struct {
	*excelize.File
	rows *xlsxRows
}

func (f xlsxFile) Close() error {
	return errors.Join(f.rows.raw.Close(), f.rows.shown.Close(), f.File.Close())
}

func openXLSX(path string) (*Reader, error) {
	// The sizes bound what a small file may unpack to.
	f, err := excelize.OpenFile(path, excelize.Options{UnzipSizeLimit: 1 << 30, UnzipXMLSizeLimit: 32 << 20})
	if err != nil {
		return nil, fmt.Errorf("打不开工作簿，它可能损坏、有密码或不是 .xlsx：%w", err)
	}
	r, err := readXLSX(f)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return r, nil
}

func readXLSX(f *excelize.File) (*Reader, error) {
	name := f.GetSheetName(0)
	x := &xlsxRows{}
	props, err := f.GetWorkbookProps()
	if err != nil {
		return nil, fmt.Errorf("读不了工作簿：%w", err)
	}
	x.since1904 = props.Date1904 != nil && *props.Date1904
	if x.raw, err = f.Rows(name); err != nil {
		return nil, fmt.Errorf("读不了工作表“%s”：%w", name, err)
	}
	if x.shown, err = f.Rows(name); err != nil {
		return nil, fmt.Errorf("读不了工作表“%s”：%w", name, err)
	}
	header, _, err := x.read()
	if err == io.EOF {
		return nil, errors.New("文件是空的：第一行应是列名。")
	}
	if err != nil {
		return nil, err
	}
	if x.columns, err = names(header); err != nil {
		return nil, err
	}
	return &Reader{file: xlsxFile{f, x}, rows: x, total: lastRow(f, name)}, nil
}

// lastRow is the number of rows the sheet says it has, 0 when it does not say.
func lastRow(f *excelize.File, name string) int64 {
	dimension, err := f.GetSheetDimension(name)
	if err != nil {
		return 0
	}
	_, last, found := strings.Cut(dimension, ":")
	if !found {
		return 0
	}
	_, row, err := excelize.CellNameToCoordinates(last)
	if err != nil {
		return 0
	}
	return int64(row)
}

func (x *xlsxRows) next() (Row, error) {
	for {
		raw, shown, err := x.read()
		if err != nil {
			return Row{}, err
		}
		row := Row{Line: x.line, Cells: make(map[string]string, len(x.columns))}
		size, empty := 0, true
		for i, cell := range raw {
			if i >= len(x.columns) {
				if strings.TrimSpace(cell) != "" {
					return row, &LineError{x.line, "", fmt.Sprintf("有 %d 格，只有 %d 个列名。", len(raw), len(x.columns))}
				}
				continue
			}
			if i < len(shown) {
				cell = x.date(cell, shown[i])
			}
			if err := checkCell(x.line, x.columns[i], cell); err != nil {
				return row, err
			}
			if size += len(cell); size > maxRow {
				return row, &LineError{x.line, "", tooLong}
			}
			row.Cells[x.columns[i]] = cell
			empty = empty && strings.TrimSpace(cell) == ""
		}
		if !empty {
			return row, nil
		}
	}
}

// read takes one row from both readings.
func (x *xlsxRows) read() (raw, shown []string, err error) {
	if !x.raw.Next() || !x.shown.Next() {
		if err := errors.Join(x.raw.Error(), x.shown.Error()); err != nil {
			return nil, nil, fmt.Errorf("第 %d 行之后读不了：%w", x.line, err)
		}
		return nil, nil, io.EOF
	}
	x.line++
	if raw, err = x.raw.Columns(excelize.Options{RawCellValue: true}); err == nil {
		shown, err = x.shown.Columns()
	}
	if err != nil {
		return nil, nil, fmt.Errorf("第 %d 行读不了：%w", x.line, err)
	}
	return raw, shown, nil
}

// date writes a number that Excel shows as a date as 2006-01-02 15:04:05, so that
// it reads the same however the cell is formatted.
func (x *xlsxRows) date(raw, shown string) string {
	if raw == shown || !strings.ContainsAny(shown, "/-年:") {
		return raw
	}
	serial, err := strconv.ParseFloat(raw, 64)
	if err != nil || serial < 1 || serial >= 2_958_466 { // the year 10000
		return raw
	}
	at, err := excelize.ExcelDateToTime(serial, x.since1904)
	if err != nil {
		return raw
	}
	at = at.Round(time.Second)
	if at.Equal(at.Truncate(24 * time.Hour)) {
		return at.Format("2006-01-02")
	}
	return at.Format("2006-01-02 15:04:05")
}
