package portal

import (
	"strings"

	"huiyin/search"
)

// understood is what the search made of the words typed, so that nobody wonders why these letters are shown.
type understood struct {
	Corrected verbatim    // searched for instead
	Means     []otherText // may have been meant
	Read      []reading
}

// otherText is a text to search for instead.
type otherText struct{ Text, Address string }

// reading is pinyin and the words it was searched for as; choosing one searches for that alone.
type reading struct {
	Typed verbatim
	Words []otherText
}

func understand(f searchForm, r search.Result) understood {
	u := understood{Corrected: verbatim(r.Corrected)}
	for _, text := range r.MayMean {
		u.Means = append(u.Means, otherText{text, f.asking(text)})
	}
	text := f.Text
	if r.Corrected != "" {
		text = r.Corrected
	}
	for _, one := range r.Read {
		read := reading{Typed: verbatim(one.Typed)}
		for _, word := range one.Words {
			read.Words = append(read.Words, otherText{word, f.asking(replaced(text, one.Typed, word))})
		}
		u.Read = append(u.Read, read)
	}
	return u
}

// replaced is the text with a word where the pinyin stood; where that is written in another way, the word alone.
func replaced(text, typed, word string) string {
	at := strings.Index(text, typed)
	if at < 0 {
		return word
	}
	return text[:at] + word + text[at+len(typed):]
}
