package page

import (
	"context"
	"errors"
	"log/slog"
	"strings"

	"github.com/gofiber/fiber/v2"

	"huiyin/internal/letter"
)

// kindInternal is ours alone: nothing a person did, and nothing to tell but that it is recorded.
const kindInternal letter.ErrorKind = "internal"

var statuses = map[letter.ErrorKind]int{
	letter.KindInvalid: fiber.StatusBadRequest, letter.KindUnauthorized: fiber.StatusUnauthorized,
	letter.KindForbidden: fiber.StatusForbidden, letter.KindNotFound: fiber.StatusNotFound,
	letter.KindConflict: fiber.StatusConflict, letter.KindTooLarge: fiber.StatusRequestEntityTooLarge,
	letter.KindRefused: fiber.StatusUnprocessableEntity, letter.KindTooMany: fiber.StatusTooManyRequests,
	letter.KindUnavailable: fiber.StatusServiceUnavailable, kindInternal: fiber.StatusInternalServerError,
}

func statusOf(kind letter.ErrorKind) int {
	if status, ok := statuses[kind]; ok {
		return status
	}
	return fiber.StatusInternalServerError
}

// failure is an error as its reader sees it.
type failure struct {
	kind    letter.ErrorKind
	status  int
	message string // key of the catalogue
	args    []any
	fields  map[string]string
	cause   error // for the log
}

func failureOf(err error) failure {
	var e *letter.Error
	if errors.As(err, &e) {
		return failure{kind: e.Kind, status: statusOf(e.Kind), message: e.Message, args: e.Args, fields: e.Fields, cause: e.Cause}
	}
	var f *fiber.Error
	if errors.As(err, &f) {
		return fiberFailure(f)
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return failure{kind: letter.KindUnavailable, status: fiber.StatusServiceUnavailable, message: "系统繁忙，没有来得及处理。请稍后再试。", cause: err}
	}
	return failure{kind: kindInternal, status: fiber.StatusInternalServerError, message: "系统出了故障，已经记录。请稍后再试，或者拨打热线。", cause: err}
}

// fiberFailure words what the framework refuses before any handler of ours sees it.
func fiberFailure(f *fiber.Error) failure {
	known := map[int]failure{
		fiber.StatusUnauthorized:          {kind: letter.KindUnauthorized, message: "请先登录。"},
		fiber.StatusForbidden:             {kind: letter.KindForbidden, message: "您不能查看或者操作这个页面。"},
		fiber.StatusNotFound:              {kind: letter.KindNotFound, message: "没有这个页面。请核对网址，或者从首页找起。"},
		fiber.StatusMethodNotAllowed:      {kind: letter.KindInvalid, message: "这个网址不能这样打开。请从页面上的按钮操作。"},
		fiber.StatusRequestEntityTooLarge: {kind: letter.KindTooLarge, message: "内容太大了。请缩短文字，或者减少附件。"},
		fiber.StatusTooManyRequests:       {kind: letter.KindTooMany, message: "操作太频繁了。请稍等几分钟再试。"},
		fiber.StatusServiceUnavailable:    {kind: letter.KindUnavailable, message: "系统繁忙，没有来得及处理。请稍后再试。"},
	}
	found, ok := known[f.Code]
	switch {
	case ok:
		found.status = f.Code
	case f.Code >= 400 && f.Code < 500:
		found = failure{kind: letter.KindInvalid, status: f.Code, message: "没有看懂这个请求。请检查后再提交。"}
	default:
		found = failure{kind: kindInternal, status: fiber.StatusInternalServerError, message: "系统出了故障，已经记录。请稍后再试，或者拨打热线。"}
	}
	found.cause = f
	return found
}

// failurePage is the page of an error.
type failurePage struct {
	Head
	Message string
	Next    string // what the reader can do now; a key of the catalogue
	SignIn  bool
}

var nextSteps = map[int]string{
	fiber.StatusBadRequest:            "请返回上一页，按提示修改后再提交。您填写的内容还在。",
	fiber.StatusUnauthorized:          "登录之后可以继续。",
	fiber.StatusForbidden:             "如果您认为应当可以，请联系本单位的系统管理员，或者拨打热线。",
	fiber.StatusNotFound:              "查自己的来信，请用编号和六位查询码；找别人问过的事，请用搜索。",
	fiber.StatusConflict:              "请刷新页面，看看现在的情况，再决定要不要重新操作。",
	fiber.StatusRequestEntityTooLarge: "请返回上一页，缩短后再提交。",
	fiber.StatusUnprocessableEntity:   "请返回上一页，看看现在可以做什么。",
	fiber.StatusTooManyRequests:       "为了保护所有人的来信，同一地址的次数有限制。急事请拨打热线。",
	fiber.StatusServiceUnavailable:    "没有提交成功的内容不会丢一半：请稍后重新提交。急事请拨打热线。",
}

var failureTitles = map[int]string{
	fiber.StatusBadRequest: "内容有误", fiber.StatusUnauthorized: "请先登录", fiber.StatusForbidden: "不能查看",
	fiber.StatusNotFound: "没有找到", fiber.StatusConflict: "情况有变", fiber.StatusRequestEntityTooLarge: "内容太大",
	fiber.StatusUnprocessableEntity: "不能这样办理", fiber.StatusTooManyRequests: "请稍候", fiber.StatusServiceUnavailable: "系统繁忙",
}

// ErrorHandler is the one place that turns an error into a page or, for programs, into JSON. The page never shows a
// cause; the log has it, with the path but without the query, which may hold a code.
func ErrorHandler(site Site, log *slog.Logger) (fiber.ErrorHandler, error) {
	resident, err := New(site, Resident, ownTemplates)
	if err != nil {
		return nil, err
	}
	desk, err := New(site, Desk, ownTemplates)
	if err != nil {
		return nil, err
	}
	return func(c *fiber.Ctx, err error) error {
		f := failureOf(err)
		record(log, c, f, err)
		if forPrograms(c.Path()) {
			return f.json(c)
		}
		set := resident
		if deskPath(c.Path()) {
			set = desk
		}
		return set.Render(c, "failure", f.page(c))
	}, nil
}

func record(log *slog.Logger, c *fiber.Ctx, f failure, err error) {
	level := slog.LevelDebug
	switch {
	case f.status == fiber.StatusServiceUnavailable:
		level = slog.LevelWarn
	case f.status >= 500:
		level = slog.LevelError
	case f.cause != nil:
		level = slog.LevelInfo
	}
	log.Log(c.UserContext(), level, "request failed", "method", c.Method(), "path", strings.Clone(c.Path()),
		"status", f.status, "error", err.Error(), "cause", f.cause)
}

func (f failure) json(c *fiber.Ctx) error {
	lang := Lang(c)
	fields := make(map[string]string, len(f.fields))
	for name, sentence := range f.fields {
		fields[name] = T(lang, sentence)
	}
	return c.Status(f.status).JSON(fiber.Map{"error": fiber.Map{
		"kind": f.kind, "message": T(lang, f.message, f.args...), "fields": fields,
	}})
}

func (f failure) page(c *fiber.Ctx) *failurePage {
	title := failureTitles[f.status]
	if title == "" {
		title = "出了故障"
	}
	return &failurePage{
		Head: Head{Title: title, Status: f.status}, Message: T(Lang(c), f.message, f.args...),
		Next: nextSteps[f.status], SignIn: f.status == fiber.StatusUnauthorized,
	}
}

func forPrograms(path string) bool { return under(path, "/api", "/channels", "/open311") }
func deskPath(path string) bool    { return under(path, PathDesk, PathSupervise, "/admin") }

func under(path string, roots ...string) bool {
	for _, root := range roots {
		if path == root || strings.HasPrefix(path, root+"/") {
			return true
		}
	}
	return false
}
