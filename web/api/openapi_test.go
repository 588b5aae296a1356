package api_test

import (
	"context"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"huiyin/web/page/pagetest"
)

var document = sync.OnceValues(func() (routers.Router, error) {
	b, err := os.ReadFile("openapi.json")
	if err != nil {
		return nil, err
	}
	doc, err := openapi3.NewLoader().LoadFromData(b)
	if err != nil {
		return nil, err
	}
	if err := doc.Validate(context.Background()); err != nil {
		return nil, err
	}
	return legacy.NewRouter(doc)
})

// described holds every answer that any test gets against the document, and every request that was taken.
func described(t testing.TB, r *http.Request, body string, answer pagetest.Answer) {
	t.Helper()
	router, err := document()
	must(t, err)
	route, params, err := router.FindRoute(r)
	if err != nil {
		t.Errorf("%s %s is not described: %v", r.Method, r.URL.Path, err)
		return
	}
	r.Body = io.NopCloser(strings.NewReader(body))
	in := &openapi3filter.RequestValidationInput{
		Request: r, PathParams: params, Route: route,
		Options: &openapi3filter.Options{IncludeResponseStatus: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc},
	}
	if answer.Status < 300 {
		if err := openapi3filter.ValidateRequest(context.Background(), in); err != nil {
			t.Errorf("%s %s was taken, the document refuses it: %v", r.Method, r.URL, err)
		}
	}
	out := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: in, Status: answer.Status, Header: answer.Header, Body: io.NopCloser(strings.NewReader(answer.Text)), Options: in.Options,
	}
	if err := openapi3filter.ValidateResponse(context.Background(), out); err != nil {
		t.Errorf("%s %s answered %d %s: %v", r.Method, r.URL, answer.Status, answer.Text, err)
	}
}

func TestTheDocumentIsServedAndValid(t *testing.T) {
	if _, err := document(); err != nil {
		t.Fatal(err)
	}
	each(t, func(t *testing.T, h *house) {
		a := h.call(t, "GET", "/api/openapi.json", "")
		if a.Status != 200 || !strings.Contains(a.Text, `"openapi": "3.1.0"`) || a.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%d %s", a.Status, a.Header)
		}
	})
}
