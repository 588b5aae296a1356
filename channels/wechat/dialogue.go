package wechat

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"huiyin/internal/letter"
)

// Draft is what a person wrote in the chat and has not confirmed yet. The caller
// keeps one per person.
type Draft struct {
	ID   string    `json:"id"`   // of the message that began it, and of the letter's source
	Text string    `json:"text"` // all messages so far
	Last string    `json:"last"` // id of the newest message in it
	At   time.Time `json:"at"`   // of the newest message
}

// Letter is the draft as intake takes it. The message it began with is its
// source, so that a repeated confirmation files nothing twice.
func (d Draft) Letter(openID string) letter.Draft {
	return letter.Draft{Channel: letter.WeChat, Body: d.Text, OpenID: openID, Source: "wechat", SourceID: d.ID}
}

// Do is what the caller has to do before it sends the reply.
type Do string

// What Answer asks for.
const (
	Nothing Do = ""
	Keep    Do = "keep"   // store Action.Draft as the person's draft
	Drop    Do = "drop"   // delete the person's draft
	Submit  Do = "submit" // file Action.Draft, delete it, reply Filed
	Status  Do = "status" // look Number up with Code, reply how it stands
)

// Action is what a message leads to.
type Action struct {
	Do     Do
	Draft  Draft
	Number string
	Code   string
}

const (
	longest   = 20_000         // characters of a letter (contracts.md)
	forgotten = 24 * time.Hour // a draft this old is shown again before it is filed
)

const (
	sayWelcome = "您好，这里是政民互动平台，件件有回音。\n直接发文字说明情况，我们先记下来；您回复“提交”后才正式受理。\n查进度：发“查询 编号 查询码”。\n请不要发送涉密内容。有人身危险请立即拨打 110、119 或 120。"
	sayNoDraft = "没有待提交的内容。请先用文字说明您要反映的情况：什么事、在哪里、什么时候、希望怎么办。"
	sayDropped = "已作废，没有提交。需要时可以重新写。"
	sayMedia   = "这里目前只能收文字。请用文字说明情况；图片可以在网站写信时上传。"
	sayTooLong = "内容已超过 2 万字，这一条没有记下。请回复“提交”先提交前面的内容，或回复“取消”。"
	sayStatus  = "请把 14 位编号和 6 位查询码一起发来，例如：查询 26030200001234 123456"
	sayKept    = "已记下（还没有提交）：\n“%s”\n共 %d 字。回复“提交”正式提交，回复“取消”作废；继续发文字可以补充。"
	saySure    = "这是您之前写的内容（还没有提交）：\n“%s”\n共 %d 字。确认提交请再回复一次“提交”，不要了请回复“取消”。"
)

// Answer decides what a message means, given the person's draft (nil: none). A
// text never becomes a letter by itself: it becomes a draft, and one word
// confirms it (domain.md 7.1). An empty reply says nothing.
func Answer(m Message, draft *Draft) (Action, string) {
	switch m.Kind {
	case Subscribe:
		return Action{}, sayWelcome
	case Unsubscribe:
		return Action{Do: Drop}, ""
	case Media:
		return Action{}, sayMedia
	case OtherEvent:
		return Action{}, ""
	}
	if draft != nil && draft.Last == m.ID {
		return Action{}, fmt.Sprintf(sayKept, beginning(draft.Text), utf8.RuneCountInString(draft.Text)) // WeChat's repeated call
	}
	word := strings.Trim(m.Text, " \t\r\n　。.！!“”\"")
	switch word {
	case "提交", "确认", "确认提交", "确定":
		return confirm(m, draft)
	case "取消":
		if draft == nil {
			return Action{}, sayNoDraft
		}
		return Action{Do: Drop}, sayDropped
	case "查询", "进度", "查进度":
		return Action{}, sayStatus
	}
	if number, code, asked, err := inquiry(word); asked {
		if err != nil {
			return Action{}, err.Error()
		}
		if code == "" {
			return Action{}, sayStatus
		}
		return Action{Do: Status, Number: number, Code: code}, ""
	}
	if m.Kind == Menu || draft == nil && greeting(word) {
		return Action{}, sayWelcome
	}
	return keep(m, draft)
}

func confirm(m Message, draft *Draft) (Action, string) {
	if draft == nil {
		return Action{}, sayNoDraft
	}
	if m.At.Sub(draft.At) > forgotten {
		again := *draft
		again.At = m.At
		return Action{Do: Keep, Draft: again}, fmt.Sprintf(saySure, beginning(draft.Text), utf8.RuneCountInString(draft.Text))
	}
	return Action{Do: Submit, Draft: *draft}, ""
}

// keep begins a draft or adds to it.
func keep(m Message, draft *Draft) (Action, string) {
	d := Draft{ID: m.ID, Text: m.Text, Last: m.ID, At: m.At}
	if draft != nil {
		d.ID, d.Text = draft.ID, draft.Text+"\n"+m.Text
	}
	n := utf8.RuneCountInString(d.Text)
	if n > longest {
		return Action{}, sayTooLong
	}
	return Action{Do: Keep, Draft: d}, fmt.Sprintf(sayKept, beginning(d.Text), n)
}

// greeting says that a first message is too short to be a matter: 您好, 在吗, ？.
func greeting(word string) bool { return utf8.RuneCountInString(word) < 5 }

// beginning is what of a draft is shown back.
func beginning(text string) string {
	const most = 200
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most]) + "…"
}

var asks = regexp.MustCompile(`^(?:查询|查进度|进度)?(?:编号|查询码|[\s　,，:：;；/-]|[0-9０-９])*$`)

// inquiry finds a number and a query code in a message that holds nothing else.
func inquiry(text string) (number, code string, asked bool, err error) {
	if !asks.MatchString(text) {
		return "", "", false, nil
	}
	digits := letter.Digits(text)
	if len(digits) < 14 {
		return "", "", strings.Contains(text, "查") || strings.Contains(text, "编号"), nil
	}
	if number, err = letter.ParseNumber(digits[:14]); err != nil {
		return "", "", true, err
	}
	if len(digits) == 20 {
		code = digits[14:]
	}
	return number, code, true, nil
}

// Filed is the reply once a letter was filed; due is its due date in words, or
// empty.
func Filed(number, code, due string) string {
	s := fmt.Sprintf("已提交。\n编号：%s\n查询码：%s", number, code)
	if due != "" {
		s += "\n答复期限：" + due
	}
	return s + "\n请妥善保存。查进度请发：查询 " + number + " " + code
}

// Stands is the reply to an inquiry: the state in words, the unit's name and the
// due date where there are any.
func Stands(number, state, unit, due string) string {
	s := "编号 " + number + "：" + state + "。"
	if unit != "" {
		s += "\n承办单位：" + unit
	}
	if due != "" {
		s += "\n答复期限：" + due
	}
	return s
}
