package rfc7644

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// filterValueFaults violate features/rfc7644/3.4.2.2_values.feature.
func filterValueFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.4.2.2-24", "eq null finds no user", nulls(rewrite.MatchNone)},
		{"RFC7644-3.4.2.2-24", "eq null finds every user", nulls(rewrite.MatchAll)},
		{"RFC7644-3.4.2.2-24", "eq null means present", nulls(func(c filter.Compare) filter.Filter { return filter.Compare{Path: c.Path, Op: filter.Pr} })},
		{"RFC7644-3.4.2.2-24", "null is the text", nulls(func(c filter.Compare) filter.Filter { c.Value = "null"; return c })},
		{"RFC7644-3.4.2.2-24", "the text null stands for no value", literalNull},
		{"RFC7644-3.4.2.2-24", "null fails", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing(" null"), scim.Internal("NullPointerException"))},

		{"RFC7644-3.4.2.2-25", "active eq true finds only users that were sent as active", rewrite.EditComparisonsOf("active", filter.Eq, activeIfNamed)},
		{"RFC7644-3.4.2.2-25", "active is present only where it was sent", rewrite.EditComparisonsOf("active", filter.Pr, activeIfNamed)},
		{"RFC7644-3.4.2.2-25", "active that was not sent is false", rewrite.EditComparisonsOf("active", filter.Eq, func(c filter.Compare) filter.Filter { c.Value = c.Value != true; return c })},

		{"RFC7644-3.4.2.2-28", "all texts have case", rewrite.SetExactness(true, rewrite.AllTexts)},
		{"RFC7644-3.4.2.2-28", "userName has case", rewrite.SetExactness(true, rewrite.AttributesNamed("userName"))},
		{"RFC7644-3.4.2.2-28", "emails have case", rewrite.SetExactness(true, rewrite.AttributesNamed("emails.value"))},
		{"RFC7644-3.4.2.2-28", "titles have case", rewrite.SetExactness(true, rewrite.AttributesNamed("title"))},
		{"RFC7644-3.4.2.2-28", "names of people have case", rewrite.SetExactness(true, rewrite.AttributesNamed("name.familyName"))},
		{"RFC7644-3.4.2.2-28", "names of groups have case", rewrite.Reevaluate(rewrite.Queries("Groups"), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
			rewrite.SetExact(t.Schema.Attributes, "", true, rewrite.AllTexts)
			return filter.Match(f, t, o)
		})},
		{"RFC7644-3.4.2.2-28", "co has case", rewrite.RespectCase(filter.Co)},
		{"RFC7644-3.4.2.2-28", "sw has case", rewrite.RespectCase(filter.Sw)},
		{"RFC7644-3.4.2.2-28", "ew has case", rewrite.RespectCase(filter.Ew)},
		{"RFC7644-3.4.2.2-28", "ne has case", rewrite.RespectCase(filter.Ne)},
		{"RFC7644-3.4.2.2-28", "eq has case", rewrite.RespectCase(filter.Eq)},

		{"RFC7644-3.4.2.2-29", "core attributes with their schema are refused", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing(scim.UserURN+":"), scim.InvalidFilter("unknown attribute"))},
		{"RFC7644-3.4.2.2-29", "core attributes with their schema find no user", qualified(scim.UserURN, rewrite.MatchNone)},
		{"RFC7644-3.4.2.2-29", "core attributes with their schema find every user", qualified(scim.UserURN, rewrite.MatchAll)},
		{"RFC7644-3.4.2.2-29", "sub-attributes with their schema are refused", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing(scim.UserURN+":name."), scim.InvalidFilter("unknown attribute"))},
		{"RFC7644-3.4.2.2-29", "schemas are read as they are written", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing("URN:IETF"), scim.InvalidFilter("unknown schema"))},
		{"RFC7644-3.4.2.2-29", "group attributes with their schema are refused", rewrite.RefuseFilters(rewrite.Queries("Groups"), rewrite.Containing(scim.GroupURN+":"), scim.InvalidFilter("unknown attribute"))},
		{"RFC7644-3.4.2.2-29", "a schema with dots is cut at the first", rewrite.EditFilter(rewrite.Queries(), rewrite.ReplaceTexts(scim.UserURN+":userName sw", "nickName sw"))},
		{"RFC7644-3.4.2.2-29", "lists with their schema find no user", qualified(scim.UserURN, func(c filter.Compare) filter.Filter {
			if strings.EqualFold(c.Path.Attr, "emails") {
				return rewrite.Nobody()
			}
			return c
		})},

		{"RFC7644-3.4.2.2-30", "attributes of extensions find no user", qualified(scim.EnterpriseURN, rewrite.MatchNone)},
		{"RFC7644-3.4.2.2-30", "attributes of extensions find every user", qualified(scim.EnterpriseURN, rewrite.MatchAll)},
		{"RFC7644-3.4.2.2-30", "attributes of extensions are looked for in the core", qualified(scim.EnterpriseURN, func(c filter.Compare) filter.Filter {
			if c.Path.Attr == "department" {
				c.Path = rewrite.PathOf("title")
			}
			return c
		})},
		{"RFC7644-3.4.2.2-30", "attributes of extensions have case", rewrite.SetExactness(true, rewrite.AttributesNamed("department"))},
		{"RFC7644-3.4.2.2-30", "eq on extensions means sw", qualified(scim.EnterpriseURN, rewrite.OperatorBecomes(filter.Eq, filter.Sw))},
		{"RFC7644-3.4.2.2-30", "pr on extensions is that of the extension", rewrite.EditFilter(rewrite.Queries(), rewrite.ReplaceTexts("department pr", "manager pr"))},

		{"RFC7644-3.4.2.2-31", "schemas are not compared", rewrite.EditComparisons(rewrite.Queries(), onSchemas(rewrite.Everybody))},
		{"RFC7644-3.4.2.2-31", "schemas find no user", rewrite.EditComparisons(rewrite.Queries(), onSchemas(rewrite.Nobody))},
		{"RFC7644-3.4.2.2-31", "only the first schema is compared", rewrite.Reevaluate(rewrite.Queries(), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
			cut := o.Clone()
			cut.Set("schemas", cut.Array("schemas")[:1])
			return filter.Match(f, t, cut)
		})},
		{"RFC7644-3.4.2.2-31", "schemas fail", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing("schemas eq"), scim.Internal("column does not exist"))},

		{"RFC7644-3.4.2.2-32", "id is not compared", rewrite.EditComparisonsOf("id", filter.Eq, rewrite.MatchAll)},
		{"RFC7644-3.4.2.2-32", "only the first of several ids is found", rewrite.FilterAnswers(rewrite.Queries(), func(next http.Handler, r *http.Request, text string, a *rewrite.Answer) {
			if rewrite.Containing("id eq", " or ")(text) {
				rewrite.FirstMatchOnly(next, r, text, a)
			}
		})},
		{"RFC7644-3.4.2.2-32", "externalId is not compared", rewrite.EditComparisonsOf("externalId", filter.Eq, rewrite.MatchAll)},
		{"RFC7644-3.4.2.2-32", "externalId of groups finds nothing", rewrite.EditComparisons(rewrite.Queries("Groups"), func(c filter.Compare) filter.Filter {
			if rewrite.About(c, "externalId") {
				return rewrite.Nobody()
			}
			return c
		})},
		{"RFC7644-3.4.2.2-32", "sw on externalId means eq", rewrite.EditComparisonsOf("externalId", filter.Sw, rewrite.WithOperator(filter.Eq))},
		{"RFC7644-3.4.2.2-32", "externalId is always present", rewrite.EditComparisonsOf("externalId", filter.Pr, rewrite.MatchAll)},
		{"RFC7644-3.4.2.2-32", "meta.resourceType is not compared", rewrite.EditComparisonsOf("meta.resourceType", filter.Eq, rewrite.MatchAll)},
		{"RFC7644-3.4.2.2-32", "meta.created is never present", rewrite.EditComparisonsOf("meta.created", filter.Pr, rewrite.MatchNone)},
		{"RFC7644-3.4.2.2-32", "id of a group finds nothing", rewrite.EditComparisons(rewrite.Queries("Groups"), func(c filter.Compare) filter.Filter {
			if rewrite.About(c, "id") {
				return rewrite.Nobody()
			}
			return c
		})},

		{"RFC7644-3.4.2.2-36", "escaped quotes end a value", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing(`\"`), scim.InvalidFilter("unexpected text"))},
		{"RFC7644-3.4.2.2-36", "backslashes are dropped", rewrite.EditLiterals(rewrite.ReplaceTexts(`\`, ""))},
		{"RFC7644-3.4.2.2-36", "backslashes are doubled", rewrite.EditLiterals(rewrite.ReplaceTexts(`\`, `\\`))},
		{"RFC7644-3.4.2.2-36", "quotes are dropped", rewrite.EditLiterals(rewrite.ReplaceTexts(`"`, ""))},
		{"RFC7644-3.4.2.2-36", "escapes by number are not read", rewrite.EditFilter(rewrite.Queries(), rewrite.ReplaceTexts(`\u`, `\\u`))},
		{"RFC7644-3.4.2.2-36", "escapes by number are refused", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing(`\u`), scim.InvalidFilter("unexpected escape"))},
		{"RFC7644-3.4.2.2-36", "apostrophes fail", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing(`'`), scim.Internal("syntax error near O'Malley"))},
		{"RFC7644-3.4.2.2-36", "apostrophes are doubled", rewrite.EditLiterals(rewrite.ReplaceTexts(`'`, `''`))},
		{"RFC7644-3.4.2.2-36", "words of the grammar in values are read", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing(`(not)`), scim.InvalidFilter("unexpected not"))},
		{"RFC7644-3.4.2.2-36", "a value that is a word of the grammar finds no user", rewrite.EditFilter(rewrite.Queries(), rewrite.ReplaceTexts(`"or"`, `""`, `"AND"`, `""`, `"not"`, `""`))},
		{"RFC7644-3.4.2.2-36", "parentheses in values are dropped", rewrite.EditLiterals(rewrite.ReplaceTexts("(", "", ")", ""))},

		{"RFC7644-3.4.2.2-37", "plus signs become spaces", rewrite.EditLiterals(rewrite.ReplaceTexts("+", " "))},
		{"RFC7644-3.4.2.2-37", "values are decoded twice", rewrite.EditLiterals(func(v string) string {
			if twice, err := url.QueryUnescape(v); err == nil {
				return twice
			}
			return strings.ReplaceAll(v, "+", " ")
		})},
		{"RFC7644-3.4.2.2-37", "ampersands end the value", rawQuery(rewrite.ReplaceTexts("%26", "&"))},
		{"RFC7644-3.4.2.2-37", "number signs are dropped", rewrite.EditLiterals(rewrite.ReplaceTexts("#", ""))},
		{"RFC7644-3.4.2.2-37", "text after a number sign is dropped", rewrite.EditLiterals(func(v string) string { before, _, _ := strings.Cut(v, "#"); return before })},
		{"RFC7644-3.4.2.2-37", "percent signs are dropped", rewrite.EditLiterals(rewrite.ReplaceTexts("%", ""))},
		{"RFC7644-3.4.2.2-37", "equals signs are dropped", rewrite.EditLiterals(rewrite.ReplaceTexts("=", ""))},
		{"RFC7644-3.4.2.2-37", "question marks are dropped", rewrite.EditLiterals(rewrite.ReplaceTexts("?", ""))},
		{"RFC7644-3.4.2.2-37", "semicolons are dropped", rewrite.EditLiterals(rewrite.ReplaceTexts(";", ""))},
		{"RFC7644-3.4.2.2-37", "values in searches are decoded as in URLs", rewrite.EditFilter(rewrite.Searches, func(text string) string { return strings.ReplaceAll(text, "+", " ") })},

		{"RFC7644-3.4.2.2-38", "values outside Latin find no user", rewrite.EditLiterals(rewrite.ReplaceTexts("日", "?"))},
		{"RFC7644-3.4.2.2-38", "values are read as Latin-1", rewrite.EditLiterals(func(v string) string {
			runes := make([]rune, 0, len(v))
			for i := range len(v) {
				runes = append(runes, rune(v[i]))
			}
			return string(runes)
		})},
		{"RFC7644-3.4.2.2-38", "accents are dropped", rewrite.EditLiterals(rewrite.ReplaceTexts("é", "e", "Å", "A", "ö", "o"))},
		{"RFC7644-3.4.2.2-38", "values beyond ASCII are refused", rewrite.RefuseFilters(rewrite.Queries(), beyondASCII, scim.InvalidFilter("unexpected character"))},
		{"RFC7644-3.4.2.2-38", "values beyond ASCII fail in searches", rewrite.RefuseFilters(rewrite.Searches, beyondASCII, scim.Internal("encoding"))},
		{"RFC7644-3.4.2.2-38", "texts are compared by the letters of ASCII", rewrite.EditLiterals(func(v string) string {
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
		{"RFC7644-3.4.2.2-44", "wildcards are dropped", rewrite.EditLiterals(rewrite.ReplaceTexts("%", "", "_", "", "*", ""))},
		{"RFC7644-3.4.2.2-44", "brackets fail", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing("[A-Z]"), scim.Internal("bad pattern"))},
	}
}

// rawQuery changes the query before it is decoded.
func rawQuery(edit func(query string) string) rewrite.Wrap {
	return rewrite.Ahead(rewrite.Queries(), func(r *http.Request) { r.URL.RawQuery = edit(r.URL.RawQuery) })
}

// like takes the characters of a pattern in another language for what they mean there.
func like(any, single string) rewrite.Wrap {
	return rewrite.Reevaluate(rewrite.Queries(), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
		return filter.Match(rewrite.EachCompare(f, func(c filter.Compare) filter.Filter {
			v, ok := c.Value.(string)
			if !ok || !rewrite.About(c, "displayName") || !strings.Contains(v, any) && !strings.Contains(v, single) {
				return c
			}
			if matchLike(strings.ToLower(likePattern(c.Op, v, any)), strings.ToLower(o.String("displayName")), any, single) {
				return rewrite.Everybody()
			}
			return rewrite.Nobody()
		}), t, o)
	})
}

// likePattern is the pattern that stands for a comparison.
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

// matchLike matches a text with a pattern: any is any text, single any character.
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

func beyondASCII(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r > 127 }) >= 0
}

// qualified changes comparisons whose attribute is named with its schema.
func qualified(urn string, edit func(c filter.Compare) filter.Filter) rewrite.Wrap {
	return rewrite.EditComparisons(rewrite.Queries(), func(c filter.Compare) filter.Filter {
		if strings.EqualFold(c.Path.URN, urn) {
			return edit(c)
		}
		return c
	})
}

// nulls changes comparisons with null.
func nulls(edit func(c filter.Compare) filter.Filter) rewrite.Wrap {
	return rewrite.EditComparisons(rewrite.Queries(), func(c filter.Compare) filter.Filter {
		if c.Value == nil && c.Op != filter.Pr {
			return edit(c)
		}
		return c
	})
}

var literalNull = rewrite.EditComparisons(rewrite.Queries(), func(c filter.Compare) filter.Filter {
	if c.Value == "null" {
		c.Value = nil
	}
	return c
})

// activeIfNamed is a comparison that is true only for who has more than a name.
func activeIfNamed(c filter.Compare) filter.Filter {
	return filter.And{Left: c, Right: filter.Compare{Path: rewrite.PathOf("displayName"), Op: filter.Pr}}
}

func onSchemas(to func() filter.Filter) func(filter.Compare) filter.Filter {
	return func(c filter.Compare) filter.Filter {
		if rewrite.About(c, "schemas") {
			return to()
		}
		return c
	}
}
