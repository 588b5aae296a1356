package training

import "huiyin/internal/letter"

// startedAt is the receipt of the letter with which a topic started: the first by which enough letters of enough
// different people lay within the days. One person writing forty times is one person, and so are all who are unknown
// together, because nobody can tell them apart. letters are in the order of their receipt.
func startedAt(letters []letter.Reported, rules letter.TopicRules) (at letter.Reported, started bool) {
	first := 0
	for i, l := range letters {
		for l.Received.Sub(letters[first].Received).Hours() > float64(24*rules.Days) {
			first++
		}
		people := map[string]bool{}
		for _, x := range letters[first : i+1] {
			people[x.Sender] = true
		}
		if i+1-first >= rules.Letters && len(people) >= rules.People {
			return l, true
		}
	}
	return letter.Reported{}, false
}
