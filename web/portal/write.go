package portal

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/intake"
	"huiyin/internal/letter"
	"huiyin/web/page"
)

// writable are the columns that take letters; the others have pages of their own.
var writable = []letter.Column{letter.Complaints, letter.Leaders, letter.Guidance}

// letterForm is everything typed on the page, as it was typed.
type letterForm struct {
	Column    letter.Column
	Addressee string
	Kind      letter.Kind
	Title     string
	Body      string
	Unit      string
	Place     string
	Name      string
	Phone     string
	Email     string
	Anonymous bool
	Publish   bool
}

func readLetterForm(c *fiber.Ctx) letterForm {
	f := letterForm{
		Column: letter.Column(c.FormValue("column")), Addressee: c.FormValue("addressee"), Kind: letter.Kind(c.FormValue("kind")),
		Title: c.FormValue("title"), Body: lines(c.FormValue("body")), Unit: c.FormValue("unit"), Place: c.FormValue("place"),
		Name: c.FormValue("name"), Phone: c.FormValue("phone"), Email: c.FormValue("email"),
		Anonymous: c.FormValue("anonymous") != "", Publish: c.FormValue("publish") != "",
	}
	if !slices.Contains(writable, f.Column) {
		f.Column = letter.Complaints
	}
	if f.Column != letter.Leaders {
		f.Addressee = ""
	}
	return f
}

// lines undoes how browsers send line ends.
func lines(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }

func (f letterForm) draft() letter.Draft {
	return letter.Draft{
		Channel: letter.Web, Column: f.Column, Addressee: f.Addressee, Kind: f.Kind, Title: f.Title, Body: f.Body, Unit: f.Unit,
		Place: f.Place, Name: f.Name, Phone: f.Phone, Email: f.Email, Anonymous: f.Anonymous, Publish: f.Publish,
	}
}

// once is the Idempotency-Key of a form with the fingerprint of what it carries,
// nil when the form brought none.
func once(key string, form any) (*letter.Once, error) {
	if key == "" {
		return nil, nil
	}
	if len(key) > 100 {
		return nil, letter.Invalid("这份表单已经失效。请再按一次“提交”。", nil)
	}
	content, err := json.Marshal(form)
	if err != nil {
		return nil, fmt.Errorf("fingerprint of form: %w", err)
	}
	return &letter.Once{Key: key, Body: sha256.Sum256(content)}, nil
}

type writePage struct {
	page.Head
	Form    letterForm
	Once    string
	Tabs    []tab
	Leaders []choice
	Units   []choice
	Kinds   []letter.Kind
	Most    int // characters of the text
	Guess   guess
	Looked  bool // asked for who asked the same, without a script
}

// tab is a column that can be written to.
type tab struct {
	Column letter.Column
	Name   string
	Here   bool
}

func (s *Server) write(c *fiber.Ctx) error {
	form := letterForm{Column: letter.Column(c.Query("column")), Addressee: c.Query("addressee"), Title: c.Query("title")}
	if !slices.Contains(writable, form.Column) {
		form.Column = letter.Complaints
	}
	return s.set.Render(c, "write", s.writePage(c, form, rand.Text()))
}

func (s *Server) writePage(c *fiber.Ctx, form letterForm, key string) *writePage {
	n := names{s.City(), page.Lang(c)}
	v := &writePage{
		Head: page.Head{Title: "写信", Column: form.Column.Word()}, Form: form, Once: key,
		Leaders: n.leaders(), Units: n.units(), Kinds: letter.Kinds, Most: s.Intake.Limits.Body,
	}
	for _, column := range writable {
		v.Tabs = append(v.Tabs, tab{Column: column, Name: n.column(column), Here: column == form.Column})
	}
	return v
}

// submit takes the letter in and leads to its receipt. A refused form comes back
// with every word.
func (s *Server) submit(c *fiber.Ctx) error {
	form, key := readLetterForm(c), c.FormValue("once")
	receipt, err := s.take(c, form.draft(), key, form)
	var refused *letter.Error
	if errors.As(err, &refused) {
		v := s.writePage(c, form, freshKey(refused, key))
		v.Refused(refused)
		return s.set.Render(c, "write", v)
	}
	if err != nil {
		return err
	}
	s.pass(c, receipt.Number)
	return c.Redirect(passPath(receipt.Number)+"/receipt", fiber.StatusSeeOther)
}

// freshKey lets a form that was refused be sent again as another one; while it
// may still be in work the key stays, so that nothing is taken twice.
func freshKey(refused *letter.Error, key string) string {
	if refused.Kind == letter.KindInvalid || refused.Kind == letter.KindRefused {
		return rand.Text()
	}
	return key
}

// take submits a draft from a form, within what one address may send in an hour.
func (s *Server) take(c *fiber.Ctx, d letter.Draft, key string, form any) (intake.Receipt, error) {
	if err := s.within(c); err != nil {
		return intake.Receipt{}, err
	}
	var err error
	if d.Once, err = once(key, form); err != nil {
		return intake.Receipt{}, err
	}
	receipt, err := s.Intake.Submit(c.UserContext(), d)
	if d.Once != nil && letter.IsKind(err, letter.KindRefused) {
		err = letter.Refuse("这份表单刚才已经交过一次，内容和这次不同。如果这是另一封信，请再按一次“提交”。").Because(err)
	}
	if err != nil {
		return receipt, err
	}
	s.Poke()
	return receipt, nil
}

// within counts the letters of an address; tries count too, since each costs
// what a letter costs.
func (s *Server) within(c *fiber.Ctx) error {
	if s.PerHour <= 0 {
		return nil
	}
	n, reset, err := s.Live.Count(c.UserContext(), "letters:"+c.IP(), time.Hour)
	if err != nil {
		return fmt.Errorf("count letters: %w", err)
	}
	if n > s.PerHour {
		return letter.Fail(letter.KindTooMany, "这个地址一小时内最多写 %d 封信。请 %d 分钟后再提交，您写的内容还在；急事请拨打热线。",
			s.PerHour, max(1, int(reset.Minutes()+1)))
	}
	return nil
}
