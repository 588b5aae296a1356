package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// batch is rows that are written together.
type batch struct {
	table   string
	columns []string
	instead string // what to do with a row that is there already; "" fails
	rows    int
	values  []any
}

func (b *batch) add(values ...any) {
	b.rows++
	b.values = append(b.values, values...)
}

// insert writes all rows with as few statements as may be.
func (b batch) insert(ctx context.Context, q querier) error {
	return inPortions(len(b.columns), b.values, func(rows int, values []any) error {
		if _, err := q.ExecContext(ctx, insertText(b.table, b.columns, rows)+b.instead, values...); err != nil {
			return fmt.Errorf("insert %s: %w", b.table, err)
		}
		return nil
	})
}

const (
	fewRows        = 16     // what a letter of its own needs is one statement
	mostParameters = 30_000 // SQLite takes 32,766 in a statement, PostgreSQL 65,535
)

// inPortions hands over the values of many rows, so many rows at a time: all of
// a few, and of many a power of two, because each number of rows is a text of its
// own to be prepared.
func inPortions(columns int, values []any, write func(rows int, values []any) error) error {
	for len(values) > 0 {
		rows := portion(len(values)/columns, mostParameters/columns)
		if err := write(rows, values[:rows*columns]); err != nil {
			return err
		}
		values = values[rows*columns:]
	}
	return nil
}

// among reads what there is of these numbers, so many at a time; these says of a column of numbers which.
func among[T any](numbers []string, read func(these string, args []any) ([]T, error)) ([]T, error) {
	values := make([]any, len(numbers))
	for i, n := range numbers {
		values[i] = n
	}
	var list []T
	err := inPortions(1, values, func(rows int, args []any) error {
		some, err := read("IN ("+placeholders(1, rows)+")", args)
		list = append(list, some...)
		return err
	})
	return list, err
}

func portion(rows, most int) int {
	if rows <= min(fewRows, most) {
		return rows
	}
	p := 1
	for 2*p <= min(rows, most) {
		p *= 2
	}
	return p
}

// insertTexts keeps the text of each INSERT once built.
var insertTexts sync.Map

type insertShape struct {
	table string
	rows  int
}

// insertText is the INSERT of so many rows at once; one statement costs far less
// than one per row.
func insertText(table string, columns []string, rows int) string {
	shape := insertShape{table, rows}
	if text, ok := insertTexts.Load(shape); ok {
		return text.(string)
	}
	text := "INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ") VALUES " + tuples(rows, len(columns))
	insertTexts.Store(shape, text)
	return text
}

// tuples is "($1, …), ($n, …)" for so many rows.
func tuples(rows, columns int) string {
	var b strings.Builder
	for r := range rows {
		if r > 0 {
			b.WriteString(", ")
		}
		b.WriteString("(" + placeholders(r*columns+1, columns) + ")")
	}
	return b.String()
}

// placeholders is "$first, …" for n values.
func placeholders(first, n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = "$" + strconv.Itoa(first+i)
	}
	return strings.Join(list, ", ")
}

// eachBatch hands all there is above after to take, in the order of numbers. It reads batchSize at a time, so that no long
// read holds up the writer, and stops at the first error of take.
func eachBatch[T any](after string, read func(after string) ([]T, error), number func(T) string, take func(T) error) error {
	for {
		list, err := read(after)
		if err != nil {
			return err
		}
		for _, one := range list {
			if err := take(one); err != nil {
				return err
			}
		}
		if len(list) < batchSize {
			return nil
		}
		after = number(list[len(list)-1])
	}
}
