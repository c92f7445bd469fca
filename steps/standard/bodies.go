package standard

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// namedBody is the body of a request that a sentence names and does not show: what the
// target needs of every user or group is laid into it.
const namedBody = `(a new user|a new group|the user \w+ renamed|the group \w+ renamed|a PATCH of displayName|` +
	`a search request|a bulk request that creates a user|nothing)`

// bodyCalled is the body of this name; in a table also one that is written out.
func (w *World) bodyCalled(name string) (any, error) {
	switch name {
	case "":
		return nil, nil
	case "nothing":
		return []byte{}, nil
	case "a new user":
		return w.Template("Users", "new"), nil
	case "a new group":
		return w.Template("Groups", "new"), nil
	case "a PATCH of displayName":
		return judge.ReplaceBody("displayName", w.Mark()+" changed"), nil
	case "a search request":
		return judge.SearchRequest([][2]string{{"count", "2"}}), nil
	case "a bulk request that creates a user":
		return w.bulkCreation(), nil
	}
	if strings.HasPrefix(name, "{") {
		return w.ExpandJSON(name)
	}
	words := strings.Fields(name) // the user A renamed
	if len(words) != 4 || words[3] != "renamed" {
		return nil, fmt.Errorf("there is no body called %q", name)
	}
	return w.renamed(judge.CollectionOf(words[1]), words[2]), nil
}

func (w *World) bulkCreation() *scim.Object {
	return scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.BulkRequestURN}},
		scim.Member{Name: "Operations", Value: []any{scim.NewObject(
			scim.Member{Name: "method", Value: http.MethodPost},
			scim.Member{Name: "path", Value: "/Users"},
			scim.Member{Name: "bulkId", Value: "new"},
			scim.Member{Name: "data", Value: w.Template("Users", "new")},
		)}},
	)
}

// renamed is a resource of the scenario with another displayName.
func (w *World) renamed(collection, name string) *scim.Object {
	o := w.Template(collection, name)
	o.Set("displayName", w.Mark()+" renamed")
	return o
}
