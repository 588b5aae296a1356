// Package bulk brings many letters in at once, through intake and casework: imports of files and the seeding of a demonstration city.
package bulk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"huiyin/intake"
	"huiyin/internal/letter"
	"huiyin/internal/sheet"
)

// Import brings a file in. Rows are taken side by side, so that one flush to
// disk serves many of them.
type Import struct {
	Intake    *intake.Service
	Source    string // name of the file: with source_id the key that makes a second run add nothing
	Channel   letter.Channel
	Published bool           // the rows are answered and were public
	Zone      *time.Location // of times without one
}

// Rows gives the rows of a file; *sheet.Reader is one.
type Rows interface {
	Next() (sheet.Row, error)
	Progress() (done, total int64)
}

// Report is what an import did.
type Report struct {
	Taken    int
	Already  int // rows that an earlier run had taken
	Sealed   int // taken, but kept from the ordinary queue by a flag
	Asked    int // taken, waiting for the dispatcher
	Refusals []Refusal
}

// Refusal is a row that was not taken, and why.
type Refusal struct {
	Line   int
	Field  string
	Reason string
}

func (r Refusal) String() string {
	if r.Field == "" {
		return fmt.Sprintf("第 %d 行：%s", r.Line, r.Reason)
	}
	return fmt.Sprintf("第 %d 行 %s：%s", r.Line, r.Field, r.Reason)
}

// sideBySide is how many rows are on their way at once: one group of the store.
const sideBySide = 64

// Run imports until the rows end; said is called after each row. A row that is
// refused does not stop the rest; an error of the system does, and a second run
// takes what is missing.
func (m *Import) Run(ctx context.Context, rows Rows, said func(done, total int64)) (Report, error) {
	var report Report
	var mu sync.Mutex
	g, taking := errgroup.WithContext(ctx)
	g.SetLimit(sideBySide)
	for taking.Err() == nil {
		row, err := rows.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		var bad *sheet.LineError
		if errors.As(err, &bad) {
			mu.Lock()
			report.Refusals = append(report.Refusals, Refusal{bad.Line, bad.Column, bad.Reason})
			mu.Unlock()
			continue
		}
		if err != nil {
			return report, errors.Join(err, g.Wait())
		}
		said(rows.Progress())
		g.Go(func() error {
			r, err := m.row(taking, row)
			mu.Lock()
			defer mu.Unlock()
			return report.add(row.Line, r, err)
		})
	}
	// Somebody may have stopped it between two rows, when none could tell.
	err := errors.Join(g.Wait(), ctx.Err())
	sort.Slice(report.Refusals, func(i, j int) bool { return report.Refusals[i].Line < report.Refusals[j].Line })
	return report, err
}

// add counts one row; an error that is not for people ends the import.
func (r *Report) add(line int, receipt intake.Receipt, err error) error {
	var e *letter.Error
	switch {
	case errors.As(err, &e) && letter.IsRefused(err):
		r.Refusals = append(r.Refusals, refusals(line, e)...)
	case err != nil:
		return fmt.Errorf("line %d: %w", line, err)
	case receipt.Repeated:
		r.Already++
	default:
		r.Taken++
		switch receipt.Placement.Queue {
		case letter.DutyQueue, letter.DisciplineQueue:
			r.Sealed++
		case letter.DispatchQueue:
			r.Asked++
		}
	}
	return nil
}

func refusals(line int, e *letter.Error) []Refusal {
	if len(e.Fields) == 0 {
		return []Refusal{{line, "", e.Error()}}
	}
	var list []Refusal
	for field, reason := range e.Fields {
		list = append(list, Refusal{line, field, reason})
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Field < list[j].Field })
	return list
}

func (m *Import) row(ctx context.Context, row sheet.Row) (intake.Receipt, error) {
	past, err := m.past(row)
	if err != nil {
		return intake.Receipt{}, err
	}
	if m.Published {
		return m.Intake.ImportPublished(ctx, past)
	}
	return m.Intake.Import(ctx, past)
}

// past reads the fields of contracts.md, Import fields, in English or Chinese.
func (m *Import) past(row sheet.Row) (intake.Past, error) {
	get := func(field string) string { return cell(row.Cells, field) }
	p := intake.Past{
		Draft: letter.Draft{
			Channel: m.Channel, Title: get("title"), Body: get("body"), Name: get("name"), Phone: get("phone"),
			Place: get("place"), Source: m.Source, SourceID: get("source_id"),
		},
		Reply: get("reply"), Department: get("department"),
	}
	if p.Draft.SourceID == "" {
		p.Draft.SourceID = m.lineKey(row.Cells)
	}
	if user := get("user"); user != "" {
		// Never what a phone number or openid becomes: nobody finds another's letters by writing his mark into a file.
		p.Sender = m.Intake.Vault.SenderKey("import:" + user)
	}
	kind, err := kindOf(get("kind"))
	if err != nil {
		return p, err
	}
	p.Draft.Kind = kind
	if p.Draft.Received, err = m.moment("time", get("time")); err != nil {
		return p, err
	}
	p.ReplyTime, err = m.moment("reply_time", get("reply_time"))
	return p, err
}

// spellings are the column names under which a field is found.
var spellings = map[string][]string{
	"title": {"title", "标题", "主题", "留言主题"}, "body": {"body", "正文", "内容", "留言详情"}, "kind": {"kind", "类型"},
	"user": {"user", "用户", "留言用户"}, "name": {"name", "姓名"}, "phone": {"phone", "电话"}, "place": {"place", "地点", "地址"}, "time": {"time", "时间", "留言时间"},
	"source_id": {"source_id", "id", "编号", "留言编号"}, "reply": {"reply", "答复", "答复意见"},
	"reply_time": {"reply_time", "答复时间"}, "department": {"department", "单位", "承办单位"},
}

func cell(cells map[string]string, field string) string {
	for _, name := range spellings[field] {
		if v := strings.TrimSpace(cells[name]); v != "" {
			return v
		}
	}
	return ""
}

func kindOf(written string) (letter.Kind, error) {
	if written == "" || letter.Kind(written).Known() {
		return letter.Kind(written), nil
	}
	for _, k := range letter.Kinds {
		if written == k.Word() {
			return k, nil
		}
	}
	return "", letter.Invalid("没有这种类型。", map[string]string{"kind": fmt.Sprintf("没有“%s”这种类型。", written)})
}

// layouts are the ways in which times are written; those without a zone are the city's.
var layouts = []string{
	"2006-1-2 15:04:05", "2006/1/2 15:04:05", "2006-1-2 15:04", "2006/1/2 15:04", "2006-1-2", "2006/1/2",
	"2006年1月2日 15:04:05", "2006年1月2日 15:04", "2006年1月2日", "2006-01-02T15:04:05",
}

func (m *Import) moment(field, written string) (time.Time, error) {
	if written == "" {
		return time.Time{}, nil
	}
	if t, err := time.Parse(time.RFC3339, written); err == nil {
		return t, nil
	}
	for _, layout := range layouts {
		if t, err := time.ParseInLocation(layout, written, m.Zone); err == nil {
			return t, nil
		}
	}
	return time.Time{}, letter.Invalid("时间写法不对。", map[string]string{field: fmt.Sprintf("看不懂时间“%s”，应写作 2026-11-23 09:30:00。", written)})
}

// lineKey is the key of a row without an id: what stands in it, hashed under the
// city's key, because it is shown beside published letters and a plain hash would
// let phone numbers be guessed.
func (m *Import) lineKey(cells map[string]string) string {
	names := make([]string, 0, len(cells))
	for name := range cells {
		names = append(names, name)
	}
	sort.Strings(names)
	var line strings.Builder
	for _, name := range names {
		fmt.Fprintf(&line, "%d:%s%d:%s", len(name), name, len(cells[name]), cells[name])
	}
	return "line:" + m.Intake.Vault.Sign("import line", line.String())[:32]
}
