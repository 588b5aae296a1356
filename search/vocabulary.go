package search

// Vocabulary is what a city knows about words and a dictionary does not. The zero Vocabulary is no knowledge.
type Vocabulary struct {
	// Words are cut as one word wherever they stand: place names, units, projects. They decide which terms an index
	// holds. Their order does not matter.
	Words []string
	// Synonyms are groups of words that mean the same: a letter that holds one of them holds each.
	Synonyms [][]string
	// Weak words stand in every title and tell no letters apart (咨询, 问题, 反映): they count little, and a letter
	// need not hold them to answer the whole question.
	Weak []string
}
