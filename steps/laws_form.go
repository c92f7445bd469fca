package steps

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Laws on the form of JSON: what is an object, how members are called, how deep
// they nest (RFC 7643 sections 2.1, 2.3.8 and 3).
var formLaws = map[string]law{
	"every resource is a JSON object with schemas":           resourcesAreObjects,
	"every message and resource names its schemas":           everythingNamesItsSchemas,
	"attribute names consist of letters, digits, $, - and _": ofEach("", namesAreNames),
	"no complex attribute holds another one":                 ofEach("Users Groups", complexIsFlat),
	"no null stands among the elements of a list":            ofEach("Users Groups", noNullElements),
	"no number of a message has a fraction":                  messageNumbersAreIntegers,
}

// resourcesAreObjects looks at what a success on a resource or a list shows.
func resourcesAreObjects(_ *world, stops []stop) (int, error) {
	judged := 0
	for _, s := range stops {
		if s.answer.Status/100 != 2 || len(s.answer.Body) == 0 {
			continue
		}
		judged++
		if s.body == nil {
			return judged, &Mismatch{What: "the answer to " + s.String(), Want: "a JSON object", Got: shorten(string(s.answer.Body))}
		}
		for _, v := range s.body.Array("Resources") {
			if _, ok := v.(*scim.Object); !ok {
				return judged, &Mismatch{What: "Resources in the answer to " + s.String(), Want: "JSON objects", Got: textOf(v)}
			}
		}
	}
	more, err := ofWhole("Users Groups ServiceProviderConfig ResourceTypes", func(x exhibit) error {
		v, _ := x.object.Get("schemas")
		if _, ok := v.([]any); !ok {
			return x.wrong("schemas", "an array of URIs", v)
		}
		return nil
	})(nil, stops)
	return judged + more, err
}

// everythingNamesItsSchemas demands a list of non-empty strings of every message
// and resource. The representations of schemas themselves are left out: those of
// the standard's own section 8.7 have none.
func everythingNamesItsSchemas(_ *world, stops []stop) (int, error) {
	judged := 0
	for _, s := range stops {
		if s.body == nil || len(s.asked.Path) > 1 && s.asked.Path[0] == "Schemas" {
			continue
		}
		if len(exhibits([]stop{s})) > 0 && !isMessage(s.body) {
			continue // a resource, see below
		}
		judged++
		if !namesSchemas(s.body) {
			v, _ := s.body.Get("schemas")
			return judged, &Mismatch{What: "schemas in the answer to " + s.String(), Want: "an array with the URN of the message", Got: textOf(v)}
		}
	}
	more, err := ofWhole("Users Groups ServiceProviderConfig ResourceTypes", func(x exhibit) error {
		if !namesSchemas(x.object) {
			v, _ := x.object.Get("schemas")
			return x.wrong("schemas", "an array with at least one URN", v)
		}
		return nil
	})(nil, stops)
	return judged + more, err
}

func namesSchemas(o *scim.Object) bool {
	schemas := o.Array("schemas")
	return len(schemas) > 0 && !slices.ContainsFunc(schemas, func(v any) bool {
		s, ok := v.(string)
		return !ok || strings.TrimSpace(s) == ""
	})
}

var attributeName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9$_-]*$`)

// namesAreNames: "$ref" is the standard's own exception, and a schema's URN is
// the name of a container and not of an attribute.
func namesAreNames(x exhibit) error {
	var wrong string
	eachObject(x.object, 0, func(o *scim.Object, depth int) {
		for name := range o.All() {
			if wrong == "" && !attributeName.MatchString(name) && name != "$ref" && (depth != 0 || !isURN(name)) {
				wrong = name
			}
		}
	})
	if wrong != "" {
		return x.wrong("an attribute name", "a letter, then letters, digits, $, - or _", wrong)
	}
	return nil
}

// eachObject visits an object and those within it.
func eachObject(v any, depth int, visit func(o *scim.Object, depth int)) {
	switch v := v.(type) {
	case *scim.Object:
		visit(v, depth)
		for _, inner := range v.All() {
			eachObject(inner, depth+1, visit)
		}
	case []any:
		for _, inner := range v {
			eachObject(inner, depth, visit)
		}
	}
}

// complexIsFlat allows for the container of an extension, which is no attribute.
func complexIsFlat(x exhibit) error {
	for name, v := range x.object.All() {
		deepest := 1
		if isURN(name) {
			deepest = 2
		}
		var wrong bool
		eachObject(v, 1, func(_ *scim.Object, depth int) { wrong = wrong || depth > deepest })
		if wrong {
			return x.wrong(name, "sub-attributes that are not complex themselves", v)
		}
	}
	return nil
}

func noNullElements(x exhibit) error {
	for name, v := range x.object.All() {
		if list, ok := v.([]any); ok && slices.Contains(list, nil) {
			return x.wrong(name, "elements that have a value", v)
		}
	}
	return nil
}

// messageNumbersAreIntegers looks at the counts of lists.
func messageNumbersAreIntegers(_ *world, stops []stop) (int, error) {
	judged := 0
	for _, s := range stops {
		for _, name := range []string{"totalResults", "itemsPerPage", "startIndex"} {
			v, ok := s.body.Get(name)
			if !ok {
				continue
			}
			judged++
			if n, isNumber := v.(json.Number); !isNumber || !integer.MatchString(n.String()) {
				return judged, &Mismatch{What: name + " in the answer to " + s.String(), Want: "an integer", Got: textOf(v)}
			}
		}
	}
	return judged, nil
}

// shorten keeps what a message can show.
func shorten(text string) string {
	const most = 80
	if len(text) <= most {
		return text
	}
	return text[:most] + "…"
}
