package letter

import "time"

// ExtensionAsk is what was asked for when a unit asked for more time last.
type ExtensionAsk struct {
	By     Actor
	At     time.Time
	Until  time.Time // the due moment asked for
	Reason string    // code
	Text   string    // written for who decides, never for the sender
}

// WaitingExtension is the request that nobody has decided yet; false when none waits.
func (l *Letter) WaitingExtension() (ExtensionAsk, bool) {
	if !l.ExtensionAsked {
		return ExtensionAsk{}, false
	}
	for i := len(l.Events) - 1; i >= 0; i-- {
		e := l.Events[i]
		if e.Step != ExtensionRequest {
			continue
		}
		public, err := e.PublicFacts()
		if err != nil {
			return ExtensionAsk{}, false
		}
		private, _ := e.PrivateFacts() // erased with the person; code and moment stay
		return ExtensionAsk{By: e.Actor, At: e.At, Until: time.UnixMilli(public.Until), Reason: public.Reason, Text: private.Text}, true
	}
	return ExtensionAsk{}, false
}

// Taken says whether the step was ever taken on the letter.
func (l *Letter) Taken(step Step) bool {
	for i := range l.Events {
		if l.Events[i].Step == step {
			return true
		}
	}
	return false
}
