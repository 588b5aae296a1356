package sla

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"huiyin/internal/letter"
)

// Year is what the State Council's notice on the holidays of one year says. It
// may also change days of the December before.
type Year struct {
	Year      int       `json:"year" yaml:"year"`
	Source    string    `json:"source" yaml:"source"`       // title and address of the notice
	Announced string    `json:"announced" yaml:"announced"` // its date, YYYY-MM-DD, "" when not known
	Off       []Special `json:"off" yaml:"off"`             // days off; weekends need not be listed
	Work      []Special `json:"work" yaml:"work"`           // weekend days on which people work
}

// Special is a day that is not what its weekday says.
type Special struct {
	Date string `json:"date" yaml:"date"` // YYYY-MM-DD
	Name string `json:"name" yaml:"name"` // of the holiday: 国庆节
}

// Empty says that the notice of the year is not out, whatever file or row stands
// for it: such a year is not known.
func (y Year) Empty() bool { return len(y.Off) == 0 && len(y.Work) == 0 }

// Check refuses a year that cannot be counted with. A year without days off is
// not announced yet, whatever file it stands in.
func (y Year) Check() error {
	if len(y.Off) == 0 {
		return letter.Refuse("%d 年的放假安排是空的，说明尚未公布，不能导入。", y.Year)
	}
	if strings.TrimSpace(y.Source) == "" {
		return letter.Refuse("%d 年的放假安排没有写明来源，不能导入。", y.Year)
	}
	seen := map[day]bool{}
	for _, list := range [][]Special{y.Off, y.Work} {
		for _, s := range list {
			d, err := s.day()
			if err != nil {
				return letter.Refuse("%d 年放假安排中的日期“%s”不对，应写作 2026-10-01。", y.Year, s.Date).Because(err)
			}
			if t := d.date(); t.Year() != y.Year && (t.Year() != y.Year-1 || t.Month() != time.December) {
				return letter.Refuse("%s 不属于 %d 年的放假安排。", s.Date, y.Year)
			}
			if seen[d] {
				return letter.Refuse("%d 年的放假安排中 %s 出现了两次。", y.Year, s.Date)
			}
			seen[d] = true
		}
	}
	return nil
}

func (y Year) entries() []entry {
	return append(entriesOf(y.Off, mark{off: true}), entriesOf(y.Work, mark{work: true})...)
}

// entriesOf lays a mark on each day, with its name.
func entriesOf(list []Special, m mark) []entry {
	entries := make([]entry, 0, len(list))
	for _, s := range list {
		if d, err := s.day(); err == nil { // Check has refused bad dates
			m.name = s.Name
			entries = append(entries, entry{d, m})
		}
	}
	return entries
}

func (s Special) day() (day, error) {
	t, err := time.Parse(time.DateOnly, s.Date)
	if err != nil {
		return 0, fmt.Errorf("special day: %w", err)
	}
	return dayOf(t), nil
}

// ParseYear reads a year file in JSON: one of the holiday-cn project, or our own
// form as Year is written. The empty year of either is refused.
func ParseYear(data []byte) (Year, error) {
	var y Year
	if err := json.Unmarshal(data, &y); err != nil {
		return y, letter.Refuse("这不是放假安排文件。").Because(err)
	}
	if y.Source == "" && y.Empty() {
		return ParseHolidayCN(data)
	}
	return y, y.Check()
}

// ParseHolidayCN reads a year file of the holiday-cn project. It refuses the
// empty file that stands there for a year whose notice is not out: taking it
// for a year without holidays would compute wrong limits.
func ParseHolidayCN(data []byte) (Year, error) {
	var file struct {
		Year   int      `json:"year"`
		Papers []string `json:"papers"`
		Days   []struct {
			Name     string `json:"name"`
			Date     string `json:"date"`
			IsOffDay *bool  `json:"isOffDay"`
		} `json:"days"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return Year{}, letter.Refuse("这不是 holiday-cn 的年份文件。").Because(err)
	}
	if len(file.Papers) == 0 || len(file.Days) == 0 {
		return Year{}, letter.Refuse("%d 年的放假安排是空的，说明尚未公布，不能导入。", file.Year)
	}
	y := Year{Year: file.Year, Source: strings.Join(file.Papers, " ")}
	for _, d := range file.Days {
		if d.IsOffDay == nil {
			return Year{}, letter.Refuse("%s 没有写明放假还是上班，不能导入。", d.Date)
		}
		if *d.IsOffDay {
			y.Off = append(y.Off, Special{d.Date, d.Name})
		} else {
			y.Work = append(y.Work, Special{d.Date, d.Name})
		}
	}
	return y, y.Check()
}
