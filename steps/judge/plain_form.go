package judge

import (
	"fmt"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// plainForms are what a filter needs, each in its plainest form: operators in lower
// case on attributes in the standard's spelling, with a plain value, at the endpoint of
// one type. A filter that does not follow the grammar needs nothing, and neither does a
// comparison that the standard itself wants to be refused.
func plainForms(path []string, text string) []Form {
	collection := "Users"
	if len(path) > 0 && path[0] == "Groups" {
		collection = "Groups"
	}
	f, err := filter.Parse(text, typeOf(collection))
	if err != nil {
		return nil
	}
	forms := formsOf(collection, f)
	if len(path) == 0 || path[0] == ".search" { // of all types: what users do not have, groups may
		forms = append(forms, formsOf("Groups", f)...)
	}
	if one := plainText(collection); joins(f, filter.And{}) && joins(f, filter.Or{}) {
		forms = append(forms, Form{"and beside or", collection, one + " or " + one + " and " + one})
	} else if conditions(f) > 2 {
		forms = append(forms, Form{"three conditions", collection, one + " and " + one + " and " + one})
	}
	if strings.HasPrefix(text, "(") || strings.Contains(text, " (") && !strings.Contains(strings.ToLower(text), "not (") {
		forms = append(forms, Form{"parentheses", collection, "(" + plainText(collection) + ")"})
	}
	return forms
}

// conditions is how many conditions are joined.
func conditions(f filter.Filter) int {
	switch f := f.(type) {
	case filter.And:
		return conditions(f.Left) + conditions(f.Right)
	case filter.Or:
		return conditions(f.Left) + conditions(f.Right)
	case filter.Not:
		return conditions(f.Of)
	}
	return 1
}

// joins says whether conditions are joined by this.
func joins(f, by filter.Filter) bool {
	switch f := f.(type) {
	case filter.And:
		_, same := by.(filter.And)
		return same || joins(f.Left, by) || joins(f.Right, by)
	case filter.Or:
		_, same := by.(filter.Or)
		return same || joins(f.Left, by) || joins(f.Right, by)
	case filter.Not:
		return joins(f.Of, by)
	}
	return false
}

// usualSpelling is a filter with its operators in lower case and its names as the
// schemas spell them.
func usualSpelling(path []string, text string) (string, bool) {
	collection := "Users"
	if len(path) > 0 && path[0] == "Groups" {
		collection = "Groups"
	}
	f, err := filter.Parse(text, typeOf(collection))
	if err != nil {
		return "", false
	}
	return respelled(collection, f).String(), true
}

func respelled(collection string, f filter.Filter) filter.Filter {
	switch f := f.(type) {
	case filter.And:
		return filter.And{Left: respelled(collection, f.Left), Right: respelled(collection, f.Right)}
	case filter.Or:
		return filter.Or{Left: respelled(collection, f.Left), Right: respelled(collection, f.Right)}
	case filter.Not:
		return filter.Not{Of: respelled(collection, f.Of)}
	case filter.Compare:
		f.Path = usualPath(collection, f.Path)
		return f
	case filter.ValuePath:
		f.Path = usualPath(collection, f.Path)
		return f
	}
	return f
}

func usualPath(collection string, p filter.Path) filter.Path {
	found, ok := filter.Resolve(typeOf(collection), filter.Path{URN: p.URN, Attr: p.Attr, Sub: p.Sub})
	if !ok || found.Attribute == nil {
		return p
	}
	p.Attr = found.Attribute.Name
	if found.Sub != nil {
		p.Sub = found.Sub.Name
	}
	switch {
	case found.Extension != nil:
		p.URN = found.Extension.ID
	case p.URN != "":
		p.URN = typeOf(collection).Schema.ID
	}
	return p
}

// FormOf is a filter that is in its plainest form, with the name of what it needs.
func FormOf(collection, text string) (Form, error) {
	if forms := plainForms([]string{collection}, text); len(forms) > 0 {
		return Form{forms[len(forms)-1].What, collection, text}, nil
	}
	return Form{}, fmt.Errorf("%q is no filter on %s", text, collection)
}

func formsOf(collection string, f filter.Filter) []Form {
	one := plainText(collection)
	switch f := f.(type) {
	case filter.And:
		return append(append(formsOf(collection, f.Left), formsOf(collection, f.Right)...), Form{"and", collection, one + " and " + one})
	case filter.Or:
		return append(append(formsOf(collection, f.Left), formsOf(collection, f.Right)...), Form{"or", collection, one + " or " + one})
	case filter.Not:
		return append(formsOf(collection, f.Of), Form{"not", collection, "not (" + one + ")"})
	case filter.ValuePath:
		return valuePath(collection, f.Path)
	case filter.Compare:
		if f.Path.Filter != nil {
			return append(comparison(collection, f), valuePath(collection, f.Path)...)
		}
		return comparison(collection, f)
	}
	return nil
}

// valuePath selects values of the attribute by the first sub-attribute that is a text.
func valuePath(collection string, p filter.Path) []Form {
	found, ok := filter.Resolve(typeOf(collection), filter.Path{URN: p.URN, Attr: p.Attr})
	if !ok || found.Attribute == nil || found.Attribute.Sub("value") == nil {
		return nil
	}
	return []Form{{"brackets", collection, found.Attribute.Name + `[value eq "` + plainValue + `"]`}}
}

// comparison is the operator on the attribute alone.
func comparison(collection string, c filter.Compare) []Form {
	found, ok := filter.Resolve(typeOf(collection), filter.Path{URN: c.Path.URN, Attr: c.Path.Attr, Sub: c.Path.Sub})
	if !ok || found.Leaf() == nil || found.Leaf().Returned == scim.Never {
		return nil
	}
	value, compares := plainValueOf(found.Leaf(), c.Op)
	if !compares {
		return nil
	}
	name := found.Attribute.Name
	if found.Sub != nil {
		name += "." + found.Sub.Name
	}
	if found.Extension != nil {
		name = found.Extension.ID + ":" + name
	}
	text := name + " " + string(c.Op)
	if c.Op != filter.Pr {
		text += " " + value
	}
	return []Form{{string(c.Op) + " on " + name, collection, text}}
}

// plainValueOf is a value of the attribute's type, and whether the operator compares
// such: booleans and binaries have no order and no parts, complex values nothing at all
// (RFC 7644 section 3.4.2.2).
func plainValueOf(a *scim.Attribute, op filter.Op) (string, bool) {
	equates := op == filter.Eq || op == filter.Ne || op == filter.Pr
	switch a.Type {
	case scim.Complex:
		return "", op == filter.Pr
	case scim.Boolean:
		return "true", equates
	case scim.Binary:
		return `"YQ=="`, equates
	case scim.Integer, scim.Decimal:
		return "1", true
	case scim.DateTime:
		return `"2020-01-01T00:00:00Z"`, true
	}
	return `"` + plainValue + `"`, true
}

// plainValue is a text that nothing has and that no query has to escape.
const plainValue = "sduo"

func plainText(collection string) string { return Naming(collection) + ` eq "` + plainValue + `"` }

// typeOf is the standard's type, with the enterprise extension.
func typeOf(collection string) *scim.ResourceType {
	if collection == "Groups" {
		return scim.GroupType()
	}
	t := scim.UserType()
	if t.Extension(scim.EnterpriseURN) == nil {
		t.Extensions = append(t.Extensions, scim.Extension{Schema: scim.EnterpriseSchema()})
	}
	return t
}
