package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"huiyin/internal/letter"
	"huiyin/internal/segment"
	"huiyin/internal/sheet"
	"huiyin/routing"
	"huiyin/routing/training"
)

// labelledFile is a file of letters with what people decided, ready to learn from or to be tried on.
type labelledFile struct {
	drafts   []letter.Draft
	examples []training.Example
	skipped  int // lines without a label or without text
}

// reading says which columns of a file hold text and label.
type reading struct {
	label  string
	text   []string
	target routing.Target
}

// columnsOf reads the flags --label and --text.
func columnsOf(c *cobra.Command) (reading, error) {
	label, err := c.Flags().GetString("label")
	if err != nil {
		return reading{}, err
	}
	text, err := c.Flags().GetString("text")
	if err != nil {
		return reading{}, err
	}
	if label == "" || strings.TrimSpace(text) == "" {
		return reading{}, &usageError{errors.New("--label 和 --text 不能为空")}
	}
	return reading{label: label, text: strings.Split(text, ","), target: routing.Target(label)}, nil
}

func columnFlags(c *cobra.Command) {
	c.Flags().String("label", string(routing.TellsUnit), "标签所在的列")
	c.Flags().String("text", "title,body", "正文所在的列；写两列以上时，第一列是标题")
}

// readLetters reads and cuts a labelled file. A column that no line has is an error; single lines without text or label
// are counted and left out.
func readLetters(path string, a reading, cut *segment.Segmenter) (labelledFile, error) {
	var f labelledFile
	rows, err := sheet.Open(path)
	if err != nil {
		return f, err
	}
	defer rows.Close()
	seen := map[string]bool{}
	for {
		row, err := rows.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		var bad *sheet.LineError
		if errors.As(err, &bad) {
			f.skipped++
			continue
		}
		if err != nil {
			return f, err
		}
		for name := range row.Cells {
			seen[name] = true
		}
		f.take(row.Cells, a, cut)
	}
	return f, f.complain(path, a, seen)
}

func (f *labelledFile) take(cells map[string]string, a reading, cut *segment.Segmenter) {
	label := strings.TrimSpace(cells[a.label])
	d := letter.Draft{Channel: letter.Web}
	var body []string
	for i, column := range a.text {
		text := strings.TrimSpace(cells[strings.TrimSpace(column)])
		if i == 0 && len(a.text) > 1 {
			d.Title = text
		} else if text != "" {
			body = append(body, text)
		}
	}
	d.Body = strings.Join(body, "\n")
	if label == "" || d.Title+d.Body == "" {
		f.skipped++
		return
	}
	f.drafts = append(f.drafts, d)
	f.examples = append(f.examples, training.Example{Draft: d, Words: cut.Letter(d.Title, d.Body), Labels: map[routing.Target]string{a.target: label}})
}

func (f *labelledFile) complain(path string, a reading, seen map[string]bool) error {
	if len(f.examples) > 0 {
		return nil
	}
	if len(seen) == 0 {
		return letter.Refuse("%s 里没有能读的行。", path)
	}
	has := func(column string) bool { return seen[strings.TrimSpace(column)] }
	switch {
	case !has(a.label):
		return letter.Refuse("%s 没有“%s”这一列。有的列：%s。用 --label 指明标签。", path, a.label, joinKeys(seen))
	case !slices.ContainsFunc(a.text, has):
		return letter.Refuse("%s 没有“%s”这些列。有的列：%s。用 --text 指明正文。", path, strings.Join(a.text, "、"), joinKeys(seen))
	}
	return letter.Refuse("%s 里没有既有标签又有正文的行（共略过 %d 行）。", path, f.skipped)
}

// told says what was read, on standard error.
func (f *labelledFile) told(c *cobra.Command) {
	if f.skipped > 0 {
		fmt.Fprintf(c.ErrOrStderr(), "略过没有标签、没有正文或读不懂的 %d 行。\n", f.skipped)
	}
}
