package desk

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/letter"
)

// person is the sender as the desk sees him: masked until somebody asks.
type person struct {
	letter.Contact
	Anonymous bool
	WeChat    bool // wrote from WeChat, where a notice reaches him
	Known     bool // there is something to show
	Shown     bool // in clear
}

// sender opens the contact data and masks it.
func (s *Server) sender(l *letter.Letter) (person, error) {
	p, err := s.openContact(l)
	if err != nil {
		return p, err
	}
	p.Name, p.Phone, p.Email = maskName(p.Name), maskPhone(p.Phone), maskEmail(p.Email)
	return p, nil
}

func (s *Server) openContact(l *letter.Letter) (person, error) {
	p := person{Anonymous: l.Anonymous}
	if len(l.Contact) == 0 {
		return p, nil
	}
	plain, err := s.Vault.Open(l.Contact)
	if err != nil {
		return p, fmt.Errorf("contact of %s: %w", l.Number, err)
	}
	if err := json.Unmarshal(plain, &p.Contact); err != nil {
		return p, fmt.Errorf("contact of %s: %w", l.Number, err)
	}
	p.Known, p.WeChat, p.OpenID = true, p.OpenID != "", "" // nobody can do anything with the identity itself
	return p, nil
}

// contact shows the sender's data to a member who asks for it; who looked, and
// at which letter, is logged.
func (s *Server) contact(c *fiber.Ctx) error {
	m := member(c)
	l, err := s.readable(c, m, c.Params("number"))
	if err != nil {
		return err
	}
	v, err := s.letterPage(c, m, l)
	if err != nil {
		return err
	}
	if v.Sender, err = s.openContact(l); err != nil {
		return err
	}
	v.Sender.Shown = true
	s.Log.InfoContext(c.UserContext(), "contact shown", "login", m.Login, "number", l.Number)
	return s.set.Render(c, "letter", v)
}

// maskName keeps the family name.
func maskName(name string) string {
	runes := []rune(name)
	if len(runes) == 0 {
		return ""
	}
	return string(runes[:1]) + "**"
}

// maskPhone keeps the first three and the last two digits, nothing of a short number.
func maskPhone(phone string) string {
	runes := []rune(phone)
	if len(runes) == 0 {
		return ""
	}
	if len(runes) < 8 {
		return strings.Repeat("*", len(runes))
	}
	return string(runes[:3]) + strings.Repeat("*", len(runes)-5) + string(runes[len(runes)-2:])
}

func maskEmail(email string) string {
	_, host, ok := strings.Cut(email, "@")
	if !ok {
		return ""
	}
	return "***@" + host
}
