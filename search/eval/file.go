// Package eval measures how well an index answers questions whose right letters are known.
package eval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"huiyin/internal/letter"
	"huiyin/search"
)

// Task is questions over one set of letters.
type Task struct {
	Name      string
	Documents []search.Document
	Questions []Question
	// Classes are the names of the questions' classes in the order of the file; empty: they have none.
	Classes []string
	// Synonyms are groups of words that mean the same, for an index to Use.
	Synonyms [][]string
}

// Question is one question and the numbers of the letters that answer it; none: nothing may be found.
type Question struct {
	Text    string
	Class   string
	Answers []string
}

// line is what we read of a line of a file of letters, or of questions and answers.
type line struct {
	Title    string `json:"title"`
	Body     string `json:"body"`
	Reply    string `json:"reply"`
	Question string `json:"question"`
	Answer   string `json:"answer"`
}

// maxLine is the longest line read, in bytes.
const maxLine = 10 << 20

func readLines(path string) ([]line, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, letter.Refuse("打不开文件 %s。", path).Because(err)
	}
	defer file.Close()
	var all []line
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, maxLine)
	for n := 1; lines.Scan(); n++ {
		var one line
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			return nil, letter.Refuse("文件 %s 第 %d 行不是 JSON。", path, n).Because(err)
		}
		all = append(all, one)
	}
	if err := lines.Err(); err != nil {
		return nil, letter.Refuse("读不完文件 %s。", path).Because(err)
	}
	return all, nil
}

// Letters makes the tasks of a file of JSON Lines. Letters with title, body and reply are asked for by their titles,
// once by what was written and once by what was answered, the title known to neither; questions with their answers as
// they are. Lines without both sides are left out. Others are the letters beside that nobody asks for.
func Letters(path string, others []search.Document) ([]Task, error) {
	lines, err := readLines(path)
	if err != nil {
		return nil, err
	}
	tasks := []*Task{{Name: "title-body", Documents: others}, {Name: "title-reply", Documents: repliesOf(others)}, {Name: "question-answer", Documents: others}}
	for _, one := range lines {
		tasks[0].add(one.Title, search.Document{Body: one.Body})
		tasks[1].add(one.Title, search.Document{Reply: one.Reply})
		tasks[2].add(one.Question, search.Document{Body: one.Answer})
	}
	var out []Task
	for _, task := range tasks {
		if len(task.Questions) > 0 {
			out = append(out, *task)
		}
	}
	if len(out) == 0 {
		return nil, letter.Refuse("文件 %s 里没有可以测量的内容：需要 title 与 body 或 reply，或者 question 与 answer。", path)
	}
	return out, nil
}

func repliesOf(all []search.Document) []search.Document {
	var out []search.Document
	for _, d := range all {
		if d.Reply != "" {
			out = append(out, search.Document{Number: d.Number, Reply: d.Reply})
		}
	}
	return out
}

// firstNumber is that of the first letter asked for; those of others are below.
const firstNumber = 1_000_000

func (t *Task) add(question string, d search.Document) {
	if question == "" || d.Body == "" && d.Reply == "" {
		return
	}
	d.Number = fmt.Sprint(firstNumber + len(t.Questions))
	t.Documents = append(t.Documents, d)
	t.Questions = append(t.Questions, Question{Text: question, Answers: []string{d.Number}})
}

// Others reads letters to stand beside those asked for, without the ones whose body is among them; most 0 is no bound.
func Others(path, asked string, most int) ([]search.Document, error) {
	lines, err := readLines(path)
	if err != nil {
		return nil, err
	}
	own, err := readLines(asked)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{"": true}
	for _, one := range own {
		seen[one.Body], seen[one.Answer] = true, true
	}
	var all []search.Document
	for _, one := range lines {
		body := one.Body + one.Answer
		if seen[body] || most > 0 && len(all) == most {
			continue
		}
		seen[body] = true
		all = append(all, search.Document{Number: fmt.Sprint(1 + len(all)), Body: body, Reply: one.Reply})
	}
	return all, nil
}
