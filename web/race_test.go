//go:build race

package web_test

// The served binary is checked for races when the tests are, and shares their compiled packages.
func init() { buildFlags = append(buildFlags, "-race") }
