package faults

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// literals changes the texts that attributes are compared with.
func literals(edit func(v string) string) Wrap {
	return compared(queries(), func(c filter.Compare) filter.Filter {
		if v, ok := c.Value.(string); ok {
			c.Value = edit(v)
		}
		return c
	})
}

// rawQuery changes the query before it is decoded.
func rawQuery(edit func(query string) string) Wrap {
	return ahead(queries(), func(r *http.Request) { r.URL.RawQuery = edit(r.URL.RawQuery) })
}

// like takes the characters of a pattern in another language for what they mean there.
func like(any, single string) Wrap {
	return reevaluated(queries(), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
		return filter.Match(eachCompare(f, func(c filter.Compare) filter.Filter {
			v, ok := c.Value.(string)
			if !ok || !about(c, "displayName") || !strings.Contains(v, any) && !strings.Contains(v, single) {
				return c
			}
			if matchLike(strings.ToLower(likePattern(c.Op, v, any)), strings.ToLower(o.String("displayName")), any, single) {
				return everybody()
			}
			return nobody()
		}), t, o)
	})
}

func likePattern(op filter.Op, v, any string) string {
	switch op {
	case filter.Co:
		return any + v + any
	case filter.Sw:
		return v + any
	case filter.Ew:
		return any + v
	}
	return v
}

func matchLike(p, s, any, single string) bool {
	switch {
	case p == "":
		return s == ""
	case strings.HasPrefix(p, any):
		return matchLike(p[len(any):], s, any, single) || s != "" && matchLike(p, s[1:], any, single)
	case s == "":
		return false
	case p[:1] == single || p[0] == s[0]:
		return matchLike(p[1:], s[1:], any, single)
	}
	return false
}

func valueTextFaults() []Fault {
	return []Fault{
		{"RFC7644-3.4.2.2-36", "escaped quotes end a value", refusingFilter(queries(), containing(`\"`), scim.InvalidFilter("unexpected text"))},
		{"RFC7644-3.4.2.2-36", "backslashes are dropped", literals(respelled(`\`, ""))},
		{"RFC7644-3.4.2.2-36", "backslashes are doubled", literals(respelled(`\`, `\\`))},
		{"RFC7644-3.4.2.2-36", "quotes are dropped", literals(respelled(`"`, ""))},
		{"RFC7644-3.4.2.2-36", "escapes by number are not read", misread(queries(), respelled(`\u`, `\\u`))},
		{"RFC7644-3.4.2.2-36", "escapes by number are refused", refusingFilter(queries(), containing(`\u`), scim.InvalidFilter("unexpected escape"))},
		{"RFC7644-3.4.2.2-36", "apostrophes fail", refusingFilter(queries(), containing(`'`), scim.Internal("syntax error near O'Malley"))},
		{"RFC7644-3.4.2.2-36", "apostrophes are doubled", literals(respelled(`'`, `''`))},
		{"RFC7644-3.4.2.2-36", "words of the grammar in values are read", refusingFilter(queries(), containing(`(not)`), scim.InvalidFilter("unexpected not"))},
		{"RFC7644-3.4.2.2-36", "parentheses in values are dropped", literals(respelled("(", "", ")", ""))},

		{"RFC7644-3.4.2.2-37", "plus signs become spaces", literals(respelled("+", " "))},
		{"RFC7644-3.4.2.2-37", "values are decoded twice", literals(func(v string) string {
			if twice, err := url.QueryUnescape(v); err == nil {
				return twice
			}
			return strings.ReplaceAll(v, "+", " ")
		})},
		{"RFC7644-3.4.2.2-37", "ampersands end the value", rawQuery(respelled("%26", "&"))},
		{"RFC7644-3.4.2.2-37", "number signs are dropped", literals(respelled("#", ""))},
		{"RFC7644-3.4.2.2-37", "what follows a number sign is dropped", literals(func(v string) string { before, _, _ := strings.Cut(v, "#"); return before })},
		{"RFC7644-3.4.2.2-37", "percent signs are dropped", literals(respelled("%", ""))},
		{"RFC7644-3.4.2.2-37", "equals signs are dropped", literals(respelled("=", ""))},
		{"RFC7644-3.4.2.2-37", "question marks are dropped", literals(respelled("?", ""))},
		{"RFC7644-3.4.2.2-37", "semicolons are dropped", literals(respelled(";", ""))},
		{"RFC7644-3.4.2.2-37", "values in searches are decoded as in URLs", misread(searches, func(text string) string { return strings.ReplaceAll(text, "+", " ") })},

		{"RFC7644-3.4.2.2-38", "values outside Latin find nobody", literals(respelled("日", "?"))},
		{"RFC7644-3.4.2.2-38", "values are read as Latin-1", literals(func(v string) string {
			runes := make([]rune, 0, len(v))
			for i := range len(v) {
				runes = append(runes, rune(v[i]))
			}
			return string(runes)
		})},
		{"RFC7644-3.4.2.2-38", "accents are dropped", literals(respelled("é", "e", "Å", "A", "ö", "o"))},
		{"RFC7644-3.4.2.2-38", "values beyond ASCII are refused", refusingFilter(queries(), beyondASCII, scim.InvalidFilter("unexpected character"))},
		{"RFC7644-3.4.2.2-38", "values beyond ASCII fail in searches", refusingFilter(searches, beyondASCII, scim.Internal("encoding"))},
		{"RFC7644-3.4.2.2-38", "texts are compared by the letters of ASCII", literals(func(v string) string {
			return strings.Map(func(r rune) rune {
				if r > 127 {
					return '_'
				}
				return r
			}, v)
		})},

		{"RFC7644-3.4.2.2-44", "values are patterns of SQL", like("%", "_")},
		{"RFC7644-3.4.2.2-44", "values are patterns of file names", like("*", "?")},
		{"RFC7644-3.4.2.2-44", "a percent sign stands for anything", like("%", "\x00")},
		{"RFC7644-3.4.2.2-44", "an underscore stands for any character", like("\x00", "_")},
		{"RFC7644-3.4.2.2-44", "a dot stands for any character", like("\x00", ".")},
		{"RFC7644-3.4.2.2-44", "wildcards are dropped", literals(respelled("%", "", "_", "", "*", ""))},
		{"RFC7644-3.4.2.2-44", "brackets fail", refusingFilter(queries(), containing("[A-Z]"), scim.Internal("bad pattern"))},
	}
}

func beyondASCII(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r > 127 }) >= 0
}
