package eval

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"huiyin/internal/letter"
	"huiyin/search"
)

// Classes makes the task of a text file: a line "# name" begins a class, "question = number …" asks in it, any one of
// the letters being right; "-" as number: nothing may be found. What stands before the first class has none. The letters
// lie in another file: number and source id, title, letter and reply on a line each, "#" and empty lines between. Beside
// it, synonyms.txt may have the synonyms they are asked with, a group a line.
func Classes(path, letters string) (Task, error) {
	task := Task{Name: "classes"}
	var err error
	if task.Documents, err = ownLetters(letters); err != nil {
		return task, err
	}
	if task.Synonyms, err = synonyms(filepath.Join(filepath.Dir(letters), "synonyms.txt")); err != nil {
		return task, err
	}
	lines, err := textLines(path)
	if err != nil {
		return task, err
	}
	class := ""
	for _, line := range lines {
		if name, ok := strings.CutPrefix(line, "#"); ok {
			class = strings.TrimSpace(name)
			continue
		}
		text, numbers, ok := strings.Cut(line, "=")
		if !ok {
			continue
		}
		if !slices.Contains(task.Classes, class) {
			task.Classes = append(task.Classes, class)
		}
		answers := strings.Fields(strings.TrimLeft(numbers, "~?"))
		if slices.Equal(answers, []string{"-"}) {
			answers = nil
		}
		task.Questions = append(task.Questions, Question{Text: strings.TrimSpace(text), Class: class, Answers: answers})
	}
	if len(task.Questions) == 0 {
		return task, letter.Refuse("文件 %s 里没有“问题 = 编号”的行。", path)
	}
	return task, nil
}

func ownLetters(path string) ([]search.Document, error) {
	lines, err := textLines(path)
	if err != nil {
		return nil, err
	}
	lines = slices.DeleteFunc(lines, func(line string) bool { return line == "" || strings.HasPrefix(line, "#") })
	var all []search.Document
	for four := range slices.Chunk(lines, 4) {
		if len(four) == 4 {
			number, source, _ := strings.Cut(four[0], " ")
			all = append(all, search.Document{Number: number, SourceID: source, Title: four[1], Body: four[2], Reply: four[3]})
		}
	}
	return all, nil
}

func synonyms(path string) ([][]string, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	lines, err := textLines(path)
	var all [][]string
	for _, line := range lines {
		if group := strings.Fields(line); len(group) > 1 && group[0] != "#" {
			all = append(all, group)
		}
	}
	return all, err
}

func textLines(path string) ([]string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, letter.Refuse("打不开文件 %s。", path).Because(err)
	}
	lines := strings.Split(string(data), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimSpace(line)
	}
	return lines, nil
}
