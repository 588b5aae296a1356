package admin

import (
	"fmt"
	"mime"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/letter"
	"huiyin/sla"
	"huiyin/web/page"
)

type calendarPage struct {
	page.Head
	upload
	Version string
	Missing missing
	Years   []knownYear
	Drawn   []drawnMonth
	Shown   int // year that is drawn
	Choice  []int
	Orders  []localOrder
	Hours   []sla.Period
	Minutes int // of a working day
}

// knownYear is a year in force and where it came from.
type knownYear struct {
	sla.Year
	At   time.Time // when it came into force, zero: with the city pack
	By   string    // name of who did it
	File bool      // its file is kept
}

// calendar shows what is known, drawn month by month, and takes a new notice.
func (s *Server) calendar(c *fiber.Ctx) error {
	v, err := s.calendarNow(c)
	if err != nil {
		return err
	}
	return s.set.Render(c, "calendar", v)
}

func (s *Server) calendarNow(c *fiber.Ctx) (*calendarPage, error) {
	city := s.City()
	calendar := city.Clocks.Calendar
	v := &calendarPage{Head: page.Head{Title: "工作日历"}, Version: calendar.Version(), Missing: s.missing(), Minutes: calendar.OfficeMinutes()}
	v.Hours = officeHours(city)
	if err := s.knownYears(c, v); err != nil {
		return nil, err
	}
	v.Shown = s.Now().In(city.Zone()).Year()
	if picked := c.Query("year"); picked != "" {
		year, err := yearOf(picked)
		if err != nil {
			return nil, err
		}
		v.Shown = year
	}
	v.Choice = choice(v.Years, v.Missing.Years)
	v.Orders = s.localOrders()
	v.Drawn = drawYear(calendar, v.Shown, page.Lang(c))
	return v, nil
}

// localOrder is a local order with the names of the units it is for.
type localOrder struct {
	sla.Overlay
	RegionName, UnitName string
}

func (s *Server) localOrders() []localOrder {
	city := s.City()
	var list []localOrder
	for _, o := range city.Pack.Overlays {
		list = append(list, localOrder{o, nameOf(o.Region, city.Router.Name), nameOf(o.Unit, city.Router.Name)})
	}
	return list
}

// choice are the years that can be drawn.
func choice(known []knownYear, missing []int) []int {
	var list []int
	for _, y := range known {
		list = append(list, y.Year.Year)
	}
	for _, y := range missing {
		if len(list) == 0 || y > list[len(list)-1] {
			list = append(list, y)
		}
	}
	return list
}

// knownYears are the years in force with their last change.
func (s *Server) knownYears(c *fiber.Ctx, v *calendarPage) error {
	changes, err := s.Store.CityChanges(c.UserContext(), "calendar")
	if err != nil {
		return err
	}
	names, err := s.people(c.UserContext())
	if err != nil {
		return err
	}
	last := map[string]letter.CityChange{}
	for _, change := range changes {
		if _, ok := last[change.ID]; !ok {
			last[change.ID] = change
		}
	}
	for _, y := range s.City().Clocks.Calendar.Years() {
		known := knownYear{Year: y}
		if change, ok := last[fmt.Sprint(y.Year)]; ok {
			known.At, known.By, known.File = change.At, called(names, change.By), true
		}
		v.Years = append(v.Years, known)
	}
	return nil
}

// noticeFile gives the file of a year as it came in.
func (s *Server) noticeFile(c *fiber.Ctx) error {
	year, err := yearOf(c.Params("year"))
	if err != nil {
		return err
	}
	change, err := s.Store.CityFile(c.UserContext(), "calendar", fmt.Sprint(year))
	if err != nil {
		return err
	}
	name := change.Name
	if name == "" {
		name = fmt.Sprintf("%d.txt", year)
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEOctetStream)
	c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	return c.Send(change.File)
}
