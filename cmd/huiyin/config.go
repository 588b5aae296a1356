package main

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/providers/posflag"
	"github.com/knadh/koanf/v2"
	"github.com/spf13/pflag"

	"huiyin/intake"
	"huiyin/internal/letter"
	"huiyin/search"
	"huiyin/search/meili"
)

// Config is the infrastructure's settings: file < environment < flag. City rules
// are in the database. Every setting has a working default.
type Config struct {
	Listen   string   `koanf:"listen"`   // address to serve on
	Data     string   `koanf:"data"`     // folder of keys, database, index
	Database string   `koanf:"database"` // "" = SQLite in the data folder, or postgres://…
	Redis    string   `koanf:"redis"`    // "" = in process, or redis://…
	Search   string   `koanf:"search"`   // "" = local index in the data folder, or meilisearch+http://…
	Zone     string   `koanf:"zone"`     // the city's time zone
	Proxies  []string `koanf:"proxies"`  // addresses whose X-Forwarded-For is believed
	Demo     bool     `koanf:"demo"`
	NoLimits bool     `koanf:"no-limits"`
	Limits   struct {
		Title    int `koanf:"title"`    // characters
		Body     int `koanf:"body"`     // characters
		Name     int `koanf:"name"`     // characters
		Place    int `koanf:"place"`    // characters
		Deadline int `koanf:"deadline"` // days that a deadline of a higher level may lie ahead
		Request  int `koanf:"request"`  // bytes of one request
		PerHour  int `koanf:"per-hour"` // letters an hour and address
		Patience int `koanf:"patience"` // milliseconds that a page waits for the index
	} `koanf:"limits"`
	WeChat struct {
		Token       string `koanf:"token"`
		AppID       string `koanf:"app-id"`
		Key         string `koanf:"key"` // EncodingAESKey
		PreviousKey string `koanf:"previous-key"`
	} `koanf:"wechat"`
	SearchKey      string `koanf:"search-key"`       // to search with, where the address names no key-file
	SearchWriteKey string `koanf:"search-write-key"` // to write with
	Hotline        struct {
		Secret string `koanf:"secret"` // shared with the telephone system
	} `koanf:"hotline"`

	ownData bool // the data folder was named, not left to its default
}

func defaults() Config {
	c := Config{Listen: "127.0.0.1:8080", Data: "huiyin-data", Zone: "Asia/Shanghai"}
	d := intake.DefaultLimits
	c.Limits.Title, c.Limits.Body, c.Limits.Name, c.Limits.Place = d.Title, d.Body, d.Name, d.Place
	c.Limits.Deadline = d.Deadline
	c.Limits.Request, c.Limits.PerHour = 25<<20, 20
	c.Limits.Patience = int(search.PagePatience.Milliseconds())
	return c
}

// flags declares the settings that a command line may set; the rest is set in
// the file or by HUIYIN_ variables (HUIYIN_WECHAT__APP_ID for wechat.app-id).
func flags(f *pflag.FlagSet) {
	d := defaults()
	f.String("config", "", "设置文件（YAML）")
	f.String("data", d.Data, "数据目录：密钥、数据库、索引")
	f.String("database", "", "PostgreSQL 地址 postgres://…；不填则用数据目录里的 SQLite")
	f.String("redis", "", "Redis 地址 redis://…；不填则在进程内")
	f.String("search", "", "检索服务地址 meilisearch+http://…；不填则用数据目录里的本地索引")
	f.String("zone", d.Zone, "城市时区")
}

// loadConfig merges defaults, file, environment and flags.
func loadConfig(f *pflag.FlagSet) (Config, error) {
	c := defaults()
	k := koanf.New(".")
	path, err := f.GetString("config")
	if err != nil {
		return c, err
	}
	if path == "" {
		path = os.Getenv("HUIYIN_CONFIG")
	}
	if path != "" {
		if err := k.Load(file.Provider(path), yaml.Parser()); err != nil {
			return c, letter.Refuse("无法读取设置文件 %s，请检查路径和格式。", path).Because(err)
		}
	}
	if err := k.Load(env.Provider(".", env.Opt{Prefix: "HUIYIN_", TransformFunc: fromEnvironment}), nil); err != nil {
		return c, fmt.Errorf("read environment: %w", err)
	}
	c.ownData = k.Exists("data") || f.Changed("data")
	if err := k.Load(posflag.Provider(f, ".", k), nil); err != nil {
		return c, fmt.Errorf("read flags: %w", err)
	}
	if err := k.Unmarshal("", &c); err != nil {
		return c, letter.Refuse("设置有误，请检查每一项的类型。").Because(err)
	}
	return c, c.check()
}

// fromEnvironment names the setting of a variable; an empty one sets nothing.
func fromEnvironment(key, value string) (string, any) {
	name := strings.ToLower(strings.TrimPrefix(key, "HUIYIN_"))
	if value == "" || name == "config" || strings.HasPrefix(name, "test_") {
		return "", nil
	}
	name = strings.ReplaceAll(strings.ReplaceAll(name, "__", "."), "_", "-")
	if name == "proxies" {
		return name, strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ' ' })
	}
	return name, value
}

func (c Config) check() error {
	if c.Data == "" || c.Listen == "" {
		return letter.Refuse("--data 和 --listen 不能为空。去掉这项设置就用默认值。")
	}
	if _, err := time.LoadLocation(c.Zone); err != nil {
		return letter.Refuse("没有时区“%s”。例如 Asia/Shanghai。", c.Zone).Because(err)
	}
	if c.Search != "" {
		if err := meili.CheckAddress(c.Search); err != nil {
			return err
		}
	}
	if c.Database != "" && !strings.HasPrefix(c.Database, "postgres://") && !strings.HasPrefix(c.Database, "postgresql://") {
		return letter.Refuse("--database：只支持 postgres:// 地址；不填则用数据目录里的 SQLite。")
	}
	if c.Redis != "" && !strings.HasPrefix(c.Redis, "redis://") && !strings.HasPrefix(c.Redis, "rediss://") {
		return letter.Refuse("--redis：只支持 redis:// 地址；不填则在进程内。")
	}
	if (c.Demo || c.NoLimits) && !loopback(c.Listen) {
		return letter.Refuse("--demo 和 --no-limits 只能在本机地址上使用，例如 --listen 127.0.0.1:8080。")
	}
	if c.Demo && c.Database != "" && !c.ownData {
		// The folder would be a new one at each start, its keys strange to the database.
		return letter.Refuse("--demo 用 --database 时，请同时用 --data 指定存放密钥的目录。")
	}
	return nil
}

func loopback(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// databaseURL is the address of the database, in the data folder unless set.
func (c Config) databaseURL() string {
	if c.Database != "" {
		return c.Database
	}
	return filepath.Join(c.Data, "huiyin.db")
}

// exists says whether the settings lead to a database that is there, so that a
// command which only looks makes none.
func (c Config) exists() bool {
	if c.Database != "" {
		return true
	}
	_, err := os.Stat(c.databaseURL())
	return err == nil
}

func (c Config) location() (*time.Location, error) {
	zone, err := time.LoadLocation(c.Zone)
	if err != nil {
		return nil, fmt.Errorf("zone %s: %w", c.Zone, err)
	}
	return zone, nil
}

// shared says that no part is embedded, so that several processes may serve side by side.
func (c Config) shared() bool { return c.Database != "" && c.Redis != "" && c.Search != "" }

func (c Config) databaseKind() string {
	if c.Database != "" {
		return "PostgreSQL"
	}
	return "SQLite"
}

func (c Config) redisKind() string {
	if c.Redis != "" {
		return "有应答"
	}
	return "在进程内"
}

func (c Config) searchKind() string {
	if c.Search != "" {
		return "有应答"
	}
	return "本地索引"
}
