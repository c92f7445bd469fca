package provider

import (
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// canonicalize writes values the way RFC 7643 section 4.1.2 recommends and
// drops elements that say the same thing twice (section 2.4). The resource is
// the provider's own copy, made by scim.Normalize.
func (k *kind) canonicalize(resource *scim.Object) {
	if strings.EqualFold(k.Schema.ID, scim.UserURN) {
		canonicalizeValues(resource.Array("emails"), canonicalEmail)
		canonicalizeValues(resource.Array("ims"), canonicalIM)
	}
	for _, a := range k.Schema.Attributes {
		if a.MultiValued && a.Sub("value") != nil {
			if elements := resource.Array(a.Name); len(elements) > 1 {
				resource.Set(a.Name, withoutDuplicates(elements))
			}
		}
	}
}

func canonicalizeValues(elements []any, canonical func(string) string) {
	for _, v := range elements {
		if o, ok := v.(*scim.Object); ok && o.String("value") != "" {
			o.Set("value", canonical(o.String("value")))
		}
	}
}

// canonicalEmail puts the domain in lower case. The part before the @ keeps its
// case, which only its mail server may judge (RFC 5321 section 2.4).
func canonicalEmail(s string) string {
	at := strings.LastIndexByte(s, '@')
	if at < 0 {
		return s
	}
	return s[:at] + strings.ToLower(s[at:])
}

// canonicalIM removes white space and case.
func canonicalIM(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(s), ""))
}

// withoutDuplicates keeps the first of the elements with one type and value.
func withoutDuplicates(elements []any) []any {
	type pair struct{ kind, value string }
	seen := make(map[pair]bool, len(elements))
	kept := make([]any, 0, len(elements))
	for _, v := range elements {
		o, _ := v.(*scim.Object)
		p := pair{o.String("type"), o.String("value")}
		if p.value != "" && seen[p] {
			continue
		}
		seen[p] = true
		kept = append(kept, v)
	}
	return kept
}
