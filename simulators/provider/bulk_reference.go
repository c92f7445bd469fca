package provider

import (
	"net/http"
	"regexp"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// bulkPrefix marks a reference to what an operation of the same request creates
// (RFC 7644 section 3.7.2).
const bulkPrefix = "bulkId:"

// quotedReference is a reference within the filter of a PATCH path, such as
// members[value eq "bulkId:x"].
var quotedReference = regexp.MustCompile(`"bulkId:[^"\\]+"`)

// rewrite returns a copy of the operation's path and data in which every
// reference is replaced by what substitute returns for its bulkId.
func (o *bulkOperation) rewrite(substitute func(bulkID string) string) (path []string, data *scim.Object) {
	path = make([]string, len(o.path))
	for i, segment := range o.path {
		path[i] = rewriteText(segment, substitute)
	}
	if o.data != nil {
		data, _ = o.rewriteValue("", o.data, substitute).(*scim.Object)
	}
	return path, data
}

func (o *bulkOperation) rewriteValue(name string, v any, substitute func(string) string) any {
	switch v := v.(type) {
	case *scim.Object:
		rewritten := scim.NewObject()
		for name, member := range v.All() {
			rewritten.Set(name, o.rewriteValue(name, member, substitute))
		}
		return rewritten
	case []any:
		rewritten := make([]any, len(v))
		for i, element := range v {
			rewritten[i] = o.rewriteValue(name, element, substitute)
		}
		return rewritten
	case string:
		if o.method == http.MethodPatch && strings.EqualFold(name, "path") {
			return rewriteFilter(v, substitute)
		}
		return rewriteText(v, substitute)
	}
	return v
}

// rewriteText replaces a text that is a reference and nothing else.
func rewriteText(text string, substitute func(string) string) string {
	if bulkID, ok := strings.CutPrefix(text, bulkPrefix); ok {
		return substitute(bulkID)
	}
	return text
}

func rewriteFilter(path string, substitute func(string) string) string {
	return quotedReference.ReplaceAllStringFunc(path, func(quoted string) string {
		text, err := scim.Marshal(rewriteText(strings.Trim(quoted, `"`), substitute))
		if err != nil {
			return quoted
		}
		return string(text)
	})
}

// order finds what each operation has to wait for: the creation of everything
// that it refers to, and the operation before it on the same resource.
func (j *bulkJob) order() {
	last := map[string]*bulkOperation{}
	for _, o := range j.operations {
		if o.problem != nil {
			continue
		}
		o.rewrite(func(bulkID string) string {
			o.waitFor(j.creating[bulkID])
			return ""
		})
		if o.method == http.MethodPost {
			continue
		}
		resource := strings.Join(o.path, "/")
		o.waitFor(last[resource])
		last[resource] = o
	}
}

// waitFor notes once that another operation comes first; nil needs no waiting.
func (o *bulkOperation) waitFor(other *bulkOperation) {
	if other == nil {
		return
	}
	if n := len(other.neededBy); n > 0 && other.neededBy[n-1] == o { // operations are ordered one by one
		return
	}
	other.neededBy = append(other.neededBy, o)
	o.needs = append(o.needs, other)
	o.waiting++
}

// resolved replaces the references by ids. One whose creation failed makes the
// operation fail too; one that no operation has as its bulkId is left as it
// stands, and is refused where the id of a resource belongs.
func (j *bulkJob) resolved(o *bulkOperation) (path []string, data *scim.Object, err error) {
	path, data = o.rewrite(func(bulkID string) string {
		if id, ok := j.created[bulkID]; ok {
			return id
		}
		if j.creating[bulkID] != nil && err == nil {
			err = scim.Conflict("the operation refers to %s%s, which could not be created", bulkPrefix, bulkID)
		}
		return bulkPrefix + bulkID
	})
	return path, data, err
}
