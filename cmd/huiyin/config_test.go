package main

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"huiyin/internal/letter"
)

// settings reads the configuration of `huiyin serve` as one command line gives it.
func settings(t *testing.T, file string, environment map[string]string, args ...string) (Config, error) {
	t.Helper()
	for _, e := range os.Environ() {
		if name, _, _ := strings.Cut(e, "="); strings.HasPrefix(name, "HUIYIN_") && !strings.HasPrefix(name, "HUIYIN_TEST_") {
			t.Fatalf("%s is set where the tests run", name)
		}
	}
	if file != "" {
		path := filepath.Join(t.TempDir(), "huiyin.yaml")
		if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, "--config", path)
	}
	for name, value := range environment {
		t.Setenv(name, value)
	}
	c := serveCommand()
	flags(c.Flags())
	if err := c.ParseFlags(args); err != nil {
		t.Fatal(err)
	}
	return loadConfig(c.Flags())
}

// File < environment < flag, and what nobody sets has its default.
func TestSettingsComeFromFileThenEnvironmentThenFlag(t *testing.T) {
	type env = map[string]string
	cases := []struct {
		why  string
		file string
		env  env
		args []string
		get  func(Config) any
		want any
	}{
		{"default", "", nil, nil, func(c Config) any { return c.Listen }, "127.0.0.1:8080"},
		{"default beside another setting", "listen: 127.0.0.1:1", nil, nil, func(c Config) any { return c.Data }, "huiyin-data"},
		{"file", "listen: 127.0.0.1:1", nil, nil, func(c Config) any { return c.Listen }, "127.0.0.1:1"},
		{"environment over file", "listen: 127.0.0.1:1", env{"HUIYIN_LISTEN": "127.0.0.1:2"}, nil, func(c Config) any { return c.Listen }, "127.0.0.1:2"},
		{"flag over both", "listen: 127.0.0.1:1", env{"HUIYIN_LISTEN": "127.0.0.1:2"}, []string{"--listen", "127.0.0.1:3"}, func(c Config) any { return c.Listen }, "127.0.0.1:3"},
		{"a flag that says the default", "data: there", nil, []string{"--data", "huiyin-data"}, func(c Config) any { return c.Data }, "huiyin-data"},
		{"a switch turned off by flag", "no-limits: true", nil, []string{"--no-limits=false"}, func(c Config) any { return c.NoLimits }, false},
		{"a switch from the environment", "", env{"HUIYIN_NO_LIMITS": "true"}, nil, func(c Config) any { return c.NoLimits }, true},
		{"a number in a group", "limits: {per-hour: 5}", env{"HUIYIN_LIMITS__PER_HOUR": "7"}, nil, func(c Config) any { return c.Limits.PerHour }, 7},
		{"the rest of the group", "limits: {per-hour: 5}", nil, nil, func(c Config) any { return c.Limits.Body }, 20_000},
		{"a secret", "", env{"HUIYIN_WECHAT__APP_ID": "wx1"}, nil, func(c Config) any { return c.WeChat.AppID }, "wx1"},
		{"a search server", "", env{"HUIYIN_SEARCH": "meilisearch+http://h:7700?key-file=k"}, nil, func(c Config) any { return c.Search }, "meilisearch+http://h:7700?key-file=k"},
		{"its keys", "", env{"HUIYIN_SEARCH_KEY": "s", "HUIYIN_SEARCH_WRITE_KEY": "w"}, nil, func(c Config) any { return c.SearchKey + c.SearchWriteKey }, "sw"},
		{"a list", "", env{"HUIYIN_PROXIES": "10.0.0.1, 10.0.0.2"}, nil, func(c Config) any { return c.Proxies }, []string{"10.0.0.1", "10.0.0.2"}},
		{"an empty variable sets nothing", "listen: 127.0.0.1:1", env{"HUIYIN_LISTEN": "", "HUIYIN_DATA": ""}, nil, func(c Config) any { return c.Listen + " " + c.Data }, "127.0.0.1:1 huiyin-data"},
		{"variables of the tests set nothing", "", env{"HUIYIN_TEST_POSTGRES": "x"}, nil, func(c Config) any { return c.Database }, ""},
		{"data left to its default", "", nil, nil, func(c Config) any { return c.ownData }, false},
		{"data named by the file", "data: there", nil, nil, func(c Config) any { return c.ownData }, true},
		{"data named by the environment", "", env{"HUIYIN_DATA": "there"}, nil, func(c Config) any { return c.ownData }, true},
		{"data named by a flag", "", nil, []string{"--data", "there"}, func(c Config) any { return c.ownData }, true},
	}
	for _, c := range cases {
		t.Run(c.why, func(t *testing.T) {
			got, err := settings(t, c.file, c.env, c.args...)
			if err != nil || !reflect.DeepEqual(c.get(got), c.want) {
				t.Errorf("got %v, want %v; %v", c.get(got), c.want, err)
			}
		})
	}
}

func TestSettingsThatCannotWorkAreRefused(t *testing.T) {
	for why, c := range map[string]struct {
		file string
		args []string
	}{
		"demo off loopback":                            {"", []string{"--demo", "--listen", "0.0.0.0:8080"}},
		"no limits off loopback":                       {"", []string{"--no-limits", "--listen", ":8080"}},
		"demo off loopback by file":                    {"demo: true\nlisten: 192.168.1.2:80", nil},
		"demo on a lasting database with passing keys": {"", []string{"--demo", "--database", "postgres://h/d"}},
		"a search server without its scheme":           {"", []string{"--search", "http://h:7700"}},
		"a search server's key in its address":         {"", []string{"--search", "meilisearch+http://:key@h:7700"}},
		"a database nobody knows":                      {"", []string{"--database", "mysql://h/d"}},
		"a redis nobody knows":                         {"", []string{"--redis", "localhost:6379"}},
		"no such zone":                                 {"", []string{"--zone", "Asia/Nowhere"}},
		"an empty folder":                              {"", []string{"--data", ""}},
		"an empty address":                             {"listen: ''", nil},
		"a number that is none":                        {"limits: {per-hour: many}", nil},
		"no file":                                      {"", []string{"--config", "/does/not/exist.yaml"}},
		"a file that is no YAML":                       {"listen: [", nil},
	} {
		t.Run(why, func(t *testing.T) {
			if _, err := settings(t, c.file, nil, c.args...); !letter.IsKind(err, letter.KindRefused) {
				t.Errorf("%v", err)
			}
		})
	}
	for _, local := range []string{"127.0.0.1:1", "localhost:1", "[::1]:1", "127.8.8.8:1"} {
		if _, err := settings(t, "", nil, "--demo", "--listen", local); err != nil {
			t.Errorf("%s: %v", local, err)
		}
	}
}

// Every flag that sets something is a setting of the file under the same name.
func TestFlagsAreSettings(t *testing.T) {
	c := serveCommand()
	flags(c.Flags())
	tags := map[string]bool{"config": true, "help": true}
	for i := range reflect.TypeFor[Config]().NumField() {
		tags[reflect.TypeFor[Config]().Field(i).Tag.Get("koanf")] = true
	}
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if !tags[f.Name] {
			t.Errorf("--%s is no setting", f.Name)
		}
	})
}
