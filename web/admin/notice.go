package admin

import (
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/sla"
	"huiyin/web/page"
)

// A year's notice has about forty days, so a file of this size is something else.
const longestNotice = 256 << 10

// upload is the form that takes a notice.
type upload struct {
	Text string // as pasted, or what stood in the file that was refused
}

type noticePage struct {
	page.Head
	upload
	Year     sla.Year
	Replaces bool   // the year is known already
	Raw      string // the notice as it came in, base64: a form would change the ends of its lines
	Name     string
	Seen     string // version of the calendar that the preview compares with
	Changes  []changedDay
	sla.Stir
	More    bool // there are more open letters than were looked at
	Days    int  // by how many days a due moment moves at most
	Changed bool // the calendar changed between preview and saving
}

// changedDay is a day that becomes another.
type changedDay struct {
	Date     time.Time
	Was, Is  string // reasons, to be translated
	Works    bool   // after the change
	Switched bool   // it becomes a working day or stops being one
}

// tryNotice shows what a notice would change, before it is saved.
func (s *Server) tryNotice(c *fiber.Ctx) error {
	notice, err := noticeOf(c)
	if err == nil {
		return s.preview(c, notice, false)
	}
	return s.refuseNotice(c, notice, err)
}

// refuseNotice shows the calendar again with what was pasted and what is wrong with it.
func (s *Server) refuseNotice(c *fiber.Ctx, notice citypack.Notice, refusal error) error {
	if !letter.IsRefused(refusal) {
		return refusal
	}
	v, err := s.calendarNow(c)
	if err != nil {
		return err
	}
	v.Text = shownText(notice.Body)
	v.Under = page.PathAdmin
	v.Refused(refusal)
	return s.set.Render(c, "calendar", v)
}

// noticeOf reads the form: a file, else what was pasted.
func noticeOf(c *fiber.Ctx) (citypack.Notice, error) {
	notice := citypack.Notice{Body: []byte(c.FormValue("text"))}
	if head, err := c.FormFile("file"); err == nil && head.Size > 0 {
		if head.Size > longestNotice {
			return notice, errTooLong
		}
		f, err := head.Open()
		if err != nil {
			return notice, fmt.Errorf("open notice: %w", err)
		}
		defer f.Close()
		if notice.Body, err = io.ReadAll(io.LimitReader(f, longestNotice)); err != nil {
			return notice, fmt.Errorf("read notice: %w", err)
		}
		notice.Name = head.Filename
	}
	if len(notice.Body) > longestNotice {
		return notice, errTooLong
	}
	if !utf8.Valid(notice.Body) {
		return notice, letter.Invalid("这不是文字文件，读不出来。", map[string]string{"text": "文件须用 UTF-8 编码。"})
	}
	return notice, nil
}

var errTooLong = letter.Invalid("内容太长，不像一年的放假安排。", map[string]string{"text": "最多 256 KB。"})

func shownText(body []byte) string {
	if len(body) > longestNotice || !utf8.Valid(body) {
		return ""
	}
	return string(body)
}

// preview tries the notice on the calendar and the open letters.
func (s *Server) preview(c *fiber.Ctx, notice citypack.Notice, changed bool) error {
	year, err := notice.Year()
	if err != nil {
		return s.refuseNotice(c, notice, err)
	}
	city := s.City()
	tried, err := city.Pack.WithYear(year).Snapshot(city.Zone(), city.Version)
	if letter.IsRefused(err) {
		return s.refuseNotice(c, notice, err)
	}
	if err != nil {
		return err
	}
	v := &noticePage{Head: page.Head{Title: "预览放假安排", Under: page.PathAdmin}, upload: upload{Text: string(notice.Body)}, Year: year, Name: notice.Name,
		Raw: base64.StdEncoding.EncodeToString(notice.Body), Seen: city.Clocks.Calendar.Version(), Replaces: city.Clocks.Calendar.Known(year.Year), Changed: changed}
	v.Changes = compareDays(city.Clocks.Calendar, tried.Clocks.Calendar, year.Year)
	now := s.Now()
	v.More, err = s.Store.EachOpen(c.UserContext(), readerOf(c), mostOpen, func(l *letter.Letter) error {
		v.Take(tried.Clocks.Moves(l, now))
		return nil
	})
	v.Days = days(v.Most)
	if err != nil {
		return err
	}
	return s.set.Render(c, "notice", v)
}

// compareDays lists the days that a year's notice makes different: those of the year, and of the December before.
func compareDays(was, is *sla.Calendar, year int) []changedDay {
	var list []changedDay
	t := time.Date(year-1, time.December, 1, 12, 0, 0, 0, is.Zone())
	for ; t.Year() <= year; t = t.AddDate(0, 0, 1) {
		before, after := reason(was.Told(t)), reason(is.Told(t))
		if before != after {
			list = append(list, changedDay{t, before, after, is.Works(t), is.Works(t) != was.Works(t)})
		}
	}
	return list
}

// days of a stretch of time, the begun one counted.
func days(d time.Duration) int { return int((d + 24*time.Hour - 1) / (24 * time.Hour)) }

// keepNotice puts the notice in force that was previewed, with the file as it came in.
func (s *Server) keepNotice(c *fiber.Ctx) error {
	raw, err := base64.StdEncoding.DecodeString(c.FormValue("raw"))
	if err != nil || len(raw) > longestNotice {
		return letter.Invalid("确认的内容不完整，请重新预览。", nil).Because(err)
	}
	notice := citypack.Notice{Name: shortened(c.FormValue("name")), Body: raw}
	year, err := notice.Year()
	if err != nil {
		return s.refuseNotice(c, notice, err)
	}
	if c.FormValue("seen") != s.City().Clocks.Calendar.Version() {
		return s.preview(c, notice, true)
	}
	by := member(c).Login
	if err := citypack.ImportYear(c.UserContext(), s.Store, year, notice, by, s.Now()); err != nil {
		return err
	}
	if err := s.ReadCity(c.UserContext()); err != nil {
		return err
	}
	s.Log.Info("calendar changed", "by", by, "year", year.Year)
	page.Flash(c, "已启用 %d 年的放假安排。办理中的来信随后按新日历重算期限，已经告知的日期不会提前。", year.Year)
	return c.Redirect(fmt.Sprintf("%s/calendar?year=%d", page.PathAdmin, year.Year), fiber.StatusSeeOther)
}

// shortened keeps the name of a file to what a name is.
func shortened(name string) string {
	name = strings.ToValidUTF8(name[strings.LastIndexAny(name, `/\`)+1:], "")
	if r := []rune(name); len(r) > 100 {
		name = string(r[:100])
	}
	return name
}
