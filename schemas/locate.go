package schemas

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// nameStep stands for the names of an object's members, as a step of a path.
const nameStep = "\x00names"

// fragment is a subschema, and the file that its local references are about.
type fragment struct {
	file Name
	node map[string]any
}

// sources are the schema files as they are written: the validator tells which
// rule was broken but not what the schema says beside it.
var sources = sync.OnceValue(func() map[Name]map[string]any {
	files := map[Name]map[string]any{}
	entries, _ := FS.ReadDir(".") // an embedded folder can be read
	for _, entry := range entries {
		var content map[string]any
		if data, err := FS.ReadFile(entry.Name()); err == nil && json.Unmarshal(data, &content) == nil {
			files[Name(entry.Name())] = content
		}
	}
	return files
})

// annotation is the text of a keyword that says in words what a rule means:
// "errorMessage" beside oneOf, anyOf and not; "patternErrorMessage" beside
// pattern. Editors that know these keywords show the same text.
func (e *explainer) annotation(steps []string, keyword string) string {
	for _, f := range locate(e.schema, steps) {
		if text, ok := f.node[keyword].(string); ok {
			return text
		}
	}
	return ""
}

// known lists the member names that the schema has for the object at steps.
func (e *explainer) known(steps []string) []string {
	names := map[string]bool{}
	for _, f := range locate(e.schema, steps) {
		properties, _ := f.node["properties"].(map[string]any)
		for name := range properties {
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// locate finds the subschemas that apply to the value at steps.
func locate(name Name, steps []string) []fragment {
	found := expand(fragment{name, sources()[name]}, 0)
	for _, step := range steps {
		var next []fragment
		for _, f := range found {
			if node, ok := f.step(step); ok {
				next = append(next, expand(fragment{f.file, node}, 0)...)
			}
		}
		found = next
	}
	return found
}

func (f fragment) step(name string) (map[string]any, bool) {
	if name == nameStep {
		node, ok := f.node["propertyNames"].(map[string]any)
		return node, ok
	}
	properties, _ := f.node["properties"].(map[string]any)
	if node, ok := properties[name].(map[string]any); ok {
		return node, true
	}
	if _, err := strconv.Atoi(name); err == nil {
		if node, ok := f.node["items"].(map[string]any); ok {
			return node, true
		}
	}
	node, ok := f.node["additionalProperties"].(map[string]any)
	return node, ok
}

// maxReferences ends the search in schemas that refer to themselves.
const maxReferences = 16

// expand adds to a subschema those that apply beside it, by reference or as a
// part of it.
func expand(f fragment, depth int) []fragment {
	if f.node == nil || depth > maxReferences {
		return nil
	}
	found := []fragment{f}
	if ref, ok := f.node["$ref"].(string); ok {
		found = append(found, expand(f.refer(ref), depth+1)...)
	}
	for _, keyword := range []string{"allOf", "anyOf", "oneOf"} {
		branches, _ := f.node[keyword].([]any)
		for _, branch := range branches {
			node, _ := branch.(map[string]any)
			found = append(found, expand(fragment{f.file, node}, depth+1)...)
		}
	}
	return found
}

// refer follows "#/definitions/x", "file.json" or "file.json#/definitions/x".
func (f fragment) refer(ref string) fragment {
	file, pointer, _ := strings.Cut(ref, "#")
	to := fragment{f.file, nil}
	if file != "" {
		to.file = Name(file)
	}
	to.node = sources()[to.file]
	for _, step := range strings.FieldsFunc(pointer, func(r rune) bool { return r == '/' }) {
		to.node, _ = to.node[step].(map[string]any)
	}
	return to
}
