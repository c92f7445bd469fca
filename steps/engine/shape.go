package engine

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// shapesOf are the shapes of the requests, each once: method, endpoint, query and body
// without the values that differ from person to person, and method, endpoint and headers,
// which servers read for themselves. Two requests of the same shapes ask the same of a server.
func shapesOf(exchanges []*wire.Exchange) []string {
	var shapes []string
	for _, e := range exchanges {
		for _, shape := range []string{shapeOf(e), headerShape(e)} {
			if !slices.Contains(shapes, shape) {
				shapes = append(shapes, shape)
			}
		}
	}
	return shapes
}

func headerShape(e *wire.Exchange) string {
	shape := []string{e.Method}
	if u, err := url.Parse(e.URL); err == nil {
		shape = append(shape, endpointShape(u.Path))
	}
	for _, name := range []string{"Content-Type", "Accept", "User-Agent"} {
		shape = append(shape, name+": "+e.RequestHeader.Get(name))
	}
	return strings.Join(shape, " ")
}

func shapeOf(e *wire.Exchange) string {
	var b strings.Builder
	b.WriteString(e.Method)
	if u, err := url.Parse(e.URL); err == nil {
		b.WriteString(" " + endpointShape(u.Path) + "?" + textShape(u.RawQuery))
	}
	if v, err := scim.Parse(e.RequestBody); err == nil {
		b.WriteByte(' ')
		valueShape(&b, "", v)
	}
	return b.String()
}

// endpointShape is the path below the base URL, with every id as one sign.
func endpointShape(path string) string {
	segments := strings.Split(strings.Trim(path, "/"), "/")
	for i, segment := range slices.Backward(segments) {
		if !strings.EqualFold(segment, "Users") && !strings.EqualFold(segment, "Groups") {
			continue
		}
		below := segments[i:]
		if len(below) > 1 && below[1] != ".search" {
			below[1] = "*"
		}
		return strings.Join(below, "/")
	}
	return segments[len(segments)-1]
}

var quotedValue = regexp.MustCompile(`(?:"|%22).*?(?:"|%22)`)

// textShape is a filter or path without the values in it.
func textShape(text string) string { return quotedValue.ReplaceAllString(text, `""`) }

// valueShape writes members in their order, literals that are not texts, and the texts
// that choose what a request does; elements of a list once for each shape.
func valueShape(b *strings.Builder, name string, v any) {
	switch v := v.(type) {
	case *scim.Object:
		b.WriteByte('{')
		for name, inner := range v.All() {
			b.WriteString(name + ":")
			valueShape(b, name, inner)
			b.WriteByte(',')
		}
		b.WriteByte('}')
	case []any:
		var shapes []string
		for _, e := range v {
			var inner strings.Builder
			valueShape(&inner, name, e)
			if !slices.Contains(shapes, inner.String()) {
				shapes = append(shapes, inner.String())
			}
		}
		b.WriteString("[" + strings.Join(shapes, ";") + "]")
	case string:
		if name == "op" || name == "path" || name == "schemas" || name == "type" || strings.EqualFold(v, "true") || strings.EqualFold(v, "false") {
			b.WriteString(textShape(v))
			return
		}
		b.WriteByte('s')
	default:
		text, _ := scim.Marshal(v) // nil, a boolean or a number
		b.Write(text)
	}
}
