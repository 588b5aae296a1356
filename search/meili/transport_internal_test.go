package meili

import "testing"

// 4: the client's own transport would send residents' questions through whatever proxy the environment names.
func TestNoProxyIsTakenFromTheEnvironment(t *testing.T) {
	if transport().Proxy != nil {
		t.Error("the transport asks for a proxy")
	}
}
