package page

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/language"
)

// Language is one that every page is written in.
type Language string

// The languages; Chinese is the source text.
const (
	Chinese Language = "zh"
	English Language = "en"
)

// Languages lists them, the first one for readers who ask for none of them.
var Languages = []Language{Chinese, English}

//go:embed catalogue/*.json
var catalogueFiles embed.FS

// english maps each Chinese source text to its translation.
var english = func() map[string]string {
	merged, err := readCatalogue(catalogueFiles)
	if err != nil {
		panic(err) // the files are part of the program; a test reads them
	}
	return merged
}()

// readCatalogue merges the files. A text that two files translate differently is a mistake of one of them.
func readCatalogue(files fs.FS) (map[string]string, error) {
	names, err := fs.Glob(files, "catalogue/*.json")
	if err != nil {
		return nil, fmt.Errorf("list catalogue: %w", err)
	}
	merged := map[string]string{}
	for _, name := range names {
		b, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read catalogue: %w", err)
		}
		var part map[string]string
		if err := json.Unmarshal(b, &part); err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		for text, translation := range part {
			if old, ok := merged[text]; ok && old != translation {
				return nil, fmt.Errorf("%s translates %q as %q, another file as %q", name, text, translation, old)
			}
			merged[text] = translation
		}
	}
	return merged, nil
}

// Translated says whether the catalogue has the text.
func Translated(text string) bool { _, ok := english[text]; return ok }

// T gives a Chinese source text in the reader's language, with args filled in after translation; words among the args
// (states, steps, kinds) are translated too. A text without translation stays Chinese: better than nothing.
func T(lang Language, text string, args ...any) string {
	if lang == English {
		text = translate(text)
		args = translateWords(args)
	}
	if len(args) > 0 {
		text = fmt.Sprintf(text, args...)
	}
	if lang == English {
		return agree(text)
	}
	return text
}

// counted is a number with the noun that it counts, as the catalogue writes it: %d working day(s).
var counted = regexp.MustCompile(`(\d[\d,.]*)((?: [a-z-]+)+)\(s\)`)

// agree makes nouns agree with their numbers, which Chinese needs not: 1 working day, 2 working days. A noun without a
// number, as in a list of units to choose from, keeps its (s).
func agree(text string) string {
	if !strings.Contains(text, "(s)") {
		return text
	}
	return counted.ReplaceAllStringFunc(text, func(found string) string {
		noun := strings.TrimSuffix(found, "(s)")
		if strings.HasPrefix(found, "1 ") {
			return noun
		}
		return noun + "s"
	})
}

func translate(text string) string {
	if t, ok := english[text]; ok {
		return t
	}
	return translateNumbered(text)
}

var numbers = regexp.MustCompile(`\d+`)

// translateNumbered translates a sentence whose numbers are filled in already, as those beside form fields are, by the
// entry that has %d in their places.
func translateNumbered(text string) string {
	found := numbers.FindAllString(text, -1)
	if len(found) == 0 {
		return text
	}
	t, ok := english[numbers.ReplaceAllString(text, "%d")]
	if !ok {
		return text
	}
	for _, n := range found {
		t = strings.Replace(t, "%d", n, 1)
	}
	return t
}

// translateWords leaves the caller's args as they are: they may belong to an error that is kept.
func translateWords(args []any) []any {
	translated := make([]any, len(args))
	for i, a := range args {
		translated[i] = a
		if s, ok := a.(string); ok {
			translated[i] = translate(s)
		}
	}
	return translated
}

var matcher = language.NewMatcher([]language.Tag{language.Chinese, language.English, language.TraditionalChinese})

const (
	langCookie  = "lang"
	largeCookie = "type"
)

// Lang is the language of the reader: ?lang=, else the choice kept in a cookie, else what the browser asks for, else
// Chinese. A choice by ?lang= is kept.
func Lang(c *fiber.Ctx) Language {
	if chosen := Language(c.Query("lang")); chosen == Chinese || chosen == English {
		keep(c, langCookie, string(chosen))
		return chosenLanguage(chosen)
	}
	if kept := Language(c.Cookies(langCookie)); kept == Chinese || kept == English {
		return chosenLanguage(kept)
	}
	if _, i := language.MatchStrings(matcher, c.Get(fiber.HeaderAcceptLanguage)); i == 1 {
		return English
	}
	return Chinese
}

// chosenLanguage gives our own constant, not memory of the request.
func chosenLanguage(l Language) Language {
	if l == English {
		return English
	}
	return Chinese
}

// Large says whether the reader wants large type: ?type=large or =normal, kept in a cookie.
func Large(c *fiber.Ctx) bool {
	chosen := c.Query("type")
	if chosen == "large" || chosen == "normal" {
		keep(c, largeCookie, chosen)
		return chosen == "large"
	}
	return c.Cookies(largeCookie) == "large"
}

func keep(c *fiber.Ctx, name, value string) {
	c.Cookie(&fiber.Cookie{Name: name, Value: value, Path: "/", MaxAge: int((365 * 24 * time.Hour).Seconds()),
		HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode, Secure: c.Protocol() == "https"})
}
