package survey

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"huiyin/internal/letter"
)

// Store keeps surveys and their answers.
type Store interface {
	PutDocument(ctx context.Context, kind, id string, body []byte, now time.Time) error
	Document(ctx context.Context, kind, id string) ([]byte, error)
	Documents(ctx context.Context, kind string) ([]letter.Document, error)
	// AddSurveyAnswer is false when a form with the same Once is there already.
	AddSurveyAnswer(ctx context.Context, survey string, f Form) (fresh bool, err error)
	SurveyAnswers(ctx context.Context, survey string) ([]Form, error)
}

// Form is one filled-in questionnaire as it is kept: who filled it in is not.
type Form struct {
	ID   string
	Once string // keyed hash of who or what filled it in: a second one is not taken
	Body []byte // JSON: option or text by question
	At   time.Time
}

// Submit files a letter: intake's one call.
type Submit func(ctx context.Context, d letter.Draft) (number, code string, err error)

// Service is what the pages call.
type Service struct {
	store  Store
	submit Submit
}

// New makes the service.
func New(store Store, submit Submit) *Service { return &Service{store, submit} }

const kind = "survey"

// Put adds a survey or replaces it.
func (s *Service) Put(ctx context.Context, v Survey, now time.Time) error {
	if err := v.Check(); err != nil {
		return err
	}
	body, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("keep survey %s: %w", v.ID, err)
	}
	return s.store.PutDocument(ctx, kind, v.ID, body, now)
}

// Get returns one survey; an error of kind not_found when there is none.
func (s *Service) Get(ctx context.Context, id string) (Survey, error) {
	body, err := s.store.Document(ctx, kind, id)
	if err != nil {
		return Survey{}, err
	}
	return read(id, body)
}

func read(id string, body []byte) (Survey, error) {
	var v Survey
	if err := json.Unmarshal(body, &v); err != nil {
		return v, fmt.Errorf("read survey %s: %w", id, err)
	}
	return v, nil
}

// List returns all surveys, those that end last first.
func (s *Service) List(ctx context.Context) ([]Survey, error) {
	documents, err := s.store.Documents(ctx, kind)
	if err != nil {
		return nil, err
	}
	list := make([]Survey, 0, len(documents))
	for _, d := range documents {
		v, err := read(d.ID, d.Body)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	slices.SortStableFunc(list, func(a, b Survey) int { return b.Closes.Compare(a.Closes) })
	return list, nil
}

// Answer is a filled-in form as it comes from the page.
type Answer struct {
	Values map[string]string // option id or text by question id
	Once   string            // keyed hash of who answers (contracts.md, sender key) or of the form
	Action *Action           // nil: nothing has to be done
}

// Action is what somebody who answers asks to have done. It becomes a letter,
// which is not tied to the form.
type Action struct {
	Channel letter.Channel // "" is web
	Body    string
	Place   string
	Name    string
	Phone   string
	Publish bool
}

// Taken is the outcome of an answer.
type Taken struct {
	Counted bool   // false: this person's earlier form counts
	Number  string // of the letter, "" without one
	Code    string
}

// Answer takes a form while the survey is open. A second form of the same person
// is a Conflict, unless it asks for action: then only the letter is filed.
func (s *Service) Answer(ctx context.Context, id string, a Answer, now time.Time) (Taken, error) {
	v, err := s.Get(ctx, id)
	if err != nil {
		return Taken{}, err
	}
	switch v.Standing(now) {
	case Announced:
		return Taken{}, letter.Refuse("这份问卷还没有开始。")
	case Closed:
		return Taken{}, letter.Refuse("这份问卷已经结束，谢谢您的关心。")
	}
	kept, err := v.take(a.Values)
	if err != nil {
		return Taken{}, err
	}
	if a.Once == "" {
		return Taken{}, fmt.Errorf("answer to survey %s: no once key", id)
	}
	// The letter first: filing it again is harmless, losing it is not.
	var t Taken
	if a.Action != nil {
		if t.Number, t.Code, err = s.submit(ctx, v.draft(a)); err != nil {
			return Taken{}, err
		}
	}
	if t.Counted, err = s.keep(ctx, id, kept, a.Once, now); err != nil {
		return Taken{}, err
	}
	if !t.Counted && t.Number == "" {
		return t, letter.Fail(letter.KindConflict, "您已经答过这份问卷，每人一次。")
	}
	return t, nil
}

func (s *Service) keep(ctx context.Context, id string, kept map[string]string, once string, now time.Time) (bool, error) {
	body, err := json.Marshal(kept)
	if err != nil {
		return false, fmt.Errorf("keep answer to %s: %w", id, err)
	}
	return s.store.AddSurveyAnswer(ctx, id, Form{ID: rand.Text(), Once: once, Body: body, At: now})
}

// draft is the letter that an answer asks for. Its source is derived from the
// form's key and its words, so that a repeated request files one letter.
func (v Survey) draft(a Answer) letter.Draft {
	sum := sha256.Sum256([]byte(strings.Join([]string{"huiyin/survey", v.ID, a.Once, a.Action.Body}, "\x00")))
	channel := a.Action.Channel
	if channel == "" {
		channel = letter.Web
	}
	return letter.Draft{
		Channel: channel, Column: letter.SurveyColumn, Title: "问卷中的诉求：" + v.Title,
		Body: a.Action.Body, Place: a.Action.Place, Name: a.Action.Name, Phone: a.Action.Phone,
		Anonymous: a.Action.Name == "" && a.Action.Phone == "", Publish: a.Action.Publish,
		Source: "survey/" + v.ID, SourceID: hex.EncodeToString(sum[:16]),
	}
}

// Results adds up the answers so far.
func (s *Service) Results(ctx context.Context, id string, now time.Time) (Result, error) {
	v, err := s.Get(ctx, id)
	if err != nil {
		return Result{}, err
	}
	kept, err := s.store.SurveyAnswers(ctx, id)
	if err != nil {
		return Result{}, err
	}
	forms := make([]map[string]string, len(kept))
	for i, f := range kept {
		if err := json.Unmarshal(f.Body, &forms[i]); err != nil {
			return Result{}, fmt.Errorf("read answer %s to %s: %w", f.ID, id, err)
		}
	}
	return v.tally(forms, now), nil
}
