package sla

import "huiyin/internal/letter"

// Ground is one rule by which a limit is counted and the article it rests on.
type Ground = letter.Ground

// The rules of domain.md 2.8. Articles are those of the 民法典; the 信访工作条例 and
// the 政府信息公开条例 set numbers and units but say nothing on how to count.
var (
	// The day on which a letter comes in is day zero, whatever the hour: a letter
	// of midnight or of a Sunday is taken at once, and the next day, or the next
	// working day, is day one.
	nextDay = Ground{Rule: "开始的当日不计入，从下一日起算", Article: "民法典第二百零一条第一款"}
	atOnce  = Ground{Rule: "从开始的时刻起算，昼夜连续", Article: "民法典第二百零一条第二款"}
	// Working hours begin at the moment too, but only office hours pass.
	inOffice = Ground{Rule: "从开始的时刻起算，只计上班时间", Article: "民法典第二百零一条第二款、第二百零三条第二款"}
	sameDay  = Ground{Rule: "到期月的对应日为最后一日，没有对应日的为月末", Article: "民法典第二百零二条"}
	rollOver = Ground{Rule: "最后一日是休假日的，顺延到休假结束的次日", Article: "民法典第二百零三条第一款"}
	midnight = Ground{Rule: "最后一日的二十四时截止", Article: "民法典第二百零三条第二款"}
	// What a working day is, the yearly notice says; 日 and 工作日 are two units
	// (信访工作条例第二十三条 counts objections in 工作日 and all else in 日).
	workdays = Ground{Rule: "只计工作日：放假日不计，调休上班的周末计入", Article: "国务院办公厅关于部分节假日安排的通知"}
)

// Grounds are the rules for a limit in this unit: how it starts, what counts,
// how it ends.
func (u Unit) Grounds() []Ground {
	switch u {
	case CalendarDay:
		return []Ground{nextDay, rollOver, midnight}
	case WorkingDay:
		return []Ground{nextDay, workdays, midnight}
	case Hour:
		return []Ground{atOnce}
	case WorkingHour:
		return []Ground{inOffice, workdays}
	case Month:
		return []Ground{nextDay, sameDay, rollOver, midnight}
	}
	return nil
}
