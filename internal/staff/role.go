package staff

import "huiyin/internal/letter"

// Role is a post a member holds: 岗位. A member may hold several.
type Role string

// The roles of product.md and domain.md 3.2.
const (
	Dispatcher Role = "dispatcher"
	Handler    Role = "handler"
	Reviewer   Role = "reviewer"
	Supervisor Role = "supervisor"
	Leader     Role = "leader"
	Operator   Role = "operator"
	Duty       Role = "duty"
	Admin      Role = "admin"
	Security   Role = "security"
	Audit      Role = "audit"
)

// Roles lists every role in the order in which pages show them.
var Roles = []Role{Operator, Dispatcher, Duty, Handler, Reviewer, Supervisor, Leader, Admin, Security, Audit}

var roleWords = map[Role]string{
	Operator: "话务员", Dispatcher: "派单员", Duty: "值班员", Handler: "承办人", Reviewer: "审核员",
	Supervisor: "督办员", Leader: "领导", Admin: "系统管理员", Security: "安全管理员", Audit: "审计管理员",
}

// Word is the Chinese word pages show.
func (r Role) Word() string { return roleWords[r] }

// Known says whether r is one of the roles.
func (r Role) Known() bool { return roleWords[r] != "" }

// Administers says that the role runs the system and therefore reads no letters.
func (r Role) Administers() bool { return r == Admin || r == Security || r == Audit }

// parties says which parts of the transition table a role plays. Operators also
// make the follow-up calls. Handlers play theirs only for their own units.
var parties = map[Role][]letter.Party{
	Operator:   {letter.ByOperator, letter.ByFollowUp},
	Dispatcher: {letter.ByDispatcher},
	Duty:       {letter.ByDuty},
	Handler:    {letter.ByUnit, letter.ByCoUnit},
	Reviewer:   {letter.ByReviewer},
	Supervisor: {letter.BySupervisor},
	Leader:     {letter.ByLeader},
}

// plays says whether one of the member's roles plays the party.
func (m Member) plays(p letter.Party) bool {
	for _, r := range m.Roles {
		for _, x := range parties[r] {
			if x == p {
				return true
			}
		}
	}
	return false
}
