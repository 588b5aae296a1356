package letter

// State is where a letter stands; the slugs are those of product.md.
type State string

// The states. Same and Back stand only in the transition table.
const (
	None           State = ""
	Received       State = "received"
	Assigned       State = "assigned"
	Handling       State = "handling"
	InReview       State = "in-review"
	AwaitingSender State = "awaiting-sender"
	Returned       State = "returned"
	Answered       State = "answered"
	Closed         State = "closed"
	Refused        State = "refused"
	Withdrawn      State = "withdrawn"

	Same State = "=" // the step leaves the state as it is
	Back State = "<" // the step returns to the state before awaiting-sender
)

// States lists every state a letter can be in.
var States = []State{Received, Assigned, Handling, InReview, AwaitingSender, Returned, Answered, Closed, Refused, Withdrawn}

// OpenStates are the states in which somebody still owes the sender something.
var OpenStates = []State{Received, Assigned, Handling, InReview, AwaitingSender, Returned}

var stateWords = map[State]string{
	Received: "已收到", Assigned: "待签收", Handling: "办理中", InReview: "审核中", AwaitingSender: "待您补充",
	Returned: "退单待裁定", Answered: "已答复", Closed: "已办结", Refused: "不予受理", Withdrawn: "已撤回",
}

// Word is the Chinese word pages show.
func (s State) Word() string { return stateWords[s] }

// Open says whether the sender is still owed something.
func (s State) Open() bool {
	for _, o := range OpenStates {
		if s == o {
			return true
		}
	}
	return false
}

// SettledStates are those in which a letter has found its unit: the unit took it on, and it was neither returned,
// refused nor withdrawn.
var SettledStates = []State{Handling, InReview, Answered, Closed}
