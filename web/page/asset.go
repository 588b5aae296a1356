package page

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"path"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// The vendor folder holds what ./run copied from npm, or only its placeholder: pages work without it.
//
//go:embed all:assets
var assetFiles embed.FS

type asset struct {
	address string // with the hash of its content, so that it may be cached for ever
	kind    string
	plain   []byte
	zipped  []byte
}

// assets by their name below assets/, for example "vendor/pico.css".
var assets = func() map[string]asset {
	loaded, err := loadAssets(assetFiles)
	if err != nil {
		panic(err) // the files are part of the program; a test reads them
	}
	return loaded
}()

func loadAssets(files fs.FS) (map[string]asset, error) {
	loaded := map[string]asset{}
	err := fs.WalkDir(files, "assets", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(files, file)
		if err != nil {
			return err
		}
		zipped, err := zip(content)
		if err != nil {
			return err
		}
		name := strings.TrimPrefix(file, "assets/")
		sum := sha256.Sum256(content)
		loaded[name] = asset{
			address: "/assets/" + hex.EncodeToString(sum[:6]) + "/" + name,
			kind:    mime.TypeByExtension(path.Ext(name)), plain: content, zipped: zipped,
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("load assets: %w", err)
	}
	return loaded, nil
}

func zip(content []byte) ([]byte, error) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(content); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Asset is the address of an asset by its name below assets/, "" when the build did not bring it.
func Asset(name string) string { return assets[name].address }

// ServeAssets answers GET /assets/:hash/* with the embedded files.
func ServeAssets(router fiber.Router) {
	router.Get("/assets/:hash/*", func(c *fiber.Ctx) error {
		a, ok := assets[c.Params("*")]
		if !ok {
			return fiber.ErrNotFound
		}
		// A page of another version asks for another hash; it gets what there is, but does not keep it.
		c.Set(fiber.HeaderCacheControl, "no-cache")
		if strings.HasPrefix(a.address, "/assets/"+c.Params("hash")+"/") {
			c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
		}
		c.Set(fiber.HeaderContentType, a.kind)
		c.Vary(fiber.HeaderAcceptEncoding)
		if !strings.Contains(c.Get(fiber.HeaderAcceptEncoding), "gzip") {
			return c.Send(a.plain)
		}
		c.Set(fiber.HeaderContentEncoding, "gzip")
		return c.Send(a.zipped)
	})
}
