package citypack

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"huiyin/internal/letter"
	"huiyin/sla"
)

// KindOverlay is the kind of rows that hold local orders.
const KindOverlay = kindOverlay

// WithOverlay is the pack with one local order more.
func (p *Pack) WithOverlay(o sla.Overlay) *Pack {
	other := *p
	other.Overlays = append(slices.Clone(p.Overlays), o)
	return &other
}

// WithoutOverlay is the pack without a local order.
func (p *Pack) WithoutOverlay(id string) *Pack {
	other := *p
	other.Overlays = slices.DeleteFunc(slices.Clone(p.Overlays), func(o sla.Overlay) bool { return o.ID == id })
	return &other
}

// WithHours is the pack with other office hours.
func (p *Pack) WithHours(hours []sla.Period) *Pack {
	other := *p
	other.Time.Hours = hours
	return &other
}

// AddOverlay puts a local order in force from now on. by is the login of who does it.
func AddOverlay(ctx context.Context, rows Rows, o sla.Overlay, by string, now time.Time) error {
	return changeRow(ctx, rows, letter.CityItem{Kind: kindOverlay, ID: o.ID, Source: o.Source, From: now}, o, by, now)
}

// EndOverlay ends a local order; item is its row in force.
func EndOverlay(ctx context.Context, rows Rows, item letter.CityItem, by string, now time.Time) error {
	item.Ended = now
	return rows.ChangeCity(ctx, item, letter.CityChange{By: by}, now)
}

// ChangeHours puts other office hours in force from now on.
func ChangeHours(ctx context.Context, rows Rows, hours []sla.Period, by string, now time.Time) error {
	return changeRow(ctx, rows, letter.CityItem{Kind: kindHours, ID: "hours", From: now}, hours, by, now)
}

func changeRow(ctx context.Context, rows Rows, item letter.CityItem, body any, by string, now time.Time) error {
	b, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("write %s %s: %w", item.Kind, item.ID, err)
	}
	item.Body = b
	return rows.ChangeCity(ctx, item, letter.CityChange{By: by}, now)
}
