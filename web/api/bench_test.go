package api_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/valyala/fasthttp"

	"huiyin/internal/store/storetest"
)

// letterOf200 is a letter of about 200 characters, as the intake benchmark sends it.
var letterOf200 = `{"kind":"help","title":"春晖路路灯不亮","publish":true,"phone":"13800000000","body":"` +
	strings.Repeat("春晖路与东湖路交叉口向南三百米的路灯已经坏了一个星期，晚上漆黑一片，", 6) + `请尽快安排维修。"}`

// BenchmarkSubmission is the handler with everything behind it, without a network: one disk write stands in it, so
// that parallel callers share it.
func BenchmarkSubmission(b *testing.B) {
	h := build(b, storetest.Open(b, filepath.Join(b.TempDir(), "huiyin.db")))
	handler := h.app.Handler()
	var failed atomic.Int64
	b.SetParallelism(32)
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			c := &fasthttp.RequestCtx{}
			c.Request.Header.SetMethod("POST")
			c.Request.SetRequestURI("/api/v1/letters")
			c.Request.SetBodyString(letterOf200)
			handler(c)
			if c.Response.StatusCode() != 201 {
				failed.Add(1)
			}
		}
	})
	if n := failed.Load(); n > 0 {
		b.Fatal(fmt.Sprint(n, " letters were refused"))
	}
}
