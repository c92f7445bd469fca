package report

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

var quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// Parts is what a request asks of a server, without whom it is about: method and
// endpoint, each parameter, the form of a filter, each operation of a PATCH, each
// attribute of another body, and each header that changes what is asked. A client sends
// a request if it sends all of its parts. There is none for a body that is no JSON.
func Parts(x *wire.Exchange) []string {
	u, err := url.Parse(x.URL)
	if err != nil {
		return nil
	}
	at := x.Method + " " + resourceOf(u.EscapedPath())
	parts := []string{at}
	for name, all := range u.Query() {
		parts = append(parts, queryPart(at, name, all))
	}
	for name := range x.RequestHeader {
		parts = append(parts, headerPart(at, name, x.RequestHeader)...)
	}
	if len(x.RequestBody) > 0 {
		var body map[string]any
		if json.Unmarshal(x.RequestBody, &body) != nil {
			return nil
		}
		parts = append(parts, bodyParts(at, x.Method, body)...)
	}
	slices.Sort(parts)
	return slices.Compact(parts)
}

// unquoted is a filter or a path without the texts in it. One that has to be escaped asks
// more of a server than others.
func unquoted(text string) string {
	return quoted.ReplaceAllStringFunc(text, func(value string) string {
		if strings.Contains(value, `\\`) {
			return `"\\"`
		}
		return `""`
	})
}

// resourceOf is the end of the path from the endpoint on, with an id as one sign.
func resourceOf(path string) string {
	segments := strings.Split(strings.Trim(path, "/"), "/")
	for i, s := range segments {
		if s == "Users" || s == "Groups" {
			end := segments[i:]
			if len(end) > 1 && end[1] != ".search" {
				end[1] = "*"
			}
			return "/" + strings.Join(end, "/")
		}
	}
	return "/" + segments[len(segments)-1]
}

func queryPart(at, name string, values []string) string {
	if name != "filter" {
		return at + "?" + name
	}
	return at + "?filter=" + unquoted(strings.Join(values, "&"))
}

// headerPart is nothing for what every client sends in a way of its own.
func headerPart(at, name string, h http.Header) []string {
	switch name {
	case "Authorization":
		if scheme, _, _ := strings.Cut(h.Get(name), " "); scheme != "Bearer" {
			return []string{at + " Authorization in another spelling"}
		}
		return nil
	case "Accept-Encoding", "Connection", "Content-Length", "Host", "User-Agent":
		return nil
	case "Accept", "Content-Type":
		media, _, _ := strings.Cut(h.Get(name), ";")
		return []string{at + " " + name + ": " + strings.ToLower(strings.TrimSpace(media))}
	}
	return []string{at + " " + name}
}

func bodyParts(at, method string, body map[string]any) []string {
	operations, isList := body["Operations"].([]any)
	if method != http.MethodPatch || !isList {
		return attributeParts(at, "", body)
	}
	var parts []string
	for _, operation := range operations {
		o, _ := operation.(map[string]any)
		path, _ := o["path"].(string)
		value, valued := o["value"]
		name := fmt.Sprintf("%s %v %s", at, o["op"], unquoted(path))
		if !valued {
			parts = append(parts, name)
			continue
		}
		parts = append(parts, attributeParts(name, "", value)...)
	}
	return parts
}

// attributeParts names every value by the attributes that lead to it, with its type.
func attributeParts(at, path string, value any) []string {
	switch v := value.(type) {
	case map[string]any:
		parts := []string{at + " " + path + "{}"}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, attributeParts(at, path+"."+name, v[name])...)
		}
		return parts
	case []any:
		parts := []string{at + " " + path + "[]"}
		for _, element := range v {
			if text, isText := element.(string); isText && path == ".schemas" {
				parts = append(parts, at+" "+path+" "+text)
				continue
			}
			parts = append(parts, attributeParts(at, path+"[]", element)...)
		}
		return parts
	case string:
		if strings.EqualFold(v, "true") || strings.EqualFold(v, "false") {
			return []string{at + " " + path + " text " + strings.ToLower(v)}
		}
		return []string{at + " " + path + " text"}
	}
	return []string{fmt.Sprintf("%s %s %T", at, path, value)}
}
