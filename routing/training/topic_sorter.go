package training

import (
	"context"
	"fmt"
	"slices"
	"time"

	"huiyin/internal/letter"
)

// Sorter takes the letters that have no topic yet, a bounded number each round, and sorts them into topics. Nothing is
// held between two rounds, so that a restart, or another copy of the program, goes on where the last round ended.
type Sorter struct {
	Letters TopicStore
	Words   interface{ Words(text string) []string }
	Hide    func(string) string // leaves out what may identify a person
	Rules   func() letter.TopicRules
	Rest    func(context.Context) // taken between two rounds of many letters; nil: none
}

// TopicStore is what sorting needs of the store.
type TopicStore interface {
	// Unsorted are letters without a topic that everybody may read, longest received first.
	Unsorted(ctx context.Context, most int) ([]letter.Reported, error)
	// TopicTerms is the memory of all topics as the last round left it, nil before the first.
	TopicTerms(ctx context.Context) ([]byte, error)
	// TopicsFoundBy are, for each feature, the latest topics found by it whose last letter came since.
	TopicsFoundBy(ctx context.Context, features []uint32, since time.Time, mostPer int) ([]letter.Topic, error)
	// TopicLetters are the latest letters of a topic that everybody may read, in the order of their receipt.
	TopicLetters(ctx context.Context, topic string, most int) ([]letter.Reported, error)
	// KeepTopics keeps a round, all of it or nothing.
	KeepTopics(ctx context.Context, r letter.TopicRound) error
	// SealedInTopics are letters that are in a topic and kept from readers since, with the topics they are in.
	SealedInTopics(ctx context.Context, most int) (numbers []string, topics []letter.Topic, err error)
}

const (
	roundSize = 400 // letters of a round
	namedBy   = 200 // latest letters by which a topic is named and seen to start
)

// Done is what a run did.
type Done struct {
	Sorted    int
	Withdrawn int
	Started   []letter.Topic
}

// Run withdraws what was sealed and sorts until no letter waits; a run that ends early is continued by the next.
func (s *Sorter) Run(ctx context.Context) (done Done, err error) {
	for {
		n, err := s.Withdraw(ctx)
		if err != nil {
			return done, fmt.Errorf("withdraw sealed letters from topics: %w", err)
		}
		if done.Withdrawn += n; n < roundSize {
			break
		}
	}
	for {
		n, news, err := s.Round(ctx)
		if err != nil {
			return done, fmt.Errorf("sort letters into topics: %w", err)
		}
		done.Sorted += n
		done.Started = append(done.Started, news...)
		if n < roundSize {
			return done, nil
		}
		if s.Rest != nil {
			s.Rest(ctx)
		}
	}
}

// Round sorts the next letters and says how many there were and which topics started with them.
func (s *Sorter) Round(ctx context.Context) (sorted int, news []letter.Topic, err error) {
	letters, err := s.Letters.Unsorted(ctx, roundSize)
	if err != nil || len(letters) == 0 {
		return 0, nil, err
	}
	rules := s.Rules().WithDefaults()
	topics, readings, err := s.open(ctx, letters, rules)
	if err != nil {
		return 0, nil, err
	}
	for i, l := range letters {
		topics.add(l, readings[i])
	}
	round := topics.Round()
	if news, err = s.look(ctx, topics, round, letters, rules); err != nil {
		return 0, nil, err
	}
	return len(letters), news, s.Letters.KeepTopics(ctx, round)
}

// open loads the topics that these letters may belong to.
func (s *Sorter) open(ctx context.Context, letters []letter.Reported, rules letter.TopicRules) (*Topics, []reading, error) {
	b, err := s.Letters.TopicTerms(ctx)
	if err != nil {
		return nil, nil, err
	}
	terms, err := OpenTerms(b)
	if err != nil {
		return nil, nil, err
	}
	// What each letter will ask with depends on the letters before it, so the round is read ahead on a copy.
	ahead := terms.clone()
	asked := map[Feature]bool{}
	readings := make([]reading, len(letters))
	since := letters[0].Received
	for i, l := range letters {
		readings[i] = s.read(l)
		ahead.add(readings[i])
		for _, f := range ahead.asks(ahead.features(readings[i])) {
			asked[f] = true
		}
		since = earlier(since, l.Received)
	}
	memory := time.Duration(rules.Memory) * 24 * time.Hour
	found, err := s.Letters.TopicsFoundBy(ctx, sortedFeatures(asked), since.Add(-memory), mostPer)
	if err != nil {
		return nil, nil, err
	}
	topics := NewTopics(terms, memory)
	return topics, readings, topics.Load(found)
}

// mostBody is how much of a body is read, in characters: what a letter is about it says at its beginning.
const mostBody = 800

func (s *Sorter) read(l letter.Reported) reading {
	if runes := []rune(l.Body); len(runes) > mostBody {
		l.Body = string(runes[:mostBody])
	}
	return read(l, s.Words.Words(l.Title+"\n"+l.Body))
}

func sortedFeatures(set map[Feature]bool) []uint32 {
	list := make([]uint32, 0, len(set))
	for f := range set {
		list = append(list, uint32(f))
	}
	slices.Sort(list)
	return list
}

// look names the topics of the round that have started and finds those that start with it.
func (s *Sorter) look(ctx context.Context, t *Topics, round letter.TopicRound, letters []letter.Reported, rules letter.TopicRules) (news []letter.Topic, err error) {
	fresh := map[string][]letter.Reported{}
	for _, l := range letters {
		fresh[round.Joined[l.Number]] = append(fresh[round.Joined[l.Number]], l)
	}
	for i := range round.Topics {
		x := &round.Topics[i]
		if x.Letters < rules.Letters {
			continue
		}
		members, err := s.members(ctx, x.ID, round.Merged, fresh[x.ID])
		if err != nil {
			return nil, err
		}
		if !describe(x, t.byID[x.ID].centre, t.terms, members, rules, s.Hide) {
			continue
		}
		news = append(news, *x)
	}
	return news, nil
}

// members are the letters of a topic with those of topics that became part of it and those of this round.
func (s *Sorter) members(ctx context.Context, id string, merged map[string]string, fresh []letter.Reported) ([]letter.Reported, error) {
	members := slices.Clone(fresh)
	ids := []string{id}
	for from := range merged {
		if mergedInto(merged, from) == id {
			ids = append(ids, from)
		}
	}
	for _, one := range ids {
		older, err := s.Letters.TopicLetters(ctx, one, namedBy)
		if err != nil {
			return nil, fmt.Errorf("letters of topic %s: %w", one, err)
		}
		members = append(members, older...)
	}
	sortByReceipt(members)
	return members[max(0, len(members)-namedBy):], nil
}

// describe gives a topic its name when it has started, and says whether it did so just now.
func describe(x *letter.Topic, centre features, t *Terms, members []letter.Reported, rules letter.TopicRules, hide func(string) string) (news bool) {
	if x.Started.IsZero() {
		at, started := startedAt(members, rules)
		if !started {
			return false
		}
		x.Started, news = at.Received, true
	}
	x.Name, x.Place = nameOf(centre, t, members, hide)
	return news
}

// Withdraw takes letters out of their topics that were sealed since, so that neither a name nor a number tells of them,
// and says how many letters it took.
func (s *Sorter) Withdraw(ctx context.Context) (int, error) {
	numbers, topics, err := s.Letters.SealedInTopics(ctx, roundSize)
	if err != nil || len(numbers) == 0 {
		return 0, err
	}
	b, err := s.Letters.TopicTerms(ctx)
	if err != nil {
		return 0, err
	}
	terms, err := OpenTerms(b)
	if err != nil {
		return 0, err
	}
	round := letter.TopicRound{Terms: b, Withdrawn: numbers}
	for _, x := range topics {
		if err := s.rewrite(ctx, &x, terms); err != nil {
			return 0, err
		}
		round.Topics = append(round.Topics, x)
	}
	return len(numbers), s.Letters.KeepTopics(ctx, round)
}

// rewrite makes a topic anew from the letters it still has.
func (s *Sorter) rewrite(ctx context.Context, x *letter.Topic, terms *Terms) error {
	members, err := s.Letters.TopicLetters(ctx, x.ID, namedBy)
	if err != nil {
		return err
	}
	var c features
	for i, l := range members {
		c = mixed(c, terms.features(s.read(l)), 1/float64(min(i+1, mostLetters)))
	}
	x.Centre, x.Found = c.keep(), numbers(terms.foundBy(c))
	x.Letters, x.Name, x.Place, x.Started = len(members), "", "", time.Time{}
	if len(members) > 0 {
		x.First, x.Last = members[0].Received, members[len(members)-1].Received
	}
	describe(x, c, terms, members, s.Rules().WithDefaults(), s.Hide)
	return nil
}
