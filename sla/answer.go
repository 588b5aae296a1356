package sla

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"huiyin/internal/letter"
)

// AnswerCSV answers `huiyin sla due` (contracts.md, command line): each line
// start,amount,unit comes back as start,amount,unit,due,provisional. A header
// line is answered with a header. A line that cannot be counted comes back with
// an empty due, its number and reason in Chinese go to errs, and bad counts it.
// Empty lines are passed over. err is a reader or writer that failed.
func AnswerCSV(r io.Reader, w, errs io.Writer, c *Calendar) (bad int, err error) {
	in, out := bufio.NewReader(r), csv.NewWriter(w)
	for n := 1; ; n++ {
		line, readErr := in.ReadString('\n')
		if readErr != nil && !errors.Is(readErr, io.EOF) {
			return bad, fmt.Errorf("read line %d: %w", n, readErr)
		}
		line = strings.TrimRight(line, "\r\n")
		if n == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		if strings.TrimSpace(line) != "" {
			answer, reason := answerLine(line, n == 1, c)
			if reason != nil {
				bad++
				if _, err := fmt.Fprintf(errs, "第 %d 行：%s\n", n, reason); err != nil {
					return bad, fmt.Errorf("write reason of line %d: %w", n, err)
				}
			}
			if err := out.Write(answer); err != nil {
				return bad, fmt.Errorf("write line %d: %w", n, err)
			}
		}
		if readErr != nil {
			out.Flush()
			return bad, out.Error()
		}
	}
}

// answerLine gives the five fields of a line, and why it has no due.
func answerLine(line string, first bool, c *Calendar) ([]string, error) {
	fields, err := split(line)
	answer := make([]string, 5)
	copy(answer[:3], fields)
	if err != nil {
		answer[4] = "false"
		return answer, err
	}
	if first && strings.EqualFold(fields[0], "start") {
		answer[3], answer[4] = "due", "provisional"
		return answer, nil
	}
	start, limit, err := parseRow(fields, c.zone)
	if err != nil {
		answer[4] = "false"
		return answer, err
	}
	due := Due(c, start, limit, nil)
	answer[3] = due.Date
	if !limit.Unit.InDays() {
		answer[3] = due.At.Format(time.RFC3339)
	}
	answer[4] = strconv.FormatBool(due.Provisional)
	return answer, nil
}

// split cuts a line into its three fields.
func split(line string) ([]string, error) {
	fields := strings.Split(line, ",")
	if strings.Contains(line, `"`) {
		var err error
		if fields, err = csv.NewReader(strings.NewReader(line)).Read(); err != nil {
			return []string{line}, letter.Refuse("引号不成对，这一行读不懂。").Because(err)
		}
	}
	for i, f := range fields {
		fields[i] = strings.TrimSpace(f)
	}
	if len(fields) != 3 {
		return fields, letter.Refuse("应有 start,amount,unit 三项，现在有 %d 项。", len(fields))
	}
	return fields, nil
}

func parseRow(fields []string, zone *time.Location) (time.Time, Limit, error) {
	for _, f := range fields {
		if wide(f) {
			return time.Time{}, Limit{}, letter.Refuse("“%s”含有全角字符，请改用半角数字和符号。", f)
		}
	}
	start, err := parseStart(fields[0], zone)
	if err != nil {
		return time.Time{}, Limit{}, err
	}
	amount, err := strconv.Atoi(fields[1])
	if err != nil {
		return time.Time{}, Limit{}, letter.Refuse("时限“%s”不是整数。", fields[1]).Because(err)
	}
	limit := Limit{amount, Unit(fields[2])}
	return start, limit, limit.Check()
}

// The years a start may lie in; outside it is a slip of the finger.
const (
	firstYear = 1900
	lastYear  = 2999
)

// parseStart reads the three ways to write a start.
func parseStart(s string, zone *time.Location) (time.Time, error) {
	for _, layout := range []string{time.DateOnly, time.DateTime, time.RFC3339} {
		t, err := time.ParseInLocation(layout, s, zone)
		if err != nil {
			continue
		}
		if y := t.In(zone).Year(); y < firstYear || y > lastYear {
			return time.Time{}, letter.Refuse("年份 %d 不在 %d 到 %d 之间。", y, firstYear, lastYear)
		}
		return t, nil
	}
	return time.Time{}, letter.Refuse("起始时间“%s”不对，应写作 2026-01-31、2026-01-31 09:30:00 或 2026-01-31T09:30:00+08:00。", s)
}

// wide finds full-width digits and signs, which look right and are not.
func wide(s string) bool {
	for _, r := range s {
		if r >= '\uff01' && r <= '\uff5e' || r == '\u3000' {
			return true
		}
	}
	return false
}
