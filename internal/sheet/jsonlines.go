package sheet

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// jsonLines reads one JSON object a line.
type jsonLines struct {
	in   *bufio.Reader
	line int
}

func (j *jsonLines) next() (Row, error) {
	for {
		text, long, err := j.read()
		if err != nil {
			return Row{}, err
		}
		if long {
			return Row{Line: j.line}, &LineError{j.line, "", tooLong}
		}
		if text = bytes.TrimSpace(text); len(text) > 0 {
			return j.parse(text)
		}
	}
}

// read takes one line; what goes beyond the limit is skipped, not kept.
func (j *jsonLines) read() (text []byte, long bool, err error) {
	for {
		part, err := j.in.ReadSlice('\n')
		if len(text)+len(part) > maxRow {
			text, long = nil, true
		}
		if !long {
			text = append(text, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF && len(part) == 0 && len(text) == 0 && !long:
			return nil, false, io.EOF
		case err != nil && err != io.EOF:
			return nil, false, fmt.Errorf("读不了文件：%w", err)
		}
		j.line++
		return text, long, nil
	}
}

func (j *jsonLines) parse(text []byte) (Row, error) {
	row := Row{Line: j.line}
	// encoding/json would put a replacement character where the bytes are broken.
	if err := checkCell(j.line, "", string(text)); err != nil {
		return row, err
	}
	var cells map[string]json.RawMessage
	if err := json.Unmarshal(text, &cells); err != nil || cells == nil {
		return row, &LineError{j.line, "", "不是一个完整的 JSON 对象，可能被截断。"}
	}
	if len(cells) > maxColumns {
		return row, &LineError{j.line, "", "字段太多。"}
	}
	row.Cells = make(map[string]string, len(cells))
	for name, value := range cells {
		cell, err := scalar(value)
		if err == nil {
			err = checkCell(j.line, name, cell)
		} else {
			err = &LineError{j.line, name, err.Error()}
		}
		if err != nil {
			return row, err
		}
		row.Cells[strings.ToLower(strings.TrimSpace(name))] = cell
	}
	return row, nil
}

// scalar is the cell of a JSON value: text, a number as it was written, true or
// false, or nothing for null.
func scalar(value json.RawMessage) (string, error) {
	switch value[0] {
	case '"':
		var s string
		err := json.Unmarshal(value, &s)
		return s, err
	case '{', '[':
		return "", fmt.Errorf("应是文字或数字，不能是对象或数组。")
	case 'n':
		return "", nil
	case 't', 'f':
		b, err := strconv.ParseBool(string(value))
		return strconv.FormatBool(b), err
	}
	return string(value), nil
}
