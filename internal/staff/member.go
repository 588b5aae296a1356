// Package staff holds who works with letters: members, their roles, what each may do to which letter, and their passwords and tokens.
package staff

import (
	"regexp"
	"strings"

	"huiyin/internal/letter"
)

// Member is one person with an account. Accounts are never shared and never
// deleted, only disabled, because events name their login.
type Member struct {
	Login        string `json:"login"`
	Name         string `json:"name"`
	Unit         string `json:"unit"` // id of the unit the member works in
	Roles        []Role `json:"roles"`
	PasswordHash string `json:"password_hash,omitempty"`
	Disabled     bool   `json:"disabled,omitempty"`

	// Covers lists the units below the member's own, whose letters he handles
	// too. It is taken from the tree of units at sign-in, not stored.
	Covers []string `json:"-"`
}

// Has says whether the member holds the role.
func (m Member) Has(r Role) bool {
	for _, x := range m.Roles {
		if x == r {
			return true
		}
	}
	return false
}

// InUnit says whether the member works in the unit or in a unit above it.
func (m Member) InUnit(unit string) bool {
	if unit == "" {
		return false
	}
	if m.Unit == unit {
		return true
	}
	for _, u := range m.Covers {
		if u == unit {
			return true
		}
	}
	return false
}

// RoleWords lists the member's roles as pages show them.
func (m Member) RoleWords() string {
	words := make([]string, len(m.Roles))
	for i, r := range m.Roles {
		words[i] = r.Word()
	}
	return strings.Join(words, "、")
}

// loginShape keeps ':' and '@' out, because the actor of an event is written
// "unit:lina@cgj".
var loginShape = regexp.MustCompile(`^[a-z][a-z0-9._-]{1,31}$`)

// Check says what is wrong with an account before it is saved. Administration of
// the system, of security and of the audit are three persons (GB/T 22239-2019).
func (m Member) Check() error {
	wrong := map[string]string{}
	if !loginShape.MatchString(m.Login) {
		wrong["login"] = "登录名用 2 到 32 个小写字母、数字、点、横线，以字母开头。"
	}
	if strings.TrimSpace(m.Name) == "" {
		wrong["name"] = "请填写姓名。"
	}
	if len(m.Roles) == 0 {
		wrong["roles"] = "请至少选择一个岗位。"
	}
	administers := 0
	for _, r := range m.Roles {
		if !r.Known() {
			wrong["roles"] = "没有这个岗位。"
		}
		if r.Administers() {
			administers++
		}
		if r == Handler && m.Unit == "" {
			wrong["unit"] = "承办人须属于一个单位。"
		}
	}
	if administers > 1 {
		wrong["roles"] = "系统、安全、审计三个管理岗位须由不同的人担任。"
	}
	if len(wrong) > 0 {
		return letter.Invalid("账号的内容有误，请按提示修改。", wrong)
	}
	return nil
}
