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

// PolicyVersions is one policy with all that it was and will be.
type PolicyVersions struct {
	ID     string
	Place  int          // among the policies
	Now    sla.Policy   // in force; without an ID when none is
	Coming []sla.Policy // decided and not in force yet, the next first
	Before []sla.Policy // the newest first
}

// Policies puts the rows of policies, every version of them, together by policy, in
// the order of their places. A policy that ended is left out.
func Policies(rows []letter.CityItem, now time.Time) ([]PolicyVersions, error) {
	byID := map[string]*PolicyVersions{}
	var list []*PolicyVersions
	for _, row := range rows {
		if row.Kind != kindPolicy || !row.Ended.IsZero() && !row.Ended.After(now) {
			continue
		}
		p := sla.Policy{}
		if err := json.Unmarshal(row.Body, &p); err != nil {
			return nil, fmt.Errorf("row %s %s: %w", row.Kind, row.ID, err)
		}
		p.From = row.From
		v := byID[row.ID]
		if v == nil {
			v = &PolicyVersions{ID: row.ID}
			byID[row.ID] = v
			list = append(list, v)
		}
		v.take(p, row.Place, now)
	}
	slices.SortStableFunc(list, func(a, b *PolicyVersions) int { return a.Place - b.Place })
	all := make([]PolicyVersions, 0, len(list))
	for _, v := range list {
		all = append(all, *v)
	}
	return all, nil
}

// take adds a version; they come in the order of their effective moments.
func (v *PolicyVersions) take(p sla.Policy, place int, now time.Time) {
	v.Place = place
	if p.From.After(now) {
		v.Coming = append(v.Coming, p)
		return
	}
	if v.Now.ID != "" {
		v.Before = slices.Insert(v.Before, 0, v.Now)
	}
	v.Now = p
}

// ChangePolicy keeps a new version of a policy, in force from its From, which may
// not lie before now: what was answered, and what runs, went by what held then.
func ChangePolicy(ctx context.Context, rows Rows, p sla.Policy, place int, by string, now time.Time) error {
	item, err := policyItem(p, place, now)
	if err != nil {
		return err
	}
	return rows.ChangeCity(ctx, item, letter.CityChange{By: by}, now)
}

// AddPolicies keeps new policies, all of them or none, before those that the city
// has: of two that are equally specific the earlier holds, and who adds one means it.
// known are all that there are.
func AddPolicies(ctx context.Context, rows Rows, added []sla.Policy, known []PolicyVersions, by string, now time.Time) error {
	first := 0
	for _, v := range known {
		first = min(first, v.Place)
		for _, p := range added {
			if p.ID == v.ID {
				return letter.Refuse("这些来信已经有“%s”这条规则，请直接修改它。", p.Name)
			}
		}
	}
	items := make([]letter.CityItem, len(added))
	for i, p := range added {
		var err error
		if items[i], err = policyItem(p, first-len(added)+i, now); err != nil {
			return err
		}
	}
	return rows.ChangeCityItems(ctx, items, letter.CityChange{By: by}, now)
}

func policyItem(p sla.Policy, place int, now time.Time) (letter.CityItem, error) {
	if p.From.Before(now) {
		return letter.CityItem{}, letter.Invalid("生效日期已经过去。过去的时限不能改，请选今天或以后的日期。", map[string]string{"from": "请选今天或以后的日期。"})
	}
	body, err := json.Marshal(p)
	if err != nil {
		return letter.CityItem{}, fmt.Errorf("write %s %s: %w", kindPolicy, p.ID, err)
	}
	return letter.CityItem{Kind: kindPolicy, ID: p.ID, Place: place, Body: body, Source: p.Source, From: p.From}, nil
}
