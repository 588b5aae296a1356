//go:build race

package web_test

// The served binary is checked for races when the tests are, and shares their compiled packages. The
// walk for sealed letters is several times slower then: ./run test takes the thorough one without.
func init() {
	buildFlags = append(buildFlags, "-race")
	thorough = false
}
