package citypack

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"slices"

	"huiyin/internal/letter"
	"huiyin/sla"
)

// Profile is a set of policies made of one law or of the rules that many cities
// share (domain.md 2.9), each number with its source. A city chooses it, for some
// of its letters or for all that its policies speak of.
type Profile struct {
	ID       string       `yaml:"id"`
	Name     string       `yaml:"name"`
	NameEn   string       `yaml:"name_en"`
	About    string       `yaml:"about"`
	AboutEn  string       `yaml:"about_en"`
	Narrow   bool         `yaml:"narrow"` // a law for some matters only: it is never for all letters
	Policies []sla.Policy `yaml:"policies"`
}

// Scope narrows the policies of a profile to some letters. A unit is none of its
// fields: the sender's clock does not ask whose letter it is.
type Scope struct {
	Category string         `yaml:"category"`
	Column   letter.Column  `yaml:"column"`
	Channel  letter.Channel `yaml:"channel"`
}

//go:embed profiles
var profiles embed.FS

// profileOrder is the order of domain.md 2.9; others follow by their id.
var profileOrder = []string{"hotline_generic", "mailbox", "gov_site", "beijing_style", "petition", "disclosure", "consultation_project"}

// Profiles are those that ship with the program.
func Profiles() ([]Profile, error) {
	names, err := fs.Glob(profiles, "profiles/*.yaml")
	if err != nil {
		return nil, err
	}
	list := make([]Profile, len(names))
	for i, name := range names {
		if err := decode(profiles, name, &list[i]); err != nil {
			return nil, err
		}
		for _, p := range list[i].Policies {
			if err := p.Check(); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	place := func(p Profile) int {
		if i := slices.Index(profileOrder, p.ID); i >= 0 {
			return i
		}
		return len(profileOrder)
	}
	slices.SortStableFunc(list, func(a, b Profile) int { return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a.ID, b.ID)) })
	return list, nil
}

// ProfileOf is the profile of that id; not_found when there is none.
func ProfileOf(id string) (Profile, error) {
	list, err := Profiles()
	if err != nil {
		return Profile{}, err
	}
	i := slices.IndexFunc(list, func(p Profile) bool { return p.ID == id })
	if i < 0 {
		return Profile{}, letter.Fail(letter.KindNotFound, "没有这一组现成的规则。")
	}
	return list[i], nil
}

// For gives the policies for the letters of a scope, which their ids name: the
// same profile may be used for two categories.
func (p Profile) For(s Scope) ([]sla.Policy, error) {
	if p.Narrow && s.Category == "" {
		return nil, letter.Invalid("这一组规则只适用于一类事项，请选择类别。", map[string]string{"category": "请选择类别。"})
	}
	list := slices.Clone(p.Policies)
	for i := range list {
		q := &list[i]
		for _, f := range []struct{ field, own *string }{
			{&q.Category, &s.Category}, {(*string)(&q.Column), (*string)(&s.Column)}, {(*string)(&q.Channel), (*string)(&s.Channel)},
		} {
			if *f.field == "" && *f.own != "" {
				*f.field = *f.own
				q.ID += "-" + *f.own
			}
		}
	}
	return list, nil
}

// use is a profile that a pack names instead of writing its policies out.
type use struct {
	Profile string `yaml:"profile"`
	Scope   `yaml:",inline"`
}

func (p *Pack) use(uses []use) error {
	for _, u := range uses {
		profile, err := ProfileOf(u.Profile)
		if err != nil {
			return fmt.Errorf("profile %s: %w", u.Profile, err)
		}
		policies, err := profile.For(u.Scope)
		if err != nil {
			return fmt.Errorf("profile %s: %w", u.Profile, err)
		}
		p.Time.Policies = append(p.Time.Policies, policies...)
	}
	return nil
}
