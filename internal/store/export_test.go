package store

// What the tests of query plans need of the store's texts.
const DueRungsText = dueRungs

// UpdateText is the text that sets state, number of events and head of so many letters.
func (s *Store) UpdateText(rows int) string {
	columns := []int{0}
	for i, name := range letterColumns {
		if name == "state" || name == "event_count" || name == "head_hash" {
			columns = append(columns, i)
		}
	}
	return s.updateText(columns, rows)
}

// FinishText is the text that finishes so many deliveries.
func FinishText(rows int) string { return setDeliveriesText("done_at = $%d", rows) }
