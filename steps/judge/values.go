package judge

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// QuotedOrNone is the text, or "none" for an empty one.
func QuotedOrNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// Plain is a value as text: a string as it is, everything else as JSON.
func Plain(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	return Text(v)
}

// At finds a value by a path of names, indexes and URNs:
// "name.familyName", "emails[0].value", "urn:…:User:department", "Resources[0].id".
func At(v any, path string) (any, bool) {
	if o, ok := v.(*scim.Object); ok {
		if found, ok := o.Get(path); ok { // a name with dots, such as a URN
			return found, true
		}
		if urn, rest, ok := CutURN(path); ok {
			inner, found := o.Get(urn)
			if !found {
				return nil, false
			}
			return At(inner, rest)
		}
	}
	step, rest, more := strings.Cut(path, ".")
	name, index, indexed := strings.Cut(step, "[")
	o, ok := v.(*scim.Object)
	if !ok {
		return nil, false
	}
	value, ok := o.Get(name)
	if ok && indexed {
		value, ok = element(value, strings.TrimSuffix(index, "]"))
	}
	if !ok || !more {
		return value, ok
	}
	return At(value, rest)
}

func element(v any, index string) (any, bool) {
	list, ok := v.([]any)
	var i int
	if _, err := fmt.Sscanf(index, "%d", &i); err != nil || !ok || i < 0 || i >= len(list) {
		return nil, false
	}
	return list[i], true
}

// Instant reads a dateTime; one without a time zone as UTC.
func Instant(text string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return time.Parse("2006-01-02T15:04:05.999999999", text)
	}
	return t, nil
}

// Lookup finds an attribute by its path, "name.familyName" or with its URN.
func Lookup(o *scim.Object, attribute string) (any, bool) {
	if urn, name, ok := CutURN(attribute); ok {
		o, attribute = o.Object(urn), name
	}
	if parent, sub, ok := strings.Cut(attribute, "."); ok {
		o, attribute = o.Object(parent), sub
	}
	return o.Get(attribute)
}

// CutURN splits "urn:…:User:department" into the URN of the schema and the name.
func CutURN(attribute string) (urn, name string, ok bool) {
	if !strings.HasPrefix(strings.ToLower(attribute), "urn:") {
		return "", attribute, false
	}
	i := strings.LastIndexByte(attribute, ':')
	return attribute[:i], attribute[i+1:], true
}

// ValuesOf are the texts of an attribute, sorted: a list in any order is the same list.
func ValuesOf(o *scim.Object, attribute string) []string {
	v, _ := Lookup(o, attribute)
	var values []string
	switch v := v.(type) {
	case nil:
	case []any:
		for _, element := range v {
			if e, ok := element.(*scim.Object); ok {
				values = append(values, scim.ValueOf(e))
			} else {
				values = append(values, fmt.Sprint(element))
			}
		}
	default:
		values = append(values, fmt.Sprint(v))
	}
	slices.Sort(values)
	return values
}

// Text is a value as JSON, for a message.
func Text(v any) string {
	text, err := scim.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// Contains says whether a list has an element with this value, name or id, or a text this part,
// in any case of letters.
func Contains(v any, part string) bool {
	if list, ok := v.([]any); ok {
		return slices.ContainsFunc(list, func(e any) bool {
			if o, ok := e.(*scim.Object); ok {
				return strings.EqualFold(o.String("value"), part) || strings.EqualFold(o.String("name"), part) || strings.EqualFold(scim.IDOf(o), part)
			}
			return strings.EqualFold(Plain(e), part)
		})
	}
	return strings.Contains(strings.ToLower(Plain(v)), strings.ToLower(part))
}
