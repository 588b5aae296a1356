package training

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/segment"
	"huiyin/routing"
)

// Teacher learns models from the city's letters and keeps the better ones. All fields must be set.
type Teacher struct {
	Store Keeper
	Words *segment.Segmenter
	Rules func() *routing.Router // of the city in force, without a model
	Held  func() *routing.Model  // the model that decides in this process, nil when rules do alone
	Now   func() time.Time
}

// Keeper is what learning needs of the store.
type Keeper interface {
	Settled(ctx context.Context, before time.Time, number string, most int) ([]letter.Settled, error)
	TellPlacing(ctx context.Context, most int) (int, error)
	LastDecided(ctx context.Context) (time.Time, error)

	ActiveVersion(ctx context.Context) (string, error)
	Model(ctx context.Context, version string) (routing.Edition, error)
	Models(ctx context.Context, most int) ([]routing.Edition, error)
	ModelsChanged(ctx context.Context) (time.Time, error)
	PutModel(ctx context.Context, e routing.Edition) error

	Document(ctx context.Context, kind, id string) ([]byte, error)
	PutDocument(ctx context.Context, kind, id string, body []byte, now time.Time) error
}

// Course tells how far learning is.
func (t *Teacher) Course(ctx context.Context) (Course, error) {
	body, err := t.Store.Document(ctx, courseKind, courseID)
	if err != nil && !letter.IsKind(err, letter.KindNotFound) {
		return Course{}, err
	}
	return readCourse(body)
}

func (t *Teacher) keep(ctx context.Context, c Course) error {
	body, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("keep course: %w", err)
	}
	return t.Store.PutDocument(ctx, courseKind, courseID, body, t.Now())
}

// Ask wishes for learning; the serving process, or the next one to start, finds the wish.
func (t *Teacher) Ask(ctx context.Context, by string) error {
	c, err := t.Course(ctx)
	if err != nil {
		return err
	}
	c.Asked, c.By = t.Now().UTC(), by
	return t.keep(ctx, c)
}

// IfAsked learns when somebody asked for it; false when nobody did.
func (t *Teacher) IfAsked(ctx context.Context) (Course, bool, error) {
	if err := t.tell(ctx); err != nil {
		return Course{}, false, err
	}
	c, err := t.Course(ctx)
	if now := t.Now(); err != nil || c.Running(now) || !c.Waiting() && !c.broken(now) {
		return c, false, err
	}
	c, err = t.Learn(ctx)
	return c, true, err
}

// Nightly learns when people decided something since models changed last: who went back to an old one must not find it
// replaced by the same night's letters. False when there was nothing new.
func (t *Teacher) Nightly(ctx context.Context) (Course, bool, error) {
	if err := t.tell(ctx); err != nil {
		return Course{}, false, err
	}
	decided, err := t.Store.LastDecided(ctx)
	if err != nil {
		return Course{}, false, err
	}
	changed, err := t.Store.ModelsChanged(ctx)
	if err != nil {
		return Course{}, false, err
	}
	c, err := t.Course(ctx)
	if err != nil || c.Running(t.Now()) || !decided.After(changed) || !decided.After(c.Began) {
		return c, false, err
	}
	c, err = t.Learn(ctx)
	return c, true, err
}

// tell brings letters from before the store kept how they were placed up to date.
func (t *Teacher) tell(ctx context.Context) error {
	for {
		n, err := t.Store.TellPlacing(ctx, 100)
		if err != nil || n == 0 {
			return err
		}
	}
}

// Learn trains a model on the city's letters, compares it with the one in use and keeps it: in use if it is better. What
// people should know of a failure stands in the course; the one in use goes on working.
func (t *Teacher) Learn(ctx context.Context) (Course, error) {
	c, err := t.Course(ctx)
	if err != nil {
		return c, err
	}
	c.Began = t.Now().UTC()
	if err := t.keep(ctx, c); err != nil {
		return c, err
	}
	wrong := t.learn(ctx, &c)
	// A wish of meanwhile is kept for the next look.
	if now, err := t.Course(ctx); err == nil && now.Asked.After(c.Asked) {
		c.Asked, c.By = now.Asked, now.By
	}
	c.Wrong = ""
	var refused *letter.Error
	if errors.As(wrong, &refused) {
		c.Version, c.Adopted, c.Why, c.Wrong, wrong = "", false, "", refused.Message, nil
	} else if wrong != nil {
		c.Version, c.Adopted, c.Why, c.Wrong = "", false, "", whyBroken
	}
	if c.Ended = t.Now().UTC(); !c.Ended.After(c.Began) {
		c.Ended = c.Began
	}
	return c, errors.Join(wrong, t.keep(context.WithoutCancel(ctx), c))
}

var (
	errNoHistory = letter.Refuse("还没有派到单位的来信，没有可学的。")
	errFewUnits  = letter.Refuse("派到单位的来信还太少：至少要有两个单位，每个单位至少两封。")
)

// seed makes the same letters give the same model.
const seed = 1

func (t *Teacher) learn(ctx context.Context, c *Course) error {
	if err := t.tell(ctx); err != nil {
		return err
	}
	rules := t.Rules()
	h, err := t.read(ctx, rules)
	if err != nil {
		return err
	}
	c.Letters, c.Corrections = len(h.letters), h.corrections()
	c.Rules = offersOf(placed(rules, h, nil))
	if len(h.letters) == 0 {
		return errNoHistory
	}
	aside := h.aside()
	o := Options{Seed: seed, Trained: c.Began, Least: 1, Router: rules, Targets: []routing.Target{
		routing.TellsUnit, routing.TellsKind, routing.TellsCategory, routing.TellsUrgency}}
	m, err := Train(ctx, h.but(func(i int) bool { return aside[i] }), o)
	if err == errOneLabel || err == nil && m.Labels(routing.TellsUnit) == nil {
		return errFewUnits
	}
	if err != nil {
		return err
	}
	old, err := t.inUse(ctx)
	if err != nil {
		return err
	}
	tried, err := h.unseen(ctx, aside, o)
	if err != nil && !letter.IsRefused(err) { // refused: too few letters to part, and nothing to choose from yet
		return err
	}
	if old.model == nil {
		old.trial.Offers = c.Rules
	}
	trial := h.compare(aside, o, old, m, tried)
	c.Version, c.Adopted, c.Why = m.Card().Version, trial.Adopt, trial.Why
	return t.put(ctx, m, trial, c.Began)
}

// put keeps the model, in use or refused.
func (t *Teacher) put(ctx context.Context, m *routing.Model, trial Comparison, at time.Time) error {
	body, err := json.Marshal(trial)
	if err != nil {
		return fmt.Errorf("keep model: %w", err)
	}
	e := routing.Edition{Version: m.Card().Version, State: routing.Refused, Trained: at, Card: m.Card(), Trial: body}
	if trial.Adopt {
		e.State, e.Adopted, e.Body = routing.Active, at, m.Bytes()
	}
	return t.Store.PutModel(ctx, e)
}

// inUse is the model that decides in this process, which may still be whole when the one in the store no longer is.
func (t *Teacher) inUse(ctx context.Context) (u inUse, err error) {
	if u.model = t.Held(); u.model == nil {
		return u, nil
	}
	list, err := t.Store.Models(ctx, mostListed)
	if err != nil {
		return u, err
	}
	for _, e := range list {
		if e.Version == u.model.Card().Version {
			u.trial, err = TrialOf(e)
		}
	}
	return u, err
}

// TrialOf reads what was stored beside a model.
func TrialOf(e routing.Edition) (c Comparison, err error) {
	if err := json.Unmarshal(e.Trial, &c); err != nil {
		return c, fmt.Errorf("trial of model %s: %w", e.Version, err)
	}
	return c, nil
}
