package page_test

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Text needs 4.5:1 (WCAG 2.2 AA 1.4.3), edges of fields 3:1 (1.4.11).
func TestEveryPairOfColoursCanBeRead(t *testing.T) {
	b, err := os.ReadFile("assets/site.css")
	if err != nil {
		t.Fatal(err)
	}
	light, dark, found := strings.Cut(string(b), "prefers-color-scheme: dark")
	if !found {
		t.Fatal("site.css has no dark colours")
	}
	for name, css := range map[string]string{"light": light, "dark": dark} {
		c := colours(css)
		for _, pair := range []struct {
			text, ground string
			least        float64
		}{
			{"ink", "paper", 4.5}, {"ink", "mist", 4.5}, {"second", "paper", 4.5}, {"second", "mist", 4.5},
			{"blue", "paper", 4.5}, {"blue", "mist", 4.5}, {"blue", "blue-soft", 4.5}, {"blue-deep", "blue-soft", 4.5},
			{"ink", "blue-soft", 4.5}, {"second", "blue-soft", 4.5}, {"on-blue", "blue", 4.5}, {"on-blue", "blue-deep", 4.5},
			{"red", "red-soft", 4.5}, {"red", "paper", 4.5}, {"amber", "amber-soft", 4.5}, {"green", "green-soft", 4.5},
			{"ink", "found", 4.5}, {"blue", "found", 4.5}, {"edge", "paper", 3}, {"edge", "mist", 3},
		} {
			if got := contrast(t, c[pair.text], c[pair.ground]); got < pair.least {
				t.Errorf("%s: %s on %s is %.2f, at least %.1f is needed", name, pair.text, pair.ground, got, pair.least)
			}
		}
	}
}

func colours(css string) map[string]string {
	found := map[string]string{}
	for _, m := range regexp.MustCompile(`--([a-z-]+): #([0-9A-Fa-f]{6});`).FindAllStringSubmatch(css, -1) {
		found[m[1]] = m[2]
	}
	return found
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (math.Max(x, y) + .05) / (math.Min(x, y) + .05)
}

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil {
		t.Fatalf("colour %q: %v", hex, err)
	}
	part := func(shift uint) float64 {
		v := float64(n>>shift&255) / 255
		if v <= .04045 {
			return v / 12.92
		}
		return math.Pow((v+.055)/1.055, 2.4)
	}
	return .2126*part(16) + .7152*part(8) + .0722*part(0)
}
