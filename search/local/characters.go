package local

import (
	"slices"

	"huiyin/internal/segment"
)

// maxChars bounds the characters of a long text that are looked for: the rarest.
const maxChars = 48

// charsOf are the Han characters of a text, each once.
func (v *view) charsOf(tokens []segment.Token) ([]string, error) {
	var all []string
	for _, token := range tokens {
		if single(token.Term) && !slices.Contains(all, token.Term) {
			all = append(all, token.Term)
		}
	}
	if len(all) <= maxChars {
		return all, nil
	}
	return v.rarest(all, maxChars)
}

// spell lifts the letters gathered by every character of the question that they hold, whatever words it is part of: 物业费
// and 物业管理费, 学位 and 入学 share what no word or pair of neighbours shows. Characters stand in so many letters that
// only the best are worth asking, and they are asked for nothing but whether they hold it. Nothing may be kept after it: the
// heap is no longer one.
func (g *gathering) spell() error {
	for _, char := range g.asked.chars {
		letters, err := g.view.frequency(textField, char)
		if err != nil {
			return err
		}
		if err := g.spellOne(char, g.view.idf(letters)); err != nil {
			return err
		}
	}
	return nil
}

func (g *gathering) spellOne(char string, worth float64) error {
	for at, p := range g.view.parts {
		l, err := p.list(textField, char)
		if err != nil {
			return err
		}
		if l.letters == nil {
			continue
		}
		for i := range g.best.places {
			if one := &g.best.places[i]; one.part == at && l.letters.Contains(one.letter) {
				one.key += worth * g.view.mild(p.column, one.letter)
			}
		}
	}
	return nil
}
