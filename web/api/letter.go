package api

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/intake"
	"huiyin/internal/letter"
	"huiyin/web/page"
)

// standing is a letter as its sender may see it.
type standing struct {
	Number     string       `json:"number"`
	Status     letter.State `json:"status"`
	Department *named       `json:"department"`
	Due        *due         `json:"due"`
	Timeline   []entry      `json:"timeline"`
}

// letter shows a letter to who knows its query code.
func (s *Server) letter(c *fiber.Ctx) error {
	number, err := s.admitted(c)
	if err != nil {
		return err
	}
	l, err := s.Store.Letter(c.UserContext(), number)
	if errors.Is(err, letter.ErrNotFound) {
		return errWrongCode()
	}
	if err != nil {
		return err
	}
	city, lang := s.City(), page.Lang(c)
	answer := standing{Number: l.Number, Status: l.State, Due: explained(city, l, lang)}
	if l.Guard == "" {
		answer.Department = department(city, l.Unit, lang)
	}
	if answer.Timeline, err = timeline(city, l, lang); err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.JSON(answer)
}

// admitted is the number of the letter whose code the request carries. A number that does not exist and a code that
// does not fit get the same answer and count alike.
func (s *Server) admitted(c *fiber.Ctx) (string, error) {
	number, err := letter.ParseNumber(c.Params("number"))
	if err != nil {
		number = "unreadable/" + c.IP() // counts for the address all the same
	}
	code := c.Get("X-Query-Code")
	if code == "" {
		code = c.Query("code")
	}
	right := s.Vault.CodeMatches(number, intake.CodeVersion, code) && err == nil
	wait, err := s.Live.Guess(c.UserContext(), c.IP(), number, right)
	switch {
	case err != nil:
		return "", err
	case wait > 0:
		return "", tooMany(c, wait, "查询码错的次数太多，为保护来信暂停查询。请 %d 分钟后再试，或者拨打热线。")
	case !right:
		return "", errWrongCode()
	}
	return number, nil
}

func errWrongCode() error {
	return letter.Fail(letter.KindNotFound, "编号和查询码对不上，没有可以查看的来信。请核对回执。")
}

// timeline lists the public steps; a step without words of its own says what the sender was told.
func timeline(city *citypack.Snapshot, l *letter.Letter, lang page.Language) ([]entry, error) {
	shown, err := l.Timeline()
	if err != nil {
		return nil, err
	}
	list := make([]entry, 0, len(shown))
	for _, e := range shown {
		row, _ := letter.Row(e.Step)
		line := entry{Seq: e.Seq, Step: e.Step, At: e.At.In(city.Zone()), By: "sender", Text: e.Text, Due: moment(e.Due, city.Zone()), Was: moment(e.Was, city.Zone())}
		if e.By != "sender" {
			line.By = officeOr(city, e.By, lang)
		}
		switch {
		case line.Text != "":
		case row.Tells != "":
			line.Text = page.T(lang, row.Tells)
		default:
			line.Text = page.T(lang, row.Word)
		}
		list = append(list, line)
	}
	return list, nil
}

// officeOr names a unit; the office that runs the site speaks where no unit does.
func officeOr(city *citypack.Snapshot, unit string, lang page.Language) string {
	if unit == "" {
		unit = city.Pack.City.Host
	}
	return unitName(city, unit, lang)
}
