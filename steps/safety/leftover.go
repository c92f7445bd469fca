package safety

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Leftover is something that could not be removed from the target, or may still be
// there.
type Leftover struct {
	Method  string // of the request that did not do it
	Path    string // relative to the target
	Why     string
	Command string // a curl command that removes it or, where its id is unknown, looks for it
}

func (l Leftover) String() string {
	return fmt.Sprintf("%s %s %s; by hand: %s", l.Method, l.Path, l.Why, l.Command)
}

// leftover is a resource at a known path. It keeps out of the message what a server
// has echoed of the token.
func (r *remover) leftover(method string, path []string, why string) Leftover {
	command := "curl " + r.curl(path, nil)
	if method == http.MethodDelete {
		command = "curl -X DELETE " + r.curl(path, nil)
	}
	return r.discreet(Leftover{method, pathText(path), why, command})
}

// unknown is a resource of which only the name is known.
func (r *remover) unknown(x *creation, why string) Leftover {
	query := url.Values{"count": {"100"}}
	if attribute, value := x.names.best(); attribute != "" {
		query = url.Values{"filter": {attribute + " eq " + quoted(value)}}
	}
	return r.discreet(Leftover{x.method, pathText(x.collection), why, "curl " + r.curl(x.collection, query)})
}

// misnamed is a resource that lists show under an id at which there is nothing.
func (r *remover) misnamed(collection, path []string, resource *scim.Object) Leftover {
	attribute, value := bestName(resource)
	query := url.Values{"filter": {attribute + " eq " + quoted(value)}}
	return r.discreet(Leftover{
		http.MethodDelete, pathText(path), "finds nothing, although a list shows " + value + " under this id: only the target's own store tells the right one",
		"curl " + r.curl(collection, query),
	})
}

// bestName is the name to look the resource up by, or "".
func bestName(resource *scim.Object) (attribute, value string) {
	for _, attribute := range namingAttributes {
		if value := resource.String(attribute); value != "" {
			return attribute, value
		}
	}
	return "", ""
}

func (r *remover) curl(path []string, query url.Values) string {
	target := strings.TrimRight(r.client.BaseURL, "/") + pathText(path)
	if len(query) > 0 {
		target += "?" + query.Encode()
	}
	return `-H "Authorization: Bearer $SCIM_TOKEN" '` + strings.ReplaceAll(target, "'", "%27") + "'"
}

func (r *remover) discreet(l Leftover) Leftover {
	var secrets wire.Secrets
	secrets.Add(r.client.Token)
	return Leftover{l.Method, secrets.Hide(l.Path), secrets.Hide(l.Why), secrets.Hide(l.Command)}
}

// quoted is the text as a filter has it.
func quoted(value string) string {
	text, err := scim.Marshal(value)
	if err != nil {
		return `""`
	}
	return string(text)
}
