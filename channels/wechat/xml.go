package wechat

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"unicode/utf8"
)

// maxBody bounds what is read of a call; WeChat's own texts have 2 KB.
const maxBody = 64 << 10

// elements reads the children of the one <xml> element as name and text. What
// could be read in two ways is refused: a document type, entities of its own, an
// element that stands there twice.
func elements(body []byte) (map[string]string, error) {
	if !utf8.Valid(body) {
		return nil, fmt.Errorf("not UTF-8")
	}
	d := xml.NewDecoder(bytes.NewReader(body))
	found := map[string]string{}
	var path []string
	closed := false
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.Directive:
			return nil, fmt.Errorf("it has a document type")
		case xml.StartElement:
			if path = append(path, t.Name.Local); closed || path[0] != "xml" {
				return nil, fmt.Errorf("it is not one <xml> element")
			}
			if _, twice := found[t.Name.Local]; len(path) == 2 && twice {
				return nil, fmt.Errorf("%s stands there twice", t.Name.Local)
			}
			if len(path) == 2 {
				found[t.Name.Local] = ""
			}
		case xml.EndElement:
			path = path[:len(path)-1]
			closed = len(path) == 0
		case xml.CharData:
			if len(path) == 2 {
				found[path[1]] += string(t)
			}
		}
	}
	if !closed {
		return nil, fmt.Errorf("it is cut short")
	}
	return found, nil
}
