package rewrite

import (
	"net/url"
	"slices"
	"strings"
)

var (
	// Asks holds where the query has the parameter attributes.
	Asks = Has("attributes")
	// Leaves holds where the query has the parameter excludedAttributes.
	Leaves = Has("excludedAttributes")
)

// Several holds where a parameter lists several names.
func Several(parameter string) ParameterTest {
	return func(p url.Values) bool { return len(Names(p, parameter)) > 1 }
}

// Naming holds where a parameter lists a name that fits.
func Naming(parameter string, fits func(name string) bool) ParameterTest {
	return func(p url.Values) bool { return slices.ContainsFunc(Names(p, parameter), fits) }
}

// EditNames changes each name in a parameter; a name that becomes "" is left out.
func EditNames(parameter string, change func(name string) string) ParameterEdit {
	return func(p url.Values) {
		if !p.Has(parameter) {
			return
		}
		var kept []string
		for _, name := range Names(p, parameter) {
			if name = change(name); name != "" {
				kept = append(kept, name)
			}
		}
		p.Set(parameter, strings.Join(kept, ","))
	}
}

// IgnoreNames leaves out the names that fit, and with the last one the parameter.
func IgnoreNames(parameter string, fits func(name string) bool) ParameterEdit {
	return func(p url.Values) {
		EditNames(parameter, func(name string) string {
			if fits(name) {
				return ""
			}
			return name
		})(p)
		if p.Get(parameter) == "" {
			p.Del(parameter)
		}
	}
}

// MisunderstandNames replaces the names that fit by one that no attribute has.
func MisunderstandNames(parameter string, fits func(name string) bool) ParameterEdit {
	return EditNames(parameter, func(name string) string {
		if fits(name) {
			return "sduoNothing"
		}
		return name
	})
}

// FirstName leaves the first name.
func FirstName(parameter string) ParameterEdit {
	return func(p url.Values) {
		if all := Names(p, parameter); len(all) > 0 {
			p.Set(parameter, all[0])
		}
	}
}

// AddName adds a name.
func AddName(parameter, name string) ParameterEdit {
	return func(p url.Values) {
		if p.Has(parameter) {
			p.Set(parameter, p.Get(parameter)+","+name)
		}
	}
}

// Names are the names in a parameter, which commas separate.
func Names(p url.Values, parameter string) []string {
	var words []string
	for word := range strings.SplitSeq(p.Get(parameter), ",") {
		if word = strings.TrimSpace(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// Is fits one name, in any case.
func Is(name string) func(string) bool {
	return func(other string) bool { return strings.EqualFold(name, other) }
}

// Dotted fits names of sub-attributes.
func Dotted(name string) bool { _, sub := splitSub(name); return sub != "" }

// InExtension fits names of extensions and of their attributes.
func InExtension(name string) bool {
	return strings.Contains(strings.ToLower(name), ":extension:")
}

// Parent is the name without its sub-attribute.
func Parent(name string) string { attribute, _ := splitSub(name); return attribute }

// splitSub separates the sub-attribute from a name, which may have a URN with
// dots.
func splitSub(name string) (attribute, sub string) {
	urn, last, qualified := CutURN(name)
	attribute, sub, _ = strings.Cut(last, ".")
	if qualified {
		attribute = urn + ":" + attribute
	}
	return attribute, sub
}
