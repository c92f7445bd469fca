package schemas

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Direction says who sent a SCIM document and how complete it has to be.
type Direction int

// The directions of ValidateMessage.
const (
	Request    Direction = iota // what a client sends
	Answer                      // what a service provider answers
	Projection                  // an answer to a request with "attributes" or "excludedAttributes": of what the schema requires, only id must be there
)

func (d Direction) String() string {
	switch d {
	case Request:
		return "request"
	case Answer:
		return "answer"
	}
	return "projection"
}

// kinds are the schemas by which ValidateMessage checks a document that names
// the URI, as a request and as an answer. "" means that it is not sent that way.
var kinds = map[string]struct{ request, answer Name }{
	"urn:ietf:params:scim:schemas:core:2.0:User":                  {User, UserResource},
	"urn:ietf:params:scim:schemas:core:2.0:Group":                 {Group, GroupResource},
	"urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig": {"", ServiceProviderConfig},
	"urn:ietf:params:scim:schemas:core:2.0:ResourceType":          {"", ResourceType},
	"urn:ietf:params:scim:schemas:core:2.0:Schema":                {"", Schema},
	"urn:ietf:params:scim:api:messages:2.0:PatchOp":               {PatchOp, ""},
	"urn:ietf:params:scim:api:messages:2.0:SearchRequest":         {SearchRequest, ""},
	"urn:ietf:params:scim:api:messages:2.0:ListResponse":          {"", ListResponse},
	"urn:ietf:params:scim:api:messages:2.0:Error":                 {"", Error},
}

// ValidateMessage checks a SCIM message or resource against the schema that
// its "schemas" attribute names, and each resource of a ListResponse against
// its own. Attribute names count in any case, and null is the same as absent
// (RFC 7643 sections 2.1 and 2.5). The result is nil or an *Invalid.
func ValidateMessage(document []byte, direction Direction) error {
	value, problem := parseJSON(document)
	if problem != nil {
		return &Invalid{Problems: []Problem{*problem}}
	}
	c := canonicalizer{}
	object, ok := c.value(value, nil, "").(map[string]any)
	if !ok {
		return &Invalid{Problems: []Problem{{Message: "must be an object, got " + shown(value)}}}
	}
	name, problem := kindOf(object, direction)
	if problem != nil {
		return &Invalid{Problems: []Problem{*problem}}
	}
	problems, err := checkMessage(name, object, direction)
	if err != nil {
		return err
	}
	return newInvalid(name, "", append(c.problems, problems...))
}

func checkMessage(name Name, object map[string]any, direction Direction) ([]Problem, error) {
	problems, err := check(name, object)
	if err != nil {
		return nil, err
	}
	if direction == Projection && name != ListResponse {
		problems = slices.DeleteFunc(problems, func(p Problem) bool {
			return p.missing != "" && (p.missing != "id" || p.Path != "")
		})
	}
	if name != ListResponse {
		return problems, nil
	}
	resources, _ := object["Resources"].([]any)
	for i, r := range resources {
		resource, ok := r.(map[string]any)
		if !ok {
			continue // told by the schema of ListResponse
		}
		found, err := checkEntry(resource, direction)
		if err != nil {
			return nil, err
		}
		for _, p := range found {
			p.Path = within(Path("Resources", i), p.Path)
			problems = append(problems, p)
		}
	}
	return problems, nil
}

func checkEntry(resource map[string]any, direction Direction) ([]Problem, error) {
	name, problem := kindOf(resource, direction)
	switch {
	case problem != nil:
		return []Problem{*problem}, nil
	case name == ListResponse || name == Error:
		return []Problem{{Message: fmt.Sprintf("a message (%s) is no resource of a list", name)}}, nil
	}
	return checkMessage(name, resource, direction)
}

// within is the path of something inside the value at outer.
func within(outer, inner string) string {
	if inner == "" || inner[0] == '[' {
		return outer + inner
	}
	return outer + "." + inner
}

// kindOf finds the first URI in "schemas" that ValidateMessage knows.
func kindOf(object map[string]any, direction Direction) (Name, *Problem) {
	listed, _ := object["schemas"].([]any)
	var unknown []string
	for _, entry := range listed {
		uri, _ := entry.(string)
		for known, kind := range kinds {
			if !strings.EqualFold(known, uri) {
				continue
			}
			name := kind.answer
			if direction == Request {
				name = kind.request
			}
			if name == "" {
				return "", &Problem{Path: "schemas", Message: fmt.Sprintf("%s is not sent in this direction (%s)", known, direction)}
			}
			return name, nil
		}
		unknown = append(unknown, uri)
	}
	if len(unknown) == 0 {
		return "", &Problem{Message: `"schemas" is missing or names nothing: it says what the object is (RFC 7643 section 3)`}
	}
	return "", &Problem{Path: "schemas", Message: fmt.Sprintf("names only unknown schemas (%s): use one of %s", quoteAll(unknown), quoteAll(slices.Sorted(maps.Keys(kinds))))}
}
