package segment

import "unicode/utf8"

// Runs gives the runs of letters and digits in a text and the runs of Han characters, each whole, as it is compared:
// Traditional as Simplified, small letters, narrow.
func Runs(text string) []Token {
	line := glyphsOf(text)
	var all []Token
	for _, run := range line.runs() {
		all = append(all, line.token(line.text(run), run.from, run.to))
	}
	return all
}

// Pieces cuts a text as Query does, but keeps every piece, with its place in the text.
func (s *Segmenter) Pieces(text string) []Token {
	line := glyphsOf(text)
	var all []Token
	s.eachRun(line, line.runs(), s.cutKnown, func(run span, pieces []string) {
		from := run.from
		for _, piece := range pieces {
			to := min(from+utf8.RuneCountInString(piece), run.to)
			if from < to {
				all = append(all, line.token(piece, from, to))
			}
			from = to
		}
	})
	return all
}
