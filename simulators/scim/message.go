package scim

import "strings"

// Text is a value's JSON, for messages and for keys.
func Text(v any) string {
	text, err := Marshal(v)
	if err != nil {
		return KindOf(v)
	}
	return string(text)
}

// Shown is a value for messages: its JSON if that is short, else its kind.
func Shown(v any) string {
	switch v.(type) {
	case *Object, []any, nil:
		return KindOf(v)
	}
	if text := Text(v); len(text) <= 40 {
		return "the " + KindOf(v) + " " + text
	}
	return "a " + KindOf(v)
}

// Label is the type's name for messages.
func (t *ResourceType) Label() string {
	if t == nil || t.Name == "" {
		return "this resource"
	}
	return t.Name
}

// urns lists the type's schemas for messages.
func (t *ResourceType) urns() string {
	var urns []string
	for _, s := range t.Schemas() {
		urns = append(urns, s.ID)
	}
	return strings.Join(urns, ", ")
}
