package wechat_test

import (
	"strings"
	"testing"
	"time"

	"huiyin/channels/wechat"
	"huiyin/internal/letter"
)

func say(id, text string) wechat.Message {
	return wechat.Message{OpenID: openID, ID: id, Kind: wechat.Text, Text: text, At: now}
}

func TestDialogue(t *testing.T) {
	number := letter.NewNumber(now, 1234)
	draft := &wechat.Draft{ID: "1", Text: "东湖路路灯坏了", Last: "1", At: now.Add(-time.Hour)}
	stale := &wechat.Draft{ID: "1", Text: "东湖路路灯坏了", Last: "1", At: now.Add(-25 * time.Hour)}
	full := &wechat.Draft{ID: "1", Text: strings.Repeat("长", 19_999), Last: "1", At: now}
	cases := []struct {
		why   string
		m     wechat.Message
		draft *wechat.Draft
		do    wechat.Do
		reply string // part of it
	}{
		{"a text becomes a draft, not a letter", say("2", "东湖路路灯坏了三盏"), nil, wechat.Keep, "还没有提交"},
		{"more text is added", say("2", "从三号开始"), draft, wechat.Keep, "共 13 字"},
		{"one word files it", say("2", "提交"), draft, wechat.Submit, ""},
		{"with a full stop too", say("2", "提交。"), draft, wechat.Submit, ""},
		{"in the words of other accounts", say("2", "确认"), draft, wechat.Submit, ""},
		{"not as a part of a sentence", say("2", "我上次提交过一次"), draft, wechat.Keep, "还没有提交"},
		{"nothing to file", say("2", "提交"), nil, wechat.Nothing, "没有待提交"},
		{"an old draft is shown first", say("2", "提交"), stale, wechat.Keep, "再回复一次"},
		{"one word drops it", say("2", "取消"), draft, wechat.Drop, "已作废"},
		{"nothing to drop", say("2", "取消"), nil, wechat.Nothing, "没有待提交"},
		{"a repeated call adds nothing", say("1", "东湖路路灯坏了"), draft, wechat.Nothing, "已记下"},
		{"too long", say("2", "再加一些"), full, wechat.Nothing, "没有记下"},
		{"a greeting is no letter", say("2", "您好！"), nil, wechat.Nothing, "件件有回音"},
		{"but a short addition is", say("2", "三盏"), draft, wechat.Keep, "三盏"},
		{"status with number and code", say("2", "查询 "+number+" 123456"), nil, wechat.Status, ""},
		{"status as people type it", say("2", "编号："+number[:6]+" "+number[6:]+"，查询码：１２３４５６"), draft, wechat.Status, ""},
		{"status without the code", say("2", number), nil, wechat.Nothing, "6 位查询码"},
		{"status with a misread number", say("2", "查询 "+number[:13]+string('0'+(number[13]-'0'+1)%10)+" 123456"), nil, wechat.Nothing, "编号不对"},
		{"the word alone", say("2", "查询"), nil, wechat.Nothing, "6 位查询码"},
		{"a phone number is a part of the draft", say("2", "13800000000"), draft, wechat.Keep, "13800000000"},
		{"new follower", wechat.Message{Kind: wechat.Subscribe}, nil, wechat.Nothing, "件件有回音"},
		{"who leaves takes his draft along", wechat.Message{Kind: wechat.Unsubscribe}, draft, wechat.Drop, ""},
		{"a picture", wechat.Message{Kind: wechat.Media, ID: "2"}, draft, wechat.Nothing, "只能收文字"},
		{"a position", wechat.Message{Kind: wechat.OtherEvent}, draft, wechat.Nothing, ""},
		{"the menu asks for status", wechat.Message{Kind: wechat.Menu, Text: "查询", ID: "2"}, nil, wechat.Nothing, "6 位查询码"},
		{"another menu key never becomes a draft", wechat.Message{Kind: wechat.Menu, Text: "MENU_WRITE_LETTER", ID: "2"}, draft, wechat.Nothing, "件件有回音"},
	}
	for _, c := range cases {
		action, reply := wechat.Answer(c.m, c.draft)
		if action.Do != c.do || !strings.Contains(reply, c.reply) || (c.reply == "" && reply != "") {
			t.Errorf("%s: %q %q", c.why, action.Do, reply)
		}
		if c.do == wechat.Status && (action.Number != number || action.Code != "123456") {
			t.Errorf("%s: %+v", c.why, action)
		}
	}
}

func TestDraftKeepsItsFirstMessageAsItsSource(t *testing.T) {
	first, _ := wechat.Answer(say("1", "东湖路路灯坏了"), nil)
	second, _ := wechat.Answer(say("2", "从三号开始"), &first.Draft)
	filed, _ := wechat.Answer(say("3", "提交"), &second.Draft)
	d := filed.Draft.Letter(openID)
	if d.SourceID != "1" || d.Source != "wechat" || d.Channel != letter.WeChat || d.OpenID != openID || d.Body != "东湖路路灯坏了\n从三号开始" {
		t.Errorf("%+v", d)
	}
}

func TestFiledTellsNumberAndCode(t *testing.T) {
	got := wechat.Filed("26030200012345", "123456", "2026 年 3 月 9 日")
	if !strings.Contains(got, "26030200012345") || !strings.Contains(got, "123456") || !strings.Contains(got, "3 月 9 日") {
		t.Error(got)
	}
}
