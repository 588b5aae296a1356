package interview

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"huiyin/internal/letter"
)

// Store keeps interviews.
type Store interface {
	PutDocument(ctx context.Context, kind, id string, body []byte, now time.Time) error
	Document(ctx context.Context, kind, id string) ([]byte, error)
	Documents(ctx context.Context, kind string) ([]letter.Document, error)
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

const kind = "interview"

// Put adds an interview or replaces it.
func (s *Service) Put(ctx context.Context, i Interview, now time.Time) error {
	if err := i.Check(); err != nil {
		return err
	}
	body, err := json.Marshal(i)
	if err != nil {
		return fmt.Errorf("keep interview %s: %w", i.ID, err)
	}
	return s.store.PutDocument(ctx, kind, i.ID, body, now)
}

// Get returns one interview with its questions, most wanted first; an error of
// kind not_found when there is none.
func (s *Service) Get(ctx context.Context, id string) (Interview, error) {
	body, err := s.store.Document(ctx, kind, id)
	if err != nil {
		return Interview{}, err
	}
	return read(id, body)
}

func read(id string, body []byte) (Interview, error) {
	var i Interview
	if err := json.Unmarshal(body, &i); err != nil {
		return i, fmt.Errorf("read interview %s: %w", id, err)
	}
	slices.SortStableFunc(i.Questions, func(a, b Question) int {
		return cmp.Or(cmp.Compare(b.Votes, a.Votes), a.At.Compare(b.At))
	})
	return i, nil
}

// List returns all interviews: those not over yet first, the next one on top,
// then the finished ones, the newest on top.
func (s *Service) List(ctx context.Context, now time.Time) ([]Interview, error) {
	documents, err := s.store.Documents(ctx, kind)
	if err != nil {
		return nil, err
	}
	var coming, over []Interview
	for _, d := range documents {
		i, err := read(d.ID, d.Body)
		if err != nil {
			return nil, err
		}
		if i.Standing(now) == Finished {
			over = append(over, i)
		} else {
			coming = append(coming, i)
		}
	}
	slices.SortStableFunc(coming, func(a, b Interview) int { return a.Starts.Compare(b.Starts) })
	slices.SortStableFunc(over, func(a, b Interview) int { return b.Starts.Compare(a.Starts) })
	return append(coming, over...), nil
}

// Asked is a question as it comes from the page.
type Asked struct {
	Channel letter.Channel // "" is web
	Body    string
	Name    string
	Phone   string
	Email   string
	Publish bool         // the asker agrees that question and answer may be published
	Once    *letter.Once // Idempotency-Key of the form
}

// Ask takes a question while the interview collects them or is live. It becomes
// a letter for the guest's unit, so that what is not answered in the talk is
// answered in writing.
func (s *Service) Ask(ctx context.Context, id string, q Asked, now time.Time) (number, code string, err error) {
	i, err := s.Get(ctx, id)
	if err != nil {
		return "", "", err
	}
	switch i.Standing(now) {
	case Announced:
		return "", "", letter.Refuse("这次访谈还没有开始征集问题。")
	case Finished:
		return "", "", letter.Refuse("这次访谈已经结束。您可以写信提问。")
	}
	if err := q.check(); err != nil {
		return "", "", err
	}
	return s.submit(ctx, i.draft(q))
}

// maxQuestion is how many characters a question may have; it is read out.
const maxQuestion = 500

func (q Asked) check() error {
	n := utf8.RuneCountInString(strings.TrimSpace(q.Body))
	if n == 0 {
		return letter.Invalid("请写下您的问题。", map[string]string{"body": "请写下您的问题。"})
	}
	if n > maxQuestion {
		return letter.Invalid("问题太长。", map[string]string{"body": "问题最多 500 字，请缩短；更长的内容请写信。"})
	}
	return nil
}

func (i Interview) draft(q Asked) letter.Draft {
	channel := q.Channel
	if channel == "" {
		channel = letter.Web
	}
	return letter.Draft{
		Channel: channel, Column: letter.InterviewColumn, Kind: letter.Consultation, Title: "访谈提问：" + i.Title,
		Body: q.Body, Name: q.Name, Phone: q.Phone, Email: q.Email, Anonymous: q.Name == "" && q.Phone == "" && q.Email == "", Publish: q.Publish,
		Unit: i.Unit, Once: q.Once,
	}
}
