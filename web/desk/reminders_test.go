package desk_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"huiyin/internal/casework"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
)

// climbs lets the time of the office go on to a moment and delivers what became due.
func (o *office) climbs(now time.Time, numbers ...string) {
	o.t.Helper()
	o.Now = now
	must(o.Casework.Sweep(o.t.Context(), now))(o.t)
	ladder := o.ladder()
	for _, number := range numbers {
		for _, e := range o.Read(number).Events {
			if _, err := ladder.Climb(o.t.Context(), letter.Delivery{Number: number, Seq: e.Seq, Step: e.Step}); err != nil {
				o.t.Fatal(err)
			}
		}
	}
}

func (o *office) ladder() *casework.Ladder {
	return &casework.Ladder{Inbox: o.Store, Now: o.Clock, Rules: o.City.Notices,
		City: func() casework.City { return casework.City{Router: o.City.Router, Clocks: o.City.Clocks} }}
}

// A reminder stands on the first page until its letter is opened or it is marked.
func TestAReminderStandsUntilItsLetterIsOpened(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		first, second := o.Submit(lamps), o.Submit(lamps)
		lina := o.as("lina")
		lina.sees("/desk", "没有未读的提醒")
		o.climbs(time.Date(2026, 11, 30, 23, 59, 59, 999e6, o.City.Zone()), first, second)
		lina.sees("/desk", "催办：快到期了，请尽快答复。").Lacks(t, "已超过期限，还没有答复。") // at night it waits
		o.Now = time.Date(2026, 12, 1, 8, 0, 0, 0, o.City.Zone())
		lina.sees("/desk", "已超过期限，还没有答复。", `提醒 <span class="n">2</span>`, "全部标为已读", "标为已读：梧桐路三盏路灯不亮", "2026年11月30日（周一） 23:59").Lacks(t, "催办：快到期了")
		lina.sees("/desk?lang=en", "It is overdue; there is no answer yet.", "Mark as read: 梧桐路三盏路灯不亮")
		lina.sees("/desk/letters/" + first)
		lina.sees("/desk?lang=zh", `提醒 <span class="n">1</span>`)
		lina.Post("/desk/reminders/reading", url.Values{"subject": {second}}).Want(t, 303)
		lina.sees("/desk", "没有未读的提醒", "已标为已读。")
		// The head of the bureau above has his own.
		chenbo := o.as("chenbo")
		chenbo.sees("/desk", `提醒 <span class="n">2</span>`)
		chenbo.Post("/desk/reminders/reading", nil).Want(t, 303)
		chenbo.sees("/desk", "没有未读的提醒")
	})
}

// Who tries to open a letter that he may not read has marked nothing, and whom a
// guard shuts out finds neither entry nor count.
func TestASealedLetterRemindsOnlyThoseNamed(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		number := o.Submit(letter.Draft{Title: "反映一名干部", Body: "我要举报市城管局的局长收受商户的红包，有转账记录。"})
		if o.Read(number).Guard == "" {
			t.Fatal("not sealed")
		}
		o.climbs(time.Date(2026, 12, 1, 9, 0, 0, 0, o.City.Zone()), number)
		o.as("gaoyuan").sees("/desk", "反映一名干部", "已超过期限")
		for _, login := range []string{"lina", "chenbo", "luoming", "jiangtao", "zhouping", "fangqi", "accused", "weiran"} {
			b := o.as(login)
			b.sees("/desk").Lacks(t, number, "反映一名干部", "已超过期限")
			b.Get("/desk/letters/"+number).Want(t, 404)
		}
		o.as("gaoyuan").sees("/desk", "反映一名干部")
	})
}

func TestTheDigestLeadsToWhatItCounts(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.Submit(lamps)
		o.Now = time.Date(2026, 11, 24, 8, 30, 0, 0, o.City.Zone())
		if day, err := o.ladder().Digest(t.Context(), "", o.Now); err != nil || day != "2026-11-24" {
			t.Fatal(day, err)
		}
		o.as("lina").sees("/desk", `<a href="/desk">今日摘要</a>`, "今天到期 0 封，已超期 0 封，新来 1 封。")
		o.as("luoming").sees("/desk", `<a href="/supervise">今日摘要</a>`)
		o.as("luoming").sees("/desk?lang=en", "Today at a glance", "Due today: 0; overdue: 0; new: 1.")
		o.as("weiran").sees("/desk").Lacks(t, "今日摘要")
	})
}

// From 1 November on administrators, and only they, are asked for next year's notice.
func TestAdministratorsAreAskedForNextYearsNotice(t *testing.T) {
	o := open(t)
	if err := o.ladder().NextYear(t.Context(), o.Now); err != nil {
		t.Fatal(err)
	}
	o.as("weiran").sees("/desk", "2027 年的放假安排还没有导入，跨到那一年的期限都是暂定的", "2027 年的放假安排还没有导入。", "huiyin calendar import")
	o.as("weiran").sees("/desk?lang=en", "The holiday notice for 2027 has not been imported")
	for _, login := range []string{"lina", "luoming", "shenyue"} {
		o.as(login).sees("/desk").Lacks(t, "放假安排")
	}
	o.Now = time.Date(2026, 10, 31, 12, 0, 0, 0, o.City.Zone())
	o.as("weiran").sees("/desk").Lacks(t, "跨到那一年")
}

// More than a handful does not push the queue off the screen.
func TestOnlyTheNewestRemindersAreShown(t *testing.T) {
	o := open(t)
	var tell []staff.Entry
	for i := range 8 {
		tell = append(tell, staff.Entry{Login: "weiran", Key: strings.Repeat("x", i+1), Subject: strings.Repeat("x", i+1), Matter: staff.CalendarMatter, Text: "放假安排", At: o.Now, Shown: o.Now})
	}
	if err := o.Store.Tell(t.Context(), tell, o.Now); err != nil {
		t.Fatal(err)
	}
	o.as("weiran").sees("/desk", "另有 3 条", `<span class="n">8</span>`)
}
