// Package routing decides which unit a letter belongs to and says why. It is
// pure: the rules of the city, the cut words and earlier letters come in as
// arguments, nothing is read or written.
package routing

import "huiyin/internal/letter"

// Local stands in a rule or category for "the street office or town of the
// place": 属地. The units meant are those whose places the letter names.
const Local = "local"

// Grassroots is the kind of a unit that serves one part of the city.
const Grassroots = "grassroots"

// Config is the routing part of the city's rules, as rows or a city pack hold
// it. Points and shares are explained at New and Decide.
type Config struct {
	Version string `yaml:"version" json:"version"` // stored with every placement

	Units      []Unit              `yaml:"units,omitempty" json:"units"`
	Categories []Category          `yaml:"categories,omitempty" json:"categories"`
	Rules      []Rule              `yaml:"rules" json:"rules"`
	Local      Vocabulary          `yaml:"local" json:"local"` // words of street and town matters
	Kinds      []KindCues          `yaml:"kinds" json:"kinds"` // earlier ones win a tie
	Urgency    []UrgencyRule       `yaml:"urgency" json:"urgency"`
	Flags      []FlagRule          `yaml:"flags" json:"flags"`       // earlier ones win
	Cautions   []Caution           `yaml:"cautions" json:"cautions"` // when a person looks first although the unit seems clear
	Leaders    []Leader            `yaml:"leaders,omitempty" json:"leaders"`
	Lists      map[string][]string `yaml:"lists" json:"lists"` // named word lists, written @name in a pattern

	DisciplineUnit   string `yaml:"discipline_unit" json:"discipline_unit"`     // receives accusations
	DisciplineMember string `yaml:"discipline_member" json:"discipline_member"` // login of the member above it

	Topics letter.TopicRules `yaml:"topics,omitempty" json:"topics"` // when a topic has started; what is 0 is as usual

	Threshold float64 `yaml:"threshold" json:"threshold"` // least share of the first unit, 0 to 1
	Margin    float64 `yaml:"margin" json:"margin"`       // least lead in share over the second
	Minimum   float64 `yaml:"minimum" json:"minimum"`     // least points of the first
	Certain   float64 `yaml:"certain" json:"certain"`     // least probability of the first unit where a model takes part; 0: 0.85

	// AtMostWrong is the share of letters sent without a person that may go wrong, as chosen by the city: threshold and
	// certainty then come from its own history. 0: as above.
	AtMostWrong float64 `yaml:"at_most_wrong,omitempty" json:"at_most_wrong,omitempty"`
}

// Vocabulary is a set of words by how much they say.
type Vocabulary struct {
	Keywords []string `yaml:"keywords" json:"keywords"`
	Weak     []string `yaml:"weak" json:"weak"`
	Negative []string `yaml:"negative" json:"negative"`
}

// Unit is a department, a part of one, a utility or a street office.
type Unit struct {
	ID      string   `yaml:"id" json:"id"`
	Name    string   `yaml:"name" json:"name"`
	Short   string   `yaml:"short" json:"short"`
	NameEn  string   `yaml:"name_en" json:"name_en"`
	Aliases []string `yaml:"aliases" json:"aliases"` // what residents call it
	Parent  string   `yaml:"parent" json:"parent"`
	Kind    string   `yaml:"kind" json:"kind"` // department, utility, mass_org, discipline, grassroots
	Duties  string   `yaml:"duties" json:"duties"`
	Places  []string `yaml:"places" json:"places"` // streets, communities and villages it serves
	Source  string   `yaml:"source" json:"source"` // where its duties are laid down

	Vocabulary `yaml:",inline"`
}

// Category is a place in the tree of contents: two digits, or four for a child.
type Category struct {
	Code     string     `yaml:"code" json:"code"`
	Name     string     `yaml:"name" json:"name"`
	NameEn   string     `yaml:"name_en" json:"name_en"`
	Units    []string   `yaml:"units" json:"units"` // usually responsible, the first most
	Children []Category `yaml:"children" json:"children,omitempty"`
	// ByHand keeps a category to people: whether a letter belongs there is a legal judgement, so no rule may name
	// it and nothing is learned from its letters, which a law sends to units of its own choosing.
	ByHand bool `yaml:"by_hand" json:"by_hand,omitempty"`

	Vocabulary `yaml:",inline"`
}

// Pattern says which words must stand together. A word written @name stands for
// the list of that name, @units for all names and aliases of units.
type Pattern struct {
	Any     []string `yaml:"any" json:"any"`         // one of these
	With    []string `yaml:"with" json:"with"`       // and one of these on either side; with Then: in the sentence
	Then    []string `yaml:"then" json:"then"`       // and one of these after it
	Near    int      `yaml:"near" json:"near"`       // characters between them at most; 0: the same sentence
	Unless  []string `yaml:"unless" json:"unless"`   // not when one of these stands in the same sentence
	Before  []string `yaml:"before" json:"before"`   // not when one of these stands just before the first
	Between []string `yaml:"between" json:"between"` // not when one of these stands between them
	By      []string `yaml:"by" json:"by"`           // whose deed it is: of By and NotBy, the nearest before the first word is one of By
	NotBy   []string `yaml:"not_by" json:"not_by"`   // others whose deed it may be
	Cues    []Cue    `yaml:"cues" json:"cues"`       // instead of Any: what together speaks against By
	Least   float64  `yaml:"least" json:"least"`     // points that the cues of one doer must reach
}

// Cue is a kind of word that alone says little. Several kinds together, said of
// one doer, add up. A kind with points below zero speaks for him, one with none
// hides the words inside it: 好处理 is no 好处.
type Cue struct {
	Points float64  `yaml:"points" json:"points"`
	Words  []string `yaml:"words" json:"words"`
}

// Rule sends a topic in its context to a unit: what one word alone leaves open.
type Rule struct {
	ID       string   `yaml:"id" json:"id"`
	Pattern  Pattern  `yaml:",inline" json:"pattern"`
	To       []string `yaml:"to" json:"to"` // the first most
	Category string   `yaml:"category" json:"category"`
	Points   float64  `yaml:"points" json:"points"` // 0: the usual
	Note     string   `yaml:"note" json:"note"`
	Source   string   `yaml:"source" json:"source"`
}

// KindCues are the words by which senders show what they want.
type KindCues struct {
	Kind       letter.Kind `yaml:"kind" json:"kind"`
	Vocabulary `yaml:",inline"`
}

// UrgencyRule raises a letter to a shorter policy.
type UrgencyRule struct {
	ID      string         `yaml:"id" json:"id"`
	Urgency letter.Urgency `yaml:"urgency" json:"urgency"`
	Pattern Pattern        `yaml:",inline" json:"pattern"`
	Copy    bool           `yaml:"copy" json:"copy"` // the dispatcher sees a copy
	Note    string         `yaml:"note" json:"note"`
}

// FlagRule marks a letter that needs more care.
type FlagRule struct {
	ID      string      `yaml:"id" json:"id"`
	Flag    letter.Flag `yaml:"flag" json:"flag"`
	Pattern Pattern     `yaml:",inline" json:"pattern"`
	Unit    string      `yaml:"unit" json:"unit"` // the track the letter is moved to; of an accusation: whom it accuses without naming it
	Note    string      `yaml:"note" json:"note"` // what the desk should know
}

// Caution keeps a letter from being sent automatically: it may accuse the very
// unit it would go to, but not clearly enough to be sealed.
type Caution struct {
	ID      string  `yaml:"id" json:"id"`
	Pattern Pattern `yaml:",inline" json:"pattern"`
	Note    string  `yaml:"note" json:"note"` // what the dispatcher should look for
}

// Leader is someone residents can write to. Letters to a leader go to the
// responsible unit; the office sees them.
type Leader struct {
	ID      string `yaml:"id" json:"id"`
	Title   string `yaml:"title" json:"title"`
	TitleEn string `yaml:"title_en" json:"title_en"`
	Office  string `yaml:"office" json:"office"` // id of the unit that sees the letters
	Duties  string `yaml:"duties" json:"duties"`
}

// Precedent is an earlier letter about a like matter and the unit that answered
// it, found by the caller.
type Precedent struct {
	Number   string
	Unit     string
	Likeness float64 // 0 to 1
}
