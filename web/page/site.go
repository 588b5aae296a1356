package page

import (
	"slices"
	"strings"
	"time"

	"huiyin/internal/staff"
)

// Site is the house a page belongs to: what the footer of a government site must name (domain.md 6.2) and the zone in
// which its times are shown. It comes from the city pack and the settings; no city is named in code.
type Site struct {
	City           string // name of the city, as in the header
	CityLatin      string // the same for English readers, City when empty
	Organizer      string // 主办单位
	OrganizerLatin string // the same for English readers, Organizer when empty
	Operator       string // 承办单位, may be empty
	Phone          string // of the hotline
	Email          string
	Domain         string // SiteDomain of the meta tags
	IDCode         string // 网站标识码
	ICP            string // ICP 备案号
	Police         string // 公安备案号
	Mistakes       string // address of 我为政府网站找错, may be empty
	Demo           bool   // a demonstration city: every page says so
	Zone           *time.Location
}

func (s Site) zone() *time.Location {
	if s.Zone == nil {
		return time.UTC
	}
	return s.Zone
}

// Name of the city for the reader.
func (s Site) Name(lang Language) string {
	if lang == English && s.CityLatin != "" {
		return s.CityLatin
	}
	return s.City
}

// Host names who publishes the site, for the reader.
func (s Site) Host(lang Language) string {
	if lang == English && s.OrganizerLatin != "" {
		return s.OrganizerLatin
	}
	return s.Organizer
}

// Link is one entry of a menu; Word is a key of the catalogue.
type Link struct {
	Word  string
	Path  string
	Roles []staff.Role // who sees it, nobody in particular when empty
}

// Addresses that pages of several packages lead to.
const (
	PathHome      = "/"
	PathWrite     = "/write"
	PathFollow    = "/follow"
	PathPublished = "/published"
	PathTakePart  = "/take-part"
	PathSignIn    = "/sign-in"
	PathSignOut   = "/sign-out"
	PathDesk      = "/desk"
	PathSupervise = "/supervise"
	PathRouting   = "/supervise/routing"
	PathAdmin     = "/admin"
)

var residentMenu = []Link{
	{Word: "写信", Path: PathWrite},
	{Word: "问答", Path: PathPublished},
	{Word: "查进度", Path: PathFollow},
	{Word: "参与", Path: PathTakePart},
}

var deskMenu = []Link{
	{Word: "本单位来信", Path: PathDesk, Roles: []staff.Role{staff.Handler}},
	{Word: "待派", Path: "/desk/dispatch", Roles: []staff.Role{staff.Dispatcher}},
	{Word: "值班", Path: "/desk/duty", Roles: []staff.Role{staff.Duty}},
	{Word: "待审", Path: "/desk/review", Roles: []staff.Role{staff.Reviewer}},
	{Word: "待批延期", Path: "/desk/extensions", Roles: []staff.Role{staff.Supervisor}},
	{Word: "待公开", Path: "/desk/publication", Roles: []staff.Role{staff.Reviewer}},
	{Word: "来电登记", Path: "/desk/calls/new", Roles: []staff.Role{staff.Operator}},
	{Word: "督办", Path: PathSupervise, Roles: []staff.Role{staff.Supervisor, staff.Leader}},
	{Word: "派单质量", Path: PathRouting, Roles: []staff.Role{staff.Supervisor, staff.Leader, staff.Admin}},
	{Word: "管理", Path: PathAdmin, Roles: []staff.Role{staff.Admin}},
}

var footerMenu = []Link{
	{Word: "办理规则", Path: "/how"},
	{Word: "个人信息保护", Path: "/privacy"},
	{Word: "无障碍说明", Path: "/accessibility"},
	{Word: "工作人员登录", Path: PathSignIn},
}

// Menu lists what the reader finds in the header.
func (h *Head) Menu() []Link {
	if h.Chrome == Resident {
		return residentMenu
	}
	if h.Member == nil {
		return nil
	}
	var menu []Link
	for _, link := range deskMenu {
		if slices.ContainsFunc(link.Roles, h.Member.Has) {
			menu = append(menu, link)
		}
	}
	return menu
}

// Footer lists the links at the foot of residents' pages.
func (h *Head) Footer() []Link { return footerMenu }

// At says whether the page lies under the entry: of two that match, the longer one.
func (h *Head) At(link Link) bool {
	path, _, _ := strings.Cut(h.Here, "?")
	if h.Under != "" {
		path = h.Under
	}
	best := ""
	for _, l := range h.Menu() {
		if (path == l.Path || strings.HasPrefix(path, l.Path+"/")) && len(l.Path) > len(best) {
			best = l.Path
		}
	}
	return best != "" && best == link.Path
}
