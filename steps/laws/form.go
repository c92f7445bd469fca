package laws

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// Laws on the form of JSON: what is an object, how members are called, how deep
// they nest (RFC 7643 sections 2.1, 2.3.8 and 3).
var formLaws = []Sentence{
	{`each resource is a JSON object with an array "schemas"`, resourcesAreObjects},
	{`each message and each resource has at least one URI in "schemas"`, everythingNamesItsSchemas},
	{`each attribute name is a letter and then letters, digits, "$", "-" and "_"`, ofEach("", namesAreNames)},
	{`no complex attribute has a part that is complex itself`, ofEach("Users Groups", complexIsFlat)},
	{`no multi-valued attribute has a null among its elements`, ofEach("Users Groups", noNullElements)},
	{`each "totalResults", "itemsPerPage" and "startIndex" is an integer`, messageNumbersAreIntegers},
}

// describing are the endpoints of lists by which a target describes itself.
var describing = []string{"Schemas", "ResourceTypes"}

// resourcesAreObjects looks at what a success on a resource or a list shows.
func resourcesAreObjects(_ Context, answers []judge.Answer) (int, error) {
	judged := 0
	for _, s := range answers {
		if s.Response.Status/100 != 2 || len(s.Response.Body) == 0 {
			continue
		}
		judged++
		if s.Bare && slices.Contains(describing, s.Request.Path[0]) {
			continue // another requirement is about the form of these lists
		}
		if s.Body == nil || s.Bare {
			return judged, &judge.Mismatch{What: "the answer to " + s.String(), Want: "a JSON object", Got: shorten(string(s.Response.Body)), About: s.Exchange}
		}
		if s.Flaw != "" {
			return judged, &judge.Mismatch{What: "the JSON in the answer to " + s.String(), Want: "each attribute once in an object, in well-formed JSON", Got: s.Flaw, About: s.Exchange}
		}
		for _, v := range s.Body.Array("Resources") {
			if _, ok := v.(*scim.Object); !ok {
				return judged, &judge.Mismatch{What: "Resources in the answer to " + s.String(), Want: "JSON objects", Got: judge.Text(v), About: s.Exchange}
			}
		}
	}
	more, err := ofWhole("Users Groups ServiceProviderConfig ResourceTypes", func(x view) error {
		v, _ := x.object.Get("schemas")
		if _, ok := v.([]any); !ok {
			return x.wrong("schemas", "an array of URIs", v)
		}
		return nil
	})(Context{}, answers)
	return judged + more, err
}

// everythingNamesItsSchemas demands a list of non-empty strings of every message
// and resource. The representations of schemas themselves are left out: those of
// the standard's own section 8.7 have none.
func everythingNamesItsSchemas(_ Context, answers []judge.Answer) (int, error) {
	judged := 0
	for _, s := range answers {
		if s.Body == nil || s.Bare || showsNothing(s) || len(s.Request.Path) > 1 && s.Request.Path[0] == "Schemas" {
			continue
		}
		if len(views([]judge.Answer{s})) > 0 && !isMessage(s.Body) {
			continue // a resource, see below
		}
		judged++
		if !namesSchemas(s.Body) {
			v, _ := s.Body.Get("schemas")
			return judged, &judge.Mismatch{What: "schemas in the answer to " + s.String(), Want: "an array with the URN of the message", Got: judge.Text(v), About: s.Exchange}
		}
	}
	more, err := ofWhole("Users Groups ServiceProviderConfig ResourceTypes", func(x view) error {
		if !namesSchemas(x.object) {
			v, _ := x.object.Get("schemas")
			return x.wrong("schemas", "an array with at least one URN", v)
		}
		return nil
	})(Context{}, answers)
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
func namesAreNames(x view) error {
	var wrong string
	EachObject(x.object, 0, func(o *scim.Object, depth int) {
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

// EachObject visits an object and those within it.
func EachObject(v any, depth int, visit func(o *scim.Object, depth int)) {
	switch v := v.(type) {
	case *scim.Object:
		visit(v, depth)
		for _, inner := range v.All() {
			EachObject(inner, depth+1, visit)
		}
	case []any:
		for _, inner := range v {
			EachObject(inner, depth, visit)
		}
	}
}

// complexIsFlat allows for the container of an extension, which is no attribute.
func complexIsFlat(x view) error {
	for name, v := range x.object.All() {
		deepest := 1
		if isURN(name) {
			deepest = 2
		}
		var wrong bool
		EachObject(v, 1, func(_ *scim.Object, depth int) { wrong = wrong || depth > deepest })
		if wrong {
			return x.wrong(name, "sub-attributes that are not complex themselves", v)
		}
	}
	return nil
}

func noNullElements(x view) error {
	for name, v := range x.object.All() {
		if list, ok := v.([]any); ok && slices.Contains(list, nil) {
			return x.wrong(name, "elements that have a value", v)
		}
	}
	return nil
}

// messageNumbersAreIntegers looks at the counts of lists.
func messageNumbersAreIntegers(_ Context, answers []judge.Answer) (int, error) {
	judged := 0
	for _, s := range answers {
		for _, name := range []string{"totalResults", "itemsPerPage", "startIndex"} {
			v, ok := s.Body.Get(name)
			if !ok {
				continue
			}
			judged++
			if n, isNumber := v.(json.Number); !isNumber || !judge.Integer.MatchString(n.String()) {
				return judged, &judge.Mismatch{What: name + " in the answer to " + s.String(), Want: "an integer", Got: judge.Text(v), About: s.Exchange}
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
