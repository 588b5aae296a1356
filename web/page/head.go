package page

import (
	"errors"
	"html/template"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
)

// View is a page struct: anything that embeds Head, by pointer.
type View interface{ head() *Head }

// Head is the part of every page struct that the layout reads. A handler sets the upper fields; Render fills the rest.
type Head struct {
	Title  string // of the page: a key of the catalogue, or the title of a letter
	Column string // the column of the site the page belongs to, for the meta tags of government sites; may be empty
	Under  string // path of the menu's entry that the page belongs to, where its own address does not say it
	Sought string // what the desk's search box holds
	Live   bool   // the page listens to server-sent events
	Status int    // HTTP status, 0 for 200

	Wrong  string            // why the form was refused, in the reader's language after Render
	Wrongs map[string]string // the same for single fields

	Site   Site
	Chrome Chrome
	Lang   Language
	Large  bool          // large-type mode
	Here   string        // path and query of the page, for the switches in the header
	Member *staff.Member // who is signed in, nil for residents
	Flash  string        // what just happened, shown once

	refusal *letter.Error
}

func (h *Head) head() *Head { return h }

// Frame is the head itself. The layout reads through it, so that a field of a page may be called Member or Title too.
func (h *Head) Frame() *Head { return h }

// Refused makes the page say why its form was refused. An error that is not for people is left to the error handler:
// return it instead.
func (h *Head) Refused(err error) {
	var e *letter.Error
	if !errors.As(err, &e) {
		return
	}
	h.refusal = e
	h.Status = statusOf(e.Kind)
}

// fill takes from the request what every page needs.
func (h *Head) fill(c *fiber.Ctx, s *Set) {
	h.Site, h.Chrome = s.site, s.chrome
	h.Lang, h.Large = Lang(c), Large(c)
	if h.Here == "" {
		h.Here = here(c)
	}
	if m, ok := Member(c); ok {
		h.Member = &m
	}
	h.Flash = takeFlash(c)
	h.translateRefusal()
}

func (h *Head) translateRefusal() {
	if h.refusal == nil {
		return
	}
	h.Wrong = T(h.Lang, h.refusal.Message, h.refusal.Args...)
	h.Wrongs = make(map[string]string, len(h.refusal.Fields))
	for field, sentence := range h.refusal.Fields {
		h.Wrongs[field] = T(h.Lang, sentence)
	}
}

// here is the address that the switches of the header lead back to. A form that came back stands under the address it
// was sent to, which may not be readable; the page with the form is the one it was sent from.
func here(c *fiber.Ctx) string {
	address := c.OriginalURL()
	if c.Method() != fiber.MethodGet && c.Method() != fiber.MethodHead {
		address = c.Get(fiber.HeaderReferer)
	}
	u, err := url.Parse(address)
	if err != nil || u.Path == "" || (u.Host != "" && u.Host != string(c.Request().Host())) {
		return "/"
	}
	u.Scheme, u.Host, u.User, u.Fragment = "", "", nil, ""
	return u.String()
}

// With gives the address of this page with one query parameter set.
func (h *Head) With(name, value string) string {
	u, err := url.Parse(h.Here)
	if err != nil {
		return "/"
	}
	q := u.Query()
	q.Set(name, value)
	u.RawQuery = q.Encode()
	// Two leading slashes would name another host.
	if len(u.Path) > 1 && u.Path[1] == '/' {
		return "/"
	}
	return u.String()
}

// Bad gives the attributes of a field that was refused, none otherwise.
func (h *Head) Bad(field string) template.HTMLAttr {
	if h.Wrongs[field] == "" {
		return ""
	}
	return template.HTMLAttr(`aria-invalid="true" aria-describedby="` + template.HTMLEscapeString(field) + `-fault"`)
}

// Fault is the sentence under a field that was refused, nothing otherwise.
func (h *Head) Fault(field string) template.HTML {
	if h.Wrongs[field] == "" {
		return ""
	}
	return template.HTML(`<p class="fault" id="`+template.HTMLEscapeString(field)+`-fault">`) + shapes["wrong"] +
		template.HTML(template.HTMLEscapeString(h.Wrongs[field])+`</p>`)
}
