package schemas

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/xeipuuv/gojsonschema"
)

// explain turns the validator's findings into problems in our own words.
func explain(name Name, value any, found []gojsonschema.ResultError) []Problem {
	e := explainer{schema: name, value: value, badNames: map[string]bool{}, choices: map[string]bool{}}
	for _, f := range found {
		context := f.Context().String("\x00")
		switch f.Type() {
		case "invalid_property_name":
			e.badNames[context+"\x00"+detail(f, "property")] = true
		case "number_one_of":
			e.choices[context] = true
		}
	}
	var problems []Problem
	for _, f := range found {
		if p, ok := e.problem(f); ok {
			problems = append(problems, p)
		}
	}
	if len(problems) == 0 && len(found) > 0 {
		problems = []Problem{{Message: "does not fit the schema " + string(name)}}
	}
	return problems
}

type explainer struct {
	schema   Name
	value    any
	badNames map[string]bool // context and name of every member whose name breaks a rule
	choices  map[string]bool // contexts of objects that meet none or several branches of a oneOf
}

// problem explains one finding. Findings that only sum up others yield none.
func (e *explainer) problem(f gojsonschema.ResultError) (Problem, bool) {
	context := f.Context().String("\x00")
	steps := strings.Split(context, "\x00")[1:] // the first is the validator's name for the root
	text, isText := f.Value().(string)
	if isText && e.badNames[context+"\x00"+text] {
		return Problem{}, false // the rule for a name, told where the name is told
	}
	p := Problem{Path: Path(typedSteps(e.value, steps)...)}
	switch f.Type() {
	case "additional_property_not_allowed", "invalid_property_name":
		member := detail(f, "property")
		p.Path = Path(typedSteps(e.value, append(steps, member))...)
		p.atKey = true
		p.Message = e.badName(f.Type(), steps, member)
	case "required":
		if e.choices[context] {
			return Problem{}, false // one branch's wish, told by what is said of the choice
		}
		p.missing = detail(f, "property")
		p.Message = fmt.Sprintf("%s is missing: add it", quote(p.missing))
	case "number_one_of", "number_any_of", "number_not":
		p.Message = e.annotation(steps, "errorMessage")
	case "number_all_of", "condition_then", "condition_else":
		return Problem{}, false // each of the parts tells its own
	case "pattern":
		p.Message = e.patternMessage(steps, f)
	default:
		p.Message = message(f)
	}
	return p, p.Message != ""
}

func (e *explainer) badName(kind string, steps []string, member string) string {
	if kind == "invalid_property_name" {
		return fmt.Sprintf("%s cannot be a name here: %s", quote(member), e.annotation(append(steps, nameStep), "patternErrorMessage"))
	}
	return "unknown key: " + Suggestion(member, e.known(steps))
}

func (e *explainer) patternMessage(steps []string, f gojsonschema.ResultError) string {
	return fmt.Sprintf("%s: %s", shown(f.Value()), e.annotation(steps, "patternErrorMessage"))
}

// message explains the findings that need no look at the schema.
func message(f gojsonschema.ResultError) string {
	switch f.Type() {
	case "invalid_type":
		return typeMessage(detail(f, "expected"), f.Value())
	case "enum":
		return enumMessage(f)
	case "const":
		return fmt.Sprintf("must be %s, got %s", detail(f, "allowed"), shown(f.Value()))
	case "string_gte":
		return "must not be empty" // every minLength of ours is 1
	case "array_min_items":
		return "must not be empty" // and so is every minItems
	case "unique":
		return fmt.Sprintf("entry %s repeats entry %s: keep one of both", detail(f, "j"), detail(f, "i"))
	case "number_gte":
		return fmt.Sprintf("must be %s or more, got %s", bound(f, "min"), shown(f.Value()))
	case "number_lte":
		return fmt.Sprintf("must be %s or less, got %s", bound(f, "max"), shown(f.Value()))
	case "format":
		return fmt.Sprintf("%s is not a valid %s", shown(f.Value()), detail(f, "format"))
	}
	return f.Description()
}

func detail(f gojsonschema.ResultError, name string) string {
	return fmt.Sprint(f.Details()[name])
}

// bound is a limit of a number, which the validator keeps as a fraction.
func bound(f gojsonschema.ResultError, name string) string {
	whole, _ := strings.CutSuffix(detail(f, name), "/1")
	return whole
}

func enumMessage(f gojsonschema.ResultError) string {
	var allowed []string
	for word := range strings.SplitSeq(detail(f, "allowed"), ", ") {
		if text, err := strconv.Unquote(word); err == nil {
			word = text
		}
		allowed = append(allowed, word)
	}
	text, _ := f.Value().(string)
	return fmt.Sprintf("%s is not allowed: %s", shown(f.Value()), Suggestion(text, allowed))
}

func typeMessage(expected string, got any) string {
	kinds := strings.Split(expected, "/")
	for i, k := range kinds {
		kinds[i] = article(k)
	}
	return fmt.Sprintf("must be %s, got %s%s", strings.Join(kinds, " or "), shown(got), typeRemedy(expected, got))
}

// typeRemedy is for what YAML reads differently from how it was meant.
func typeRemedy(expected string, got any) string {
	switch got.(type) {
	case json.Number, bool:
		if expected == "string" {
			return ": put it in quotes"
		}
	case nil:
		empty := map[string]string{"string": `""`, "array": "[]", "object": "{}"}[expected]
		if empty != "" {
			return ": write " + empty + ", or remove the key"
		}
	}
	return ""
}

func article(kind string) string {
	switch kind {
	case "null":
		return kind
	case "array", "integer", "object":
		return "an " + kind
	}
	return "a " + kind
}

// shown is a value as a message repeats it.
func shown(v any) string {
	switch v := v.(type) {
	case nil:
		return "nothing"
	case string:
		return "the string " + quote(v)
	case json.Number:
		return "the number " + string(v)
	case bool:
		return fmt.Sprint(v)
	case []any:
		return "an array"
	}
	return "an object"
}
