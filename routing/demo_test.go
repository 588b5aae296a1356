package routing_test

import (
	"os"
	"path/filepath"
	"testing"

	"gopkg.in/yaml.v3"

	"huiyin/routing"
)

// demo is the router of the demonstration city, from the files the city pack ships.
func demo(t testing.TB) *routing.Router {
	t.Helper()
	r, err := routing.New(demoConfig(t))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func demoConfig(t testing.TB) routing.Config {
	t.Helper()
	var cfg routing.Config
	for _, name := range []string{"units", "categories", "rules", "leaders"} {
		raw, err := os.ReadFile(filepath.Join("..", "citypack", "demo", name+".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		if err := yaml.Unmarshal(raw, &cfg); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	return cfg
}

func TestDemoCityCompiles(t *testing.T) {
	if r := demo(t); len(r.Units()) < 40 {
		t.Errorf("%d units, want about 42", len(r.Units()))
	}
}
