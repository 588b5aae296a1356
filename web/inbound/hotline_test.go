package inbound_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"huiyin/channels/hotline"
	"huiyin/internal/letter"
	"huiyin/internal/staff"
	"huiyin/web/inbound"
	"huiyin/web/page/pagetest"
)

const secret = "shared with the telephone system"

func withHotline(s *inbound.Server) { s.Hotline = secret }

const order = `{"call_id":"call-1","operator":"duanwei","title":"路灯不亮","body":"来电人反映春晖路三盏路灯不亮，请安排照明维修。","kind":"help","name":"王女士","phone":"13800000000","place":"春晖路"}`

// ring sends a signed order.
func (h *house) ring(t testing.TB, body, nonce string) pagetest.Answer {
	t.Helper()
	stamp := strconv.FormatInt(h.Now.Unix(), 10)
	return h.call(t, "POST", "/channels/hotline/calls", body,
		"X-Timestamp", stamp, "X-Nonce", nonce, "X-Signature", hotline.Sign(secret, stamp, nonce, []byte(body)))
}

func (h *house) operator(t testing.TB) {
	t.Helper()
	must(t, h.Store.PutMember(t.Context(), staff.Member{Login: "duanwei", Unit: "zwfw", Roles: []staff.Role{staff.Operator}}, h.Now))
	must(t, h.Store.PutMember(t.Context(), staff.Member{Login: "lina", Unit: "cgj", Roles: []staff.Role{staff.Handler}}, h.Now))
	must(t, h.Store.PutMember(t.Context(), staff.Member{Login: "gone", Unit: "zwfw", Roles: []staff.Role{staff.Operator}, Disabled: true}, h.Now))
}

func TestAnOrderIsFiledOnceInTheOperatorsName(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.operator(t)
		first := h.ring(t, order, "nonce-0001")
		var filed struct {
			Number     string
			QueryCode  string `json:"query_code"`
			Status     string
			Department *struct{ ID, Name string }
			Due        *struct {
				At, Date    string
				Provisional bool
			}
			Receipt string
		}
		first.Into(t, &filed)
		if first.Status != 201 || filed.Status != "assigned" || filed.Department.Name == "" || filed.Due.At != "2026-03-09T23:59:59.999+08:00" || h.poked != 1 {
			t.Errorf("%d %s", first.Status, first.Text)
		}
		l, err := h.Store.Letter(t.Context(), filed.Number)
		must(t, err)
		if l.Channel != letter.Hotline || l.Operator != "duanwei" || l.Source != "hotline" || l.SourceID != "call-1" ||
			l.Events[0].Actor != (letter.Actor{Party: letter.ByOperator, Member: "duanwei"}) {
			t.Errorf("%+v", l)
		}
		again := h.ring(t, order, "nonce-0002")
		if again.Status != 201 || again.Text != first.Text {
			t.Errorf("the same call: %d %s, first %s", again.Status, again.Text, first.Text)
		}
		totals, err := h.Store.Totals(t.Context())
		must(t, err)
		if totals.Letters != 1 {
			t.Errorf("%d letters", totals.Letters)
		}
	}, withHotline)
}

func TestOnlyTheTelephoneSystemFilesOrdersAndEachSignatureOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.operator(t)
		if a := h.ring(t, order, "nonce-0001"); a.Status != 201 {
			t.Fatalf("%d %s", a.Status, a.Text)
		}
		if a := h.ring(t, order, "nonce-0001"); a.Status != 401 || !strings.Contains(a.Text, "X-Nonce") {
			t.Errorf("a signature sent again: %d %s", a.Status, a.Text)
		}
		stamp := strconv.FormatInt(h.Now.Unix(), 10)
		good := hotline.Sign(secret, stamp, "nonce-0003", []byte(order))
		for why, c := range map[string]struct{ body, stamp, nonce, signature string }{
			"unsigned":        {order, "", "", ""},
			"another body":    {strings.Replace(order, "三盏", "四盏", 1), stamp, "nonce-0003", good},
			"another nonce":   {order, stamp, "nonce-0004", good},
			"another secret":  {order, stamp, "nonce-0003", hotline.Sign("guess", stamp, "nonce-0003", []byte(order))},
			"no secret":       {order, stamp, "nonce-0003", hotline.Sign("", stamp, "nonce-0003", []byte(order))},
			"an hour too old": {order, old(h.Now), "nonce-0003", hotline.Sign(secret, old(h.Now), "nonce-0003", []byte(order))},
		} {
			a := h.call(t, "POST", "/channels/hotline/calls", c.body, "X-Timestamp", c.stamp, "X-Nonce", c.nonce, "X-Signature", c.signature)
			if a.Status != 401 || a.Refusal(t).Message == "" {
				t.Errorf("%s: %d %s", why, a.Status, a.Text)
			}
		}
		totals, err := h.Store.Totals(t.Context())
		must(t, err)
		if totals.Letters != 1 {
			t.Errorf("%d letters", totals.Letters)
		}
	}, withHotline)
}

func old(now time.Time) string { return strconv.FormatInt(now.Add(-time.Hour).Unix(), 10) }

func TestAFaultyOrderNamesItsFields(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.operator(t)
		for i, c := range []struct {
			body, field string
			status      int
		}{
			{`{"call_id":"a","operator":"nobody","body":"路灯不亮"}`, "operator", 400},
			{`{"call_id":"a","operator":"lina","body":"路灯不亮"}`, "operator", 400},
			{`{"call_id":"a","operator":"gone","body":"路灯不亮"}`, "operator", 400},
			{`{"call_id":"a","operator":"duanwei"}`, "body", 400},
			{`{"operator":"duanwei","body":"路灯不亮"}`, "call_id", 400},
			{`{"call_id":"a","operator":"duanwei","body":"路灯不亮","unit":"none"}`, "unit", 400},
			{`{"call_id":"a","operator":"duanwei","body":"路灯不亮","mood":"bad"}`, "mood", 400},
			{order[:50], "", 400},
			{"", "", 400},
			{strings.Repeat(" ", 300<<10), "", 413},
		} {
			a := h.ring(t, c.body, fmt.Sprintf("nonce-%04d", i))
			if r := a.Refusal(t); a.Status != c.status || c.field != "" && r.Fields[c.field] == "" {
				t.Errorf("%.60s: %d %s", c.body, a.Status, a.Text)
			}
		}
	}, withHotline)
}

func TestAChannelThatIsNotSetUpNamesItsSettings(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, c := range []struct{ method, path, setting string }{
			{"POST", "/channels/hotline/calls", "hotline.secret"},
			{"GET", "/channels/wechat", "wechat.token"},
			{"POST", "/channels/wechat", "wechat.key"},
		} {
			a := h.call(t, c.method, c.path, "")
			if a.Status != 503 || !strings.Contains(a.Refusal(t).Message, c.setting) {
				t.Errorf("%s %s: %d %s", c.method, c.path, a.Status, a.Text)
			}
		}
	})
}
