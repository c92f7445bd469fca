package rewrite

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

var (
	Asks   = Has("attributes")
	Leaves = Has("excludedAttributes")
)

func Several(parameter string) ParameterTest {
	return func(p url.Values) bool { return len(Names(p, parameter)) > 1 }
}

func Naming(parameter string, fits func(name string) bool) ParameterTest {
	return func(p url.Values) bool { return slices.ContainsFunc(Names(p, parameter), fits) }
}

// FirstName and lastName honour one name of several.
func FirstName(parameter string) ParameterEdit {
	return func(p url.Values) {
		if all := Names(p, parameter); len(all) > 0 {
			p.Set(parameter, all[0])
		}
	}
}

// AlsoNamed adds a name that the client did not send.
func AlsoNamed(parameter, name string) ParameterEdit {
	return func(p url.Values) {
		if p.Has(parameter) {
			p.Set(parameter, p.Get(parameter)+","+name)
		}
	}
}

func Is(name string) func(string) bool {
	return func(other string) bool { return strings.EqualFold(name, other) }
}

// Seeded puts a few other users beside those of the client.
func Seeded() Wrap {
	return Stateful(func() Wrap {
		var once sync.Once
		return Handle(At("POST", "/Users"), func(next http.Handler, r *http.Request) *Answer {
			once.Do(func() {
				for _, name := range []string{"fault-1@example.com", "fault-2@example.com"} {
					Ask(next, r, http.MethodPost, "Users", scim.NewObject(
						scim.Member{Name: "schemas", Value: []any{scim.UserURN}},
						scim.Member{Name: "userName", Value: name},
						scim.Member{Name: "displayName", Value: "Another"},
						scim.Member{Name: "name", Value: scim.NewObject(scim.Member{Name: "givenName", Value: "Another"})},
						scim.Member{Name: "title", Value: "Another"},
					))
				}
			})
			return nil
		})
	})
}

// Names are the words of attributes or excludedAttributes.
func Names(p url.Values, parameter string) []string {
	var words []string
	for word := range strings.SplitSeq(p.Get(parameter), ",") {
		if word = strings.TrimSpace(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// Renamed changes each name in a parameter; a name that becomes "" is left out.
func Renamed(parameter string, change func(name string) string) ParameterEdit {
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

// Ignoring leaves out the names that fit, and with the last of them the parameter.
func Ignoring(parameter string, fits func(name string) bool) ParameterEdit {
	return func(p url.Values) {
		Renamed(parameter, func(name string) string {
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

// Misunderstanding takes the names that fit for one that nothing has.
func Misunderstanding(parameter string, fits func(name string) bool) ParameterEdit {
	return Renamed(parameter, func(name string) string {
		if fits(name) {
			return "sduoNothing"
		}
		return name
	})
}

func Dotted(name string) bool { _, sub := splitSub(name); return sub != "" }

// splitSub cuts the sub-attribute off, whatever dots the URN has.
func splitSub(name string) (attribute, sub string) {
	urn, last, qualified := CutURN(name)
	attribute, sub, _ = strings.Cut(last, ".")
	if qualified {
		attribute = urn + ":" + attribute
	}
	return attribute, sub
}

func Parent(name string) string { attribute, _ := splitSub(name); return attribute }

func InExtension(name string) bool {
	return strings.Contains(strings.ToLower(name), ":extension:")
}
