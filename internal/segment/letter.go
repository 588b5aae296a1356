package segment

// Border stands between the words of a title and those of its body in what Letter gives.
const Border = "\n"

// Letter cuts a letter for routing: the words of the title, Border, the words of the body, templates stripped from both.
// Unlike Words it keeps the marks ？ ！ ， and 。 (as ? ! , and .), because a question is known by its mark.
func (s *Segmenter) Letter(title, body string) []string {
	words := s.marked(StripTemplates(title))
	words = append(words, Border)
	return append(words, s.marked(StripTemplates(body))...)
}

func (s *Segmenter) marked(text string) []string {
	line := glyphsOf(text)
	runs := line.runs()
	words := make([]string, 0, len(line)*2/3+1)
	after := 0
	s.eachRun(line, runs, s.cutKnownAndNew, func(run span, pieces []string) {
		words = append(line.marks(words, after, run.from), pieces...)
		after = run.to
	})
	return line.marks(words, after, len(line))
}

// marks appends the marks between two runs, one of a kind.
func (g glyphs) marks(words []string, from, to int) []string {
	var seen [5]bool
	for _, one := range g[from:to] {
		kind, mark := markOf(one.r)
		if kind > 0 && !seen[kind] {
			seen[kind] = true
			words = append(words, mark)
		}
	}
	return words
}

func markOf(r rune) (kind int, mark string) {
	switch r {
	case '?', '？':
		return 1, "?"
	case '!', '！':
		return 2, "!"
	case ',', '，':
		return 3, ","
	case '。', ';', '；', '\n':
		return 4, "."
	}
	return 0, ""
}
