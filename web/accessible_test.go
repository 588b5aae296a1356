package web_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

const axeFile = "../node_modules/axe-core/axe.min.js"

// axeRun names each breach of WCAG 2 A and AA by its rule and the first element that breaks it.
const axeRun = `axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']}).then((found) =>
  found.violations.map((v) => v.id + ': ' + v.help + ' — ' + v.nodes.map((n) => n.html + ' ' + n.failureSummary).slice(0, 3).join(' | ')))`

// accessible looks at a page with axe-core, in light and in dark.
func accessible(t *testing.T) look {
	t.Helper()
	axe, err := os.ReadFile(axeFile)
	if err != nil {
		missing(t, "axe-core is not installed; ./run assets does: %v", err)
	}
	return func(v *visitor, name string) {
		v.Helper()
		for _, scheme := range []string{"light", "dark"} {
			v.do(prefers(scheme), chromedp.Evaluate[chromedp.Void](string(axe)))
			found, err := chromedp.Run(v.ctx, chromedp.Evaluate[[]string](axeRun, chromedp.EvalAwaitPromise))
			if err != nil {
				v.Fatal(err)
			}
			if len(found) > 0 {
				v.Errorf("%s in %s:\n  %s", name, scheme, strings.Join(found, "\n  "))
			}
		}
		v.do(prefers("light"))
	}
}

// prefers says which colours the reader's system asks for.
func prefers(scheme string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{
				{Name: "prefers-color-scheme", Value: scheme},
				{Name: "prefers-reduced-motion", Value: "reduce"}, // half faded in is half the contrast
			},
		})
		return err
	})
}
