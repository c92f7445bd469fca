package client

import (
	"net/http"
	"regexp"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// How a client writes PATCH requests, and what it does about versions.

func (w *World) eachNamesPatchOp() error {
	return w.each(`"schemas" in %s`, scim.PatchOpURN, func(x *Exchange) string {
		if given := body(x).Array("schemas"); !hasText(given, scim.PatchOpURN) {
			return textOf(given)
		}
		return ""
	})
}

// operations are those of a PATCH; nil in place of what is no object.
func operations(x *Exchange) []*scim.Object {
	var all []*scim.Object
	for _, v := range body(x).Array("Operations") {
		op, _ := v.(*scim.Object)
		all = append(all, op)
	}
	return all
}

func (w *World) eachHasOperations() error {
	return w.each("Operations in %s", "at least one, each with the op add, remove or replace", func(x *Exchange) string {
		all := operations(x)
		if len(all) == 0 {
			return "none"
		}
		for _, op := range all {
			switch strings.ToLower(op.String("op")) {
			case "add", "remove", "replace":
			default:
				return textOf(op)
			}
		}
		return ""
	})
}

// eachOperation judges the operations of all PATCH requests one by one.
func (w *World) eachOperation(format, want string, judge func(t *scim.ResourceType, kind string, op *scim.Object) string) error {
	return w.each(format, want, func(x *Exchange) string {
		result := skip
		for _, op := range operations(x) {
			switch got := judge(w.typeOf(x), strings.ToLower(op.String("op")), op); got {
			case skip:
			case "":
				result = ""
			default:
				return got
			}
		}
		return result
	})
}

func (w *World) eachHasPaths() error {
	return w.eachOperation("a path in %s", "one that follows the grammar and names an attribute", func(t *scim.ResourceType, _ string, op *scim.Object) string {
		given, has := op.Get("path")
		if !has || given == nil {
			return skip
		}
		text, _ := given.(string)
		path, err := filter.ParsePath(text, t)
		if err != nil {
			return err.Error()
		}
		found, ok := filter.Resolve(t, filter.Path{URN: path.URN, Attr: path.Attr, Sub: path.Sub})
		if !ok && common(path.Attr) == nil {
			return quoted(text)
		}
		if path.Filter != nil && found.Attribute != nil {
			if err := filter.CheckElement(path.Filter, t, found.Attribute); err != nil {
				return err.Error()
			}
		}
		return ""
	})
}

func (w *World) eachHasValueAndPath() error {
	return w.eachOperation("an operation in %s", "a value where it adds or replaces, an object where there is no path, and a path where it removes", func(_ *scim.ResourceType, kind string, op *scim.Object) string {
		value, valued := op.Get("value")
		_, isObject := value.(*scim.Object)
		path := op.String("path")
		switch {
		case kind == "remove" && path == "", kind != "remove" && !valued, kind != "remove" && path == "" && !isObject:
			return textOf(op)
		}
		return ""
	})
}

func (w *World) eachGivesTypedValues() error {
	return w.eachOperation("a value in %s", "one of its attribute's type", func(t *scim.ResourceType, kind string, op *scim.Object) string {
		value, valued := op.Get("value")
		if kind == "remove" || !valued {
			return skip
		}
		if err := wrongOperand(t, op.String("path"), value); err != nil {
			return err.Error()
		}
		return ""
	})
}

// wrongOperand says what is wrong with the value for a path. One value may be added to
// several without an array (RFC 7644 section 3.5.2.1).
func wrongOperand(t *scim.ResourceType, text string, value any) error {
	if text == "" {
		o, _ := value.(*scim.Object)
		for name, v := range o.All() {
			if err := wrongValue(t, name, v); err != nil {
				return err
			}
		}
		return nil
	}
	path, err := filter.ParsePath(text, t)
	if err != nil {
		return nil
	}
	found, ok := filter.Resolve(t, filter.Path{URN: path.URN, Attr: path.Attr, Sub: path.Sub})
	leaf := found.Leaf()
	if !ok || leaf == nil || value == nil {
		return nil
	}
	_, isList := value.([]any)
	if leaf.MultiValued && !isList {
		return scim.CheckElement(leaf, value, text)
	}
	return scim.CheckValue(leaf, value, text)
}

func (w *World) noneNamesReadOnly() error {
	return w.eachOperation("a path in %s", "none that is readOnly", func(t *scim.ResourceType, _ string, op *scim.Object) string {
		path, err := filter.ParsePath(op.String("path"), t)
		if err != nil {
			return skip
		}
		found, _ := filter.Resolve(t, filter.Path{URN: path.URN, Attr: path.Attr, Sub: path.Sub})
		for _, a := range []*scim.Attribute{found.Attribute, found.Sub, common(path.Attr)} {
			if a != nil && a.Mutability == scim.ReadOnly {
				return quoted(op.String("path"))
			}
		}
		return ""
	})
}

// versions are the entity tags that an answer shows.
func versions(x *Exchange) []string {
	tags := []string{x.ResponseHeader.Get("ETag")}
	for _, found := range shownVersion.FindAllSubmatch(x.ResponseBody, -1) {
		tags = append(tags, strings.ReplaceAll(string(found[1]), `\"`, `"`))
	}
	return tags
}

var shownVersion = regexp.MustCompile(`"version":"((?:[^"\\]|\\.)*)"`)

func (w *World) eachVersionWasGiven() error {
	given := map[string]bool{"*": true}
	seen := 0
	return w.each("If-Match or If-None-Match of %s", "a version that the target has given", func(x *Exchange) string {
		for ; seen < len(w.rec.Exchanges) && w.rec.Exchanges[seen] != x; seen++ {
			for _, tag := range versions(w.rec.Exchanges[seen]) {
				given[tag] = true
			}
		}
		for _, name := range []string{"If-Match", "If-None-Match"} {
			for tag := range strings.SplitSeq(x.RequestHeader.Get(name), ",") {
				if tag = strings.TrimSpace(tag); tag != "" && !given[tag] {
					return name + ": " + tag
				}
			}
		}
		return ""
	})
}

func (w *World) eachHasTheVersion() error {
	return w.each("If-Match of %s", "the version that was read before", func(x *Exchange) string {
		given := x.RequestHeader.Get("If-Match")
		if read := w.readBefore(x); given == read.ResponseHeader.Get("ETag") {
			return ""
		}
		return quoted(given)
	})
}

// readBefore is the read of the resource that the client has before it in the same task, if
// nothing else was changed there in between; nil if there is none.
func (w *World) readBefore(x *Exchange) *Exchange {
	var read *Exchange
	for _, before := range w.rec.Exchanges {
		if before == x {
			return read
		}
		if before.Task != x.Task || rawPath(before.URL) != rawPath(x.URL) || !before.Succeeded() {
			continue
		}
		if read = nil; before.Method == http.MethodGet && before.ResponseHeader.Get("ETag") != "" {
			read = before
		}
	}
	return nil
}
