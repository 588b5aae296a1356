// Package page is what all pages share: layout, language, assets, errors, the line of the letter; a page of its own it has none.
//
// A page package keeps its templates in templates/*.html, each defining "main", and a struct for each:
//
//	//go:embed templates
//	var templates embed.FS
//
//	type writePage struct {
//		page.Head
//		Draft letter.Draft
//	}
//
//	set, err := page.New(site, page.Resident, templates) // once, at start
//
//	func (s *Server) write(c *fiber.Ctx) error {
//		return s.set.Render(c, "write", &writePage{Head: page.Head{Title: "写信"}})
//	}
//
// A refused form comes back with what was typed: v.Refused(err), then Render again; the status follows the error.
//
// In templates: {{t "写信"}} {{t "共 %d 封" .Total}} {{date .At}} {{moment .At}} {{shortdate .At}} {{day "2026-11-23"}}
// {{number .Number}} {{count .Total}} {{workingdays .N}} {{word .Letter.Kind}} {{badge .Letter.State}} {{badge .Due.Mark}}
// {{asset "site.css"}} {{template "line" .Line}} {{template "pages" .Pages}} {{template "wrong" .}}, and beside a field
// <input name="title" {{.Bad "title"}}>{{.Fault "title"}}. Every Chinese text in a template or a Go source of a page
// package is a key of catalogue/*.json; pagetest checks that none is missing and that every template renders.
package page

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// Chrome is the frame around a page: for residents or for the desk.
type Chrome string

// The two frames; each is also the class of the page's body.
const (
	Resident Chrome = "resident"
	Desk     Chrome = "desk"
)

//go:embed templates
var ownTemplates embed.FS

// Set holds the parsed pages of one page package, in every language.
type Set struct {
	site   Site
	chrome Chrome
	pages  map[string]map[Language]*template.Template
}

// New parses templates/*.html of a page package together with the layout. A file named part_*.html holds
// parts of several pages and is no page itself.
func New(site Site, chrome Chrome, templates fs.FS) (*Set, error) {
	files, err := fs.Glob(templates, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("list templates: %w", err)
	}
	s := &Set{site: site, chrome: chrome, pages: map[string]map[Language]*template.Template{}}
	for _, lang := range Languages {
		base, err := s.base(lang, templates, files)
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			if err := s.add(lang, base, templates, file); err != nil {
				return nil, err
			}
		}
	}
	return s, nil
}

// base is the layout with our parts and the package's own parts.
func (s *Set) base(lang Language, templates fs.FS, files []string) (*template.Template, error) {
	base, err := template.New("").Funcs(s.functions(lang)).ParseFS(ownTemplates, "templates/layout.html", "templates/part_*.html")
	if err != nil {
		return nil, fmt.Errorf("parse layout: %w", err)
	}
	for _, file := range files {
		if !isPart(file) {
			continue
		}
		if base, err = base.ParseFS(templates, file); err != nil {
			return nil, fmt.Errorf("parse %s: %w", file, err)
		}
	}
	return base, nil
}

func (s *Set) add(lang Language, base *template.Template, templates fs.FS, file string) error {
	if isPart(file) || path.Base(file) == "layout.html" {
		return nil
	}
	page, err := base.Clone()
	if err != nil {
		return fmt.Errorf("copy layout: %w", err)
	}
	if page, err = page.ParseFS(templates, file); err != nil {
		return fmt.Errorf("parse %s: %w", file, err)
	}
	if page.Lookup("main") == nil {
		return fmt.Errorf("%s does not define \"main\"", file)
	}
	name := strings.TrimSuffix(path.Base(file), ".html")
	if s.pages[name] == nil {
		s.pages[name] = map[Language]*template.Template{}
	}
	s.pages[name][lang] = page
	return nil
}

func isPart(file string) bool { return strings.HasPrefix(path.Base(file), "part_") }

// Names lists the pages of the set.
func (s *Set) Names() []string {
	var names []string
	for name := range s.pages {
		names = append(names, name)
	}
	return names
}

// Render shows a page in the reader's language, with the status that its head carries (200 unless Refused set one).
func (s *Set) Render(c *fiber.Ctx, name string, v View) error {
	return s.Part(c, name, "layout", v)
}

// Part shows one template of a page alone, for htmx to put into a page that stands already.
func (s *Set) Part(c *fiber.Ctx, name, part string, v View) error {
	h := v.head()
	h.fill(c, s)
	var b bytes.Buffer
	if err := s.execute(&b, name, part, h.Lang, v); err != nil {
		return err
	}
	if h.Status != 0 {
		c.Status(h.Status)
	}
	c.Set(fiber.HeaderContentLanguage, string(h.Lang))
	// The same address shows another language, size or member to another reader.
	c.Vary(fiber.HeaderAcceptLanguage, fiber.HeaderCookie)
	if len(c.Response().Header.Peek(fiber.HeaderCacheControl)) == 0 {
		c.Set(fiber.HeaderCacheControl, s.caching())
	}
	c.Type("html", "utf-8")
	return c.Send(b.Bytes())
}

// caching keeps letters out of shared caches; what the desk sees stays in no cache at all, since counters share machines.
func (s *Set) caching() string {
	if s.chrome == Desk {
		return "no-store"
	}
	return "private, no-cache"
}

// Write renders a page without a request, as tests and galleries need it.
func (s *Set) Write(w io.Writer, name string, lang Language, v View) error {
	h := v.head()
	h.Site, h.Chrome, h.Lang = s.site, s.chrome, lang
	return s.execute(w, name, "layout", lang, v)
}

func (s *Set) execute(w io.Writer, name, part string, lang Language, v View) error {
	page := s.pages[name][lang]
	if page == nil {
		return fmt.Errorf("there is no page %q in %s", name, lang)
	}
	if err := page.ExecuteTemplate(w, part, v); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	return nil
}
