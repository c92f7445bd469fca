package schemas

import (
	"maps"
	"slices"
	"strings"
	"sync"
)

// ownForms are the schemas of this program's own files, whose names say nothing about SCIM:
// "username" in one of them is no spelling of userName.
var ownForms = []Name{Directory, Application, Report, Target, DuoProfile}

// canonicalNames maps every attribute name of the SCIM schemas, in lower case,
// to its declared spelling.
var canonicalNames = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	for file, content := range sources() {
		if !slices.Contains(ownForms, file) {
			collectNames(content, names)
		}
	}
	return names
})

func collectNames(node any, names map[string]string) {
	switch n := node.(type) {
	case []any:
		for _, v := range n {
			collectNames(v, names)
		}
	case map[string]any:
		properties, _ := n["properties"].(map[string]any)
		for name := range properties {
			names[strings.ToLower(name)] = name
		}
		for _, v := range n {
			collectNames(v, names)
		}
	}
}

// canonicalizer gives attribute names their declared spelling and leaves out
// what is null. The value of a PATCH operation stays as it is: there, null and
// absent differ, and its names may be paths.
type canonicalizer struct {
	problems []Problem
}

func (c *canonicalizer) value(value any, path []any, parent string) any {
	switch v := value.(type) {
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = c.value(v[i], append(path, i), parent)
		}
		return out
	case map[string]any:
		return c.object(v, path, parent)
	}
	return value
}

func (c *canonicalizer) object(object map[string]any, path []any, parent string) map[string]any {
	out := make(map[string]any, len(object))
	for _, written := range slices.Sorted(maps.Keys(object)) {
		name, known := canonicalNames()[strings.ToLower(written)]
		if !known {
			name = written
		}
		member := object[written]
		to := append(path, name)
		switch _, twice := out[name]; {
		case twice:
			c.problems = append(c.problems, Problem{Path: Path(to...), Message: "given twice in different case: keep one of both"})
		case parent == "Operations" && name == "value":
			out[name] = member
		case member != nil:
			out[name] = c.value(member, to, name)
		}
	}
	return out
}
