package letter

import (
	"strings"
	"testing"
)

func kept(l *Letter) Kept {
	return Kept{Count: len(l.Events), Head: l.Head(), State: l.State, Unit: l.Unit, Guard: l.Guard, PublishedAt: l.PublishedAt}
}

// Each kind of tampering is named with the event it touched (contracts.md, hash chain).
func TestVerifyNamesWhatWasTamperedWith(t *testing.T) {
	cases := []struct {
		name   string
		tamper func(*Letter)
		seq    int
		says   string
	}{
		{"nothing", func(l *Letter) {}, -1, ""},
		{"one byte of a public payload", func(l *Letter) { l.Events[1].Public[3] ^= 1 }, 2, "changed"},
		{"one byte of a private payload", func(l *Letter) { l.Events[3].Private[9] ^= 1 }, 4, "private"},
		{"the actor", func(l *Letter) { l.Events[2].Actor.Member = "other" }, 3, "changed"},
		{"the moment", func(l *Letter) { l.Events[2].At = at(7) }, 3, "changed"},
		{"an event in the middle removed", func(l *Letter) { l.Events = append(l.Events[:2], l.Events[3:]...) }, 3, "missing"},
		{"the last event removed", func(l *Letter) { l.Events = l.Events[:5] }, 6, "missing"},
		{"all events removed", func(l *Letter) { l.Events = nil }, 1, "missing"},
		{"two swapped", func(l *Letter) { l.Events[3], l.Events[4] = l.Events[4], l.Events[3] }, 4, "out of order"},
		{"two swapped and renumbered", func(l *Letter) {
			l.Events[3], l.Events[4] = l.Events[4], l.Events[3]
			l.Events[3].Seq, l.Events[4].Seq = 4, 5
		}, 4, "follow"},
		{"the body", func(l *Letter) { l.Body += "!" }, 0, "text"},
		{"the answer", func(l *Letter) { l.Reply.Text += "!" }, 0, "answer"},
		{"the report", func(l *Letter) { l.Reply.Note = "" }, 0, "answer"},
		{"the published text", func(l *Letter) { l.Open.Reply += "!" }, 0, "published"},
		{"the key erased", func(l *Letter) {
			l.Key = nil
			for i := range l.Events {
				l.Events[i].Private = nil
			}
		}, -1, ""},
	}
	for _, c := range cases {
		l := answered(t)
		row := kept(l)
		c.tamper(l)
		faults := l.Verify(row)
		if c.seq == -1 {
			if len(faults) != 0 {
				t.Errorf("%s: %v", c.name, faults)
			}
			continue
		}
		if len(faults) != 1 || faults[0].Seq != c.seq || !strings.Contains(faults[0].What, c.says) {
			t.Errorf("%s: %v, want event %d and %q", c.name, faults, c.seq, c.says)
		}
	}
}

func TestVerifySeesARowThatItsEventsDoNotGive(t *testing.T) {
	l := answered(t)
	row := kept(l)
	row.State = Closed
	if f := l.Verify(row); len(f) != 1 || !strings.Contains(f[0].What, "state") {
		t.Fatal(f)
	}
}
