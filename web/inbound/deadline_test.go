package inbound_test

import (
	"strings"
	"testing"
)

func TestAnOrderMayCarryTheDeadlineOfAHigherLevel(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.operator(t)
		with := func(deadline string) string {
			return strings.TrimSuffix(order, "}") + `,"deadline":"` + deadline + `"}`
		}
		h.ring(t, with("2026-03-01"), "nonce-0001").Want(t, 400, "已经过去")
		h.ring(t, with("4 March"), "nonce-0002").Want(t, 400, `"deadline"`)
		h.ring(t, with("2026-03-04"), "nonce-0003").Want(t, 201, "2026-03-04T23:59:59.999+08:00")
	}, withHotline)
}
