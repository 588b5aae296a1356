package api

import (
	"crypto/sha256"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/intake"
	"huiyin/internal/letter"
	"huiyin/web/page"
)

// filed is the answer to a submission. A repeated request gets the same bytes, so nothing in it may change later.
type filed struct {
	Number     string       `json:"number"`
	QueryCode  string       `json:"query_code"`
	Status     letter.State `json:"status"`
	Department *named       `json:"department"`
	Due        *due         `json:"due"`
	Receipt    string       `json:"receipt"`
}

// submit takes a letter in. What it does per request counts: it is the busiest way into the house.
func (s *Server) submit(c *fiber.Ctx) error {
	body := c.Request().Body() // as sent: nothing is unpacked for a stranger
	d := letter.Draft{Channel: letter.Web}
	var deadline string
	err := object(body, func(field string) any {
		if field == "deadline" {
			return &deadline
		}
		return draftField(&d, field)
	})
	if err != nil {
		return err
	}
	if err := s.ordered(c, &d, deadline); err != nil {
		return err
	}
	key, err := onceKey(c)
	if err != nil {
		return err
	}
	if key != "" {
		if _, busy := s.inWork.LoadOrStore(key, nil); busy {
			return letter.Fail(letter.KindConflict, "同一个 Idempotency-Key 的请求还在处理。请稍后再试，会得到同样的回执。")
		}
		defer s.inWork.Delete(key)
		d.Once = &letter.Once{Key: key, Body: sha256.Sum256(body)}
	}
	if err := s.allow(c); err != nil {
		return err
	}
	receipt, err := s.Intake.Submit(c.UserContext(), d)
	if err != nil {
		return err
	}
	s.Poke()
	c.Set(fiber.HeaderLocation, "/api/v1/letters/"+receipt.Number)
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Status(fiber.StatusCreated).JSON(s.filed(receipt, page.Lang(c)))
}

// ordered takes over the deadline that a higher level set. A member who may take orders in answers for it by his token;
// a resident cannot set one.
func (s *Server) ordered(c *fiber.Ctx, d *letter.Draft, deadline string) (err error) {
	if deadline == "" {
		return nil
	}
	m, err := s.member(c)
	if err != nil {
		return err
	}
	if m.May(letter.Submission, nil) != nil {
		return letter.Forbid("上级指定的期限只能由话务员登记。")
	}
	d.Operator = m.Login
	d.Deadline, err = intake.ParseDeadline(deadline, s.City().Zone())
	return err
}

func (s *Server) filed(r intake.Receipt, lang page.Language) filed {
	city := s.City()
	f := filed{Number: r.Number, QueryCode: r.QueryCode, Status: r.State, Receipt: r.Slip, Department: department(city, r.Unit, lang)}
	if !r.Due.Due.IsZero() {
		f.Due = dueOf(r.Due, city.Zone())
	}
	return f
}

// draftField is where a field of the request belongs.
func draftField(d *letter.Draft, field string) any {
	switch field {
	case "kind":
		return (*string)(&d.Kind)
	case "title":
		return &d.Title
	case "body":
		return &d.Body
	case "name":
		return &d.Name
	case "phone":
		return &d.Phone
	case "email":
		return &d.Email
	case "anonymous":
		return &d.Anonymous
	case "publish":
		return &d.Publish
	case "place":
		return &d.Place
	case "addressee":
		return &d.Addressee
	}
	return nil
}

const keyHeader = "Idempotency-Key"

// onceKey is the key that the caller chose for this request, "" for none.
func onceKey(c *fiber.Ctx) (string, error) {
	key := c.Get(keyHeader)
	if len(key) > 200 || strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return "", letter.Invalid("请求中有字段不对，请按提示修改。", map[string]string{keyHeader: "最多 200 个字母、数字或符号，不含空格。"})
	}
	return key, nil
}

// allow counts the letters of an address in an hour, together with those written in the form.
func (s *Server) allow(c *fiber.Ctx) error {
	if s.PerHour == 0 {
		return nil
	}
	n, left, err := s.Live.Count(c.UserContext(), "letters:"+c.IP(), time.Hour)
	if err != nil {
		return err
	}
	if n <= s.PerHour {
		return nil
	}
	return tooMany(c, left, "这个地址一小时内的来信已到上限。请 %d 分钟后再试，急事请拨打热线。")
}

// tooMany says when to come back, to programs by the header and to people in minutes.
func tooMany(c *fiber.Ctx, wait time.Duration, sentence string) error {
	c.Set(fiber.HeaderRetryAfter, strconv.Itoa(max(1, int((wait+time.Second-1)/time.Second))))
	return letter.Fail(letter.KindTooMany, sentence, max(1, int((wait+time.Minute-1)/time.Minute)))
}
