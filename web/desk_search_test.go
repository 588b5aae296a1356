package web_test

import (
	"fmt"
	"slices"
	"testing"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/internal/testhouse"
	"huiyin/search"
	"huiyin/web/desk"
)

// files brings the members' index up to what the store holds.
func (c *city) files() {
	c.t.Helper()
	var all []search.DeskDocument
	err := c.Store.EachFiled(c.t.Context(), func(f store.Filed) error {
		d, err := desk.Document(f, c.Vault)
		all = append(all, d)
		return err
	})
	testhouse.Must(c.t, err)
	testhouse.Must(c.t, c.found.Put(c.t.Context(), all...))
}

// listed are the numbers that a member's lists hold, found those that the index finds for him.
func (c *city) listed(m staff.Member) (numbers []string) {
	c.t.Helper()
	list, _, err := c.Store.List(c.t.Context(), store.ReaderOf(m), store.Filter{}, store.Page{Number: 1, Size: 1000})
	testhouse.Must(c.t, err)
	for _, r := range list {
		numbers = append(numbers, r.Number)
	}
	slices.Sort(numbers)
	return numbers
}

func (c *city) foundBy(m staff.Member) []string {
	c.t.Helper()
	found, err := c.found.Find(c.t.Context(), search.DeskQuery{Rights: desk.RightsOf(store.ReaderOf(m)), PerPage: search.MaxPerPage})
	testhouse.Must(c.t, err)
	if found.Total > search.MaxPerPage || found.Total != len(found.Numbers) {
		c.t.Fatalf("%d letters, %d of them on the first page", found.Total, len(found.Numbers))
	}
	return slices.Sorted(slices.Values(found.Numbers))
}

// What the index lets a member find is what the database lets him read, for every member of the city and for posts that
// none of them holds, over letters of every kind of keeping: open ones, ones that ask another unit's help, accusations,
// ones for the duty officer.
func TestIndexAndDatabaseAgreeOnWhoMayReadWhat(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := openCity(t, s)
		for i, d := range []letter.Draft{
			{Title: "反映城管局中队长收受好处费", Body: "城管局执法中队的队长向摊主收取好处费，还收了一只翡翠貔貅，交了钱的就不查。"},
			{Title: "车管所的事要反映", Body: "车管所考场的考官收学员红包，有人送了一把紫檀算盘，不给的一定挂科。"},
			{Title: "举报信被压下来了", Body: "市纪委的科长索要好处费和一只犀角茶杯，答应帮人摆平案子。"},
			{Title: "房管局办事不公", Body: "房管局的工作人员收了开发商的红包和一架缂丝屏风，验收时睁一只眼闭一只眼。"},
			{Title: "救人", Body: "我儿子说活不下去了，现在站在楼顶要跳楼，求求你们快来人。"},
			{Title: "整栋楼停水", Body: "我们小区从昨天夜里起停水，老人和孩子都没有水喝，请尽快恢复供水。"},
			{Title: "问一下", Body: "你们好，想问一下之前说的那件事怎么样了，一直没有消息。"},
			{Title: "欠薪", Body: "工地老板拖欠我们三个月工资，一直不发，请劳动监察部门帮我们要回来。"},
		} {
			d.Phone = fmt.Sprintf("1390000%04d", i)
			c.Submit(d)
		}
		for _, unit := range []string{"cgj", "zjj", "jjzd"} {
			c.ordinary(unit, "13900009999")
		}
		helped := c.lamps("柳荫街")
		c.Take(helped, letter.Acceptance, casework.Input{})
		c.Take(helped, letter.Part, casework.Input{Unit: "rsj", Text: "请查合同。"})
		c.files()
		guarded := 0
		members := c.City.Pack.Staff
		for _, unit := range []string{"", "cgj", "zjj", "jjzd", "jwjw", "cgj-sz", "rsj"} {
			for _, roles := range append([][]staff.Role{posts, {}}, each(posts)...) {
				members = append(members, staff.Member{Login: "x-" + unit + fmt.Sprint(roles), Unit: unit, Roles: roles})
			}
		}
		members = append(members, staff.Member{Login: "off", Unit: "jwjw", Roles: posts, Disabled: true})
		for _, m := range members {
			m = c.City.Cover(m)
			listed, found := c.listed(m), c.foundBy(m)
			if !slices.Equal(listed, found) {
				t.Errorf("%s of %q as %v reads %v and finds %v", m.Login, m.Unit, m.Roles, listed, found)
			}
			for _, number := range found {
				if c.Read(number).Guard != "" {
					guarded++
				}
			}
		}
		if guarded == 0 {
			t.Error("nobody finds a guarded letter: the test shows too little")
		}
	})
}

func each(roles []staff.Role) (list [][]staff.Role) {
	for _, r := range roles {
		list = append(list, []staff.Role{r})
	}
	return list
}
