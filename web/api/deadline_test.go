package api_test

import (
	"strings"
	"testing"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
)

// Who answers for a deadline of a higher level is named: an operator by his token. A resident cannot set one.
func TestOnlyOperatorsSetADeadline(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		body := strings.TrimSuffix(lamp, "}") + `,"deadline":"2026-03-04"}`
		operator := h.token(t, "duanwei", "zwfw", staff.Operator)
		handler := h.token(t, "lina", "cgj", staff.Handler)
		h.call(t, "POST", "/api/v1/letters", body).Want(t, 401)
		h.call(t, "POST", "/api/v1/letters", body, "Authorization", "Bearer wrong").Want(t, 401)
		h.call(t, "POST", "/api/v1/letters", body, "Authorization", handler).Want(t, 403, "只能由话务员登记")
		f := h.file(t, body, "Authorization", operator)
		if f.Due.At != "2026-03-04T23:59:59.999+08:00" || f.Due.Policy != "external" || f.Due.Limit.Amount != 0 {
			t.Errorf("%+v", f.Due)
		}
		l, err := h.Store.Letter(t.Context(), f.Number)
		must(t, err)
		if l.Events[0].Actor != (letter.Actor{Party: letter.ByOperator, Member: "duanwei"}) {
			t.Errorf("%+v", l.Events[0].Actor)
		}
		h.call(t, "GET", "/api/v1/letters/"+f.Number+"?code="+f.QueryCode, "").Want(t, 200, `"limit":null`, "上级指定的期限")
		h.call(t, "GET", "/api/v1/letters/"+f.Number+"?lang=en&code="+f.QueryCode, "").Want(t, 200, "set by a higher level")
		for _, deadline := range []string{"2026-03-01", "2027-03-04", "soon"} {
			bad := strings.Replace(body, "2026-03-04", deadline, 1)
			h.call(t, "POST", "/api/v1/letters?lang=en", bad, "Authorization", operator).Want(t, 400, `"deadline":`)
		}
	})
}
