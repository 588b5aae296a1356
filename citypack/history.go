package citypack

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"huiyin/internal/letter"
	"huiyin/sla"
)

// Remember gives the pack all versions of its policies, of each the oldest first:
// a clock goes by the version that held when it started, so a policy that is
// changed leaves open letters as they are. The pack itself holds those in force.
func (p *Pack) Remember(history []letter.CityItem) error {
	history = lasting(history)
	slices.SortStableFunc(history, func(a, b letter.CityItem) int { return cmp.Compare(a.Place, b.Place) }) // the earlier wins a tie
	p.policies = make([]sla.Policy, len(history))
	for i, it := range history {
		policy := &p.policies[i]
		if err := json.Unmarshal(it.Body, policy); err != nil {
			return fmt.Errorf("row %s %s: %w", it.Kind, it.ID, err)
		}
		policy.From, policy.Until = it.From, it.Ended
	}
	return nil
}

// lasting ends each version where the next one begins, leaves out those that
// never held, and makes one of those that were only written anew.
func lasting(history []letter.CityItem) []letter.CityItem {
	var list []letter.CityItem
	for i, it := range history {
		if i+1 < len(history) && history[i+1].ID == it.ID {
			it.Ended = sooner(it.Ended, history[i+1].From)
		}
		if !it.Ended.IsZero() && !it.Ended.After(it.From) {
			continue
		}
		if n := len(list); n > 0 && list[n-1].ID == it.ID && list[n-1].Ended.Equal(it.From) && bytes.Equal(list[n-1].Body, it.Body) {
			list[n-1].Ended, list[n-1].Place = it.Ended, it.Place
			continue
		}
		list = append(list, it)
	}
	return list
}

func sooner(a, b time.Time) time.Time {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}

// rules are calendar and policies with the local orders.
func (p *Pack) rules(calendar *sla.Calendar) (*sla.Rules, error) {
	rules := &sla.Rules{Calendar: calendar, Policies: p.policies}
	if len(p.policies) == 0 {
		rules.Policies = p.Time.Policies
	}
	if err := rules.Check(); err != nil {
		return nil, err
	}
	regions, err := p.regions()
	if err != nil || len(p.Overlays) == 0 {
		return rules, err
	}
	return rules.WithOverlays(p.Overlays, regions)
}

// regions names the region of each unit that lies in one: a local order names a
// unit of the tree as its region, and of two around a unit the nearer is its own.
func (p *Pack) regions() (map[string]string, error) {
	parent, named := map[string]string{}, map[string]bool{}
	for _, u := range p.Routing.Units {
		parent[u.ID] = u.Parent
	}
	for _, o := range p.Overlays {
		for _, unit := range []string{o.Region, o.Unit} {
			if _, ok := parent[unit]; unit != "" && !ok {
				return nil, letter.Refuse("本地日历“%s”中的单位“%s”不存在。", o.ID, unit)
			}
		}
		named[o.Region] = true
	}
	regions := map[string]string{}
	for unit := range parent {
		for at := unit; at != ""; at = parent[at] {
			if named[at] {
				regions[unit] = at
				break
			}
		}
	}
	return regions, nil
}
