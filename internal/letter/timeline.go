package letter

import "time"

// Entry is one line of the timeline as the sender may see it.
type Entry struct {
	Seq  int
	Step Step
	At   time.Time
	By   string    // "sender", a unit's id, or "" for the office that receives letters
	Unit string    // unit the step names, otherwise empty
	Text string    // what was written to the sender or by him
	Due  time.Time // that holds from this step on, where it set one
	Was  time.Time // that the sender was told before, where other rules moved it
}

// Timeline lists the steps that the sender may see, oldest first. Names of
// members, notes and reasons meant for the desk are never in it; nor is any unit
// while the letter is guarded, because the sender's page may be read over his
// shoulder.
func (l *Letter) Timeline() ([]Entry, error) {
	var list []Entry
	lead := "" // unit that owes the answer, unless its name is kept off the page
	for _, e := range l.Events {
		row, _ := Row(e.Step)
		if !row.Shown {
			continue
		}
		pub, err := e.PublicFacts()
		if err != nil {
			return nil, err
		}
		was, told := toldSender(pub.Moves)
		if e.Step == Redating && told.IsZero() {
			continue // a limit within the house moved, or the date told stays
		}
		entry := Entry{Seq: e.Seq, Step: e.Step, At: e.At, By: e.Actor.Unit}
		if pub.Guard == "" {
			entry.Unit = pub.Unit
		}
		if e.Step == Assignment || e.Step == Transfer {
			lead = entry.Unit
		}
		if e.Step == Approval {
			entry.By = lead // a reviewer signs, but it is the unit that answers
		}
		if l.Guard != "" {
			entry.By, entry.Unit = "", ""
		}
		if e.Actor.Party == BySender {
			entry.By = "sender"
		}
		if pub.Until > 0 && e.Step == ExtensionApproval {
			entry.Due = time.UnixMilli(pub.Until)
		}
		if !told.IsZero() {
			entry.Was, entry.Due = was, told
		}
		if row.TextShown {
			priv, err := e.PrivateFacts()
			if err != nil {
				return nil, err
			}
			entry.Text = priv.Text
		}
		list = append(list, entry)
	}
	return list, nil
}
