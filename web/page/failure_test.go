package page_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/letter"
	"huiyin/web/page"
)

var secretCause = errors.New("SELECT phone FROM letters")

func TestAnErrorDecidesPageStatusAndLogLevel(t *testing.T) {
	for _, row := range []struct {
		err    error
		status int
		says   string
		level  string // "" is below the level that is shown
	}{
		{letter.Invalid("账号的内容有误，请按提示修改。", nil), 400, "账号的内容有误", ""},
		{letter.Fail(letter.KindUnauthorized, "请先登录。"), 401, "登录", ""},
		{letter.Forbid("您的岗位不能进行“%s”。", "签发"), 403, "您的岗位不能进行“签发”。", ""},
		{letter.ErrNotFound, 404, "请核对编号", ""},
		{fmt.Errorf("read: %w", letter.ErrNotFound), 404, "请核对编号", ""},
		{letter.Fail(letter.KindConflict, "情况有变"), 409, "请刷新页面", ""},
		{letter.Refuse("这封信没有公开。").Because(secretCause), 422, "这封信没有公开", "INFO"},
		{letter.Fail(letter.KindTooMany, "操作太频繁了。请稍等几分钟再试。"), 429, "操作太频繁", ""},
		{letter.Fail(letter.KindUnavailable, "系统繁忙"), 503, "系统繁忙", "WARN"},
		{fiber.ErrNotFound, 404, "没有这个页面", "INFO"},
		{fiber.ErrMethodNotAllowed, 405, "不能这样打开", "INFO"},
		{fiber.ErrRequestEntityTooLarge, 413, "内容太大了", "INFO"},
		{fiber.ErrTeapot, 418, "没有看懂", "INFO"},
		{fiber.ErrBadGateway, 500, "系统出了故障", "ERROR"},
		{context.DeadlineExceeded, 503, "系统繁忙", "WARN"},
		{secretCause, 500, "系统出了故障", "ERROR"},
	} {
		var log bytes.Buffer
		body, status := failed(t, &log, "/follow?code=123456", row.err)
		if status != row.status || !strings.Contains(body, row.says) {
			t.Errorf("%v: status %d, page says %q: %v", row.err, status, row.says, strings.Contains(body, row.says))
		}
		if strings.Contains(body, "SELECT") {
			t.Errorf("%v: the page shows the cause", row.err)
		}
		if (row.level == "") != (log.Len() == 0) || !strings.Contains(log.String(), row.level) {
			t.Errorf("%v: logged %q, want level %s", row.err, log.String(), row.level)
		}
		if strings.Contains(log.String(), "123456") {
			t.Errorf("%v: the log holds the query code", row.err)
		}
	}
}

func failed(t *testing.T, log *bytes.Buffer, path string, err error) (string, int) {
	t.Helper()
	handler, e := page.ErrorHandler(site, slog.New(slog.NewTextHandler(log, nil)))
	if e != nil {
		t.Fatal(e)
	}
	a := fiber.New(fiber.Config{Immutable: true, ErrorHandler: handler})
	a.Get("/*", func(*fiber.Ctx) error { return err })
	res, body := fetch(t, a, httptest.NewRequest("GET", path, nil))
	return body, res.StatusCode
}

func TestProgramsGetErrorsAsJSON(t *testing.T) {
	var log bytes.Buffer
	for _, path := range []string{"/api/v1/letters?lang=en", "/channels/hotline/calls?lang=en", "/open311/v2/requests?lang=en"} {
		body, status := failed(t, &log, path, letter.Invalid("账号的内容有误，请按提示修改。", map[string]string{"title": "请填写文字。"}))
		var got struct {
			Error struct {
				Kind, Message string
				Fields        map[string]string
			}
		}
		if err := json.Unmarshal([]byte(body), &got); err != nil {
			t.Fatalf("%s: %v in %s", path, err, body)
		}
		if status != 400 || got.Error.Kind != "invalid" || !strings.HasPrefix(got.Error.Message, "Some details") || got.Error.Fields["title"] != "Please write a text." {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
}
