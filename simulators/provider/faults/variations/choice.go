package variations

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// changesResources chooses requests with a body; a login is no SCIM request.
func changesResources(r *http.Request) bool {
	return rewrite.At("POST,PUT,PATCH", "")(r) && !rewrite.At("", "/login")(r)
}

// choiceVariations are about what the standard leaves to the provider.
func choiceVariations() []Variation {
	return []Variation{
		{"PATCH answers 204 without a body", "RFC 7644 section 3.5.2", rewrite.Answers(rewrite.At("PATCH", "/*/*"), func(r *http.Request, a *rewrite.Answer) {
			if a.Status == http.StatusOK && !r.URL.Query().Has("attributes") && !r.URL.Query().Has("excludedAttributes") {
				a.Status, a.Raw, a.Body = http.StatusNoContent, nil, nil
				a.Header.Del("Content-Type")
			}
		})},
		{"a body that is no JSON is refused before anybody asks for the token", "RFC 7644 gives the checks no order", rewrite.OnStatus(changesResources, http.StatusUnauthorized, func(r *http.Request, a *rewrite.Answer) {
			if rewrite.BodyOf(r) == nil {
				a.Refuse(scim.InvalidSyntax("the body is no JSON object"))
			}
		})},
		{"pages have at most three resources", "RFC 7644 section 3.4.2.4: fewer than asked for is the provider's right", pagesOf(3)},
		{"pages have at most seven resources", "RFC 7644 section 3.4.2.4", pagesOf(7)},
		{"a page has five resources unless another count is asked for", "RFC 7644 section 3.4.2.4: the default is the provider's", rewrite.Requests(lists, func(r *http.Request, _ *scim.Object) {
			rewrite.EditQuery(r, func(q url.Values) {
				if !q.Has("count") && !q.Has("cursor") {
					q.Set("count", "5")
				}
			})
		})},
		{"user names are kept in lower case", "RFC 7643 section 4.1.1: userName is not case-exact", rewrite.Requests(rewrite.At("POST,PUT", ""), func(r *http.Request, body *scim.Object) {
			if name := body.String("userName"); name != "" && rewrite.Segments(r)[0] == "Users" {
				body.Set("userName", strings.ToLower(name))
			}
		})},
		{"an unsupported method answers 404", "RFC 9110 leaves the choice; servers differ", rewrite.Answers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
			if a.Status == http.StatusMethodNotAllowed {
				a.Refuse(scim.NotFound("endpoint", "here"))
			}
		})},
		{"an unsupported method answers 501", "RFC 7644 section 3.12, table 8", rewrite.Answers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
			if a.Status == http.StatusMethodNotAllowed {
				a.Refuse(scim.NotImplemented("this method is not supported"))
			}
		})},
		{"entity tags are strong", "RFC 7644 section 3.14", strongTags()},
		{"there are no entity tags", "RFC 7643 section 5: etag.supported", noTags()},
		{"sorting is not supported", "RFC 7643 section 5: sort.supported", without("sort", rewrite.Requests(lists, func(r *http.Request, body *scim.Object) {
			rewrite.EditQuery(r, func(q url.Values) { q.Del("sortBy"); q.Del("sortOrder") })
			body.Delete("sortBy")
			body.Delete("sortOrder")
		}))},
		{"bulk is not supported", "RFC 7643 section 5: bulk.supported", without("bulk", rewrite.Forbid(rewrite.At("", "/Bulk"), scim.NotImplemented("bulk is not supported")))},
		{"changing passwords is not supported", "RFC 7643 section 5: changePassword.supported", without("changePassword", rewrite.InTurn())},
		{"cursors are not supported", "RFC 9865 section 4", rewrite.InTurn(
			rewrite.Answers(rewrite.At("GET", "/ServiceProviderConfig"), rewrite.SetMember("pagination", nil)),
			rewrite.Requests(lists, func(r *http.Request, body *scim.Object) {
				rewrite.EditQuery(r, func(q url.Values) { q.Del("cursor") })
				body.Delete("cursor")
			}),
		)},
		{"at most ten results are given to a query", "RFC 7643 section 5: filter.maxResults", rewrite.InTurn(
			rewrite.SetConfig("filter", "maxResults", rewrite.Number(10)), pagesOf(10),
		)},
		{"an unknown attribute in a resource is refused", "RFC 7644 section 3.3: unknown attributes may be refused", unknownRefused()},
		{"a password that is too short is refused", "RFC 7644 section 3.12: invalidValue", weakPasswordRefused()},
		{"groups within groups are refused", "RFC 7643 section 4.2: nesting is the provider's choice", nestedRefused()},
	}
}

func lists(r *http.Request) bool {
	s := rewrite.Segments(r)
	isCollection := len(s) == 1 && (s[0] == "Users" || s[0] == "Groups") && r.Method == http.MethodGet
	return isCollection || s[len(s)-1] == ".search"
}

// pagesOf caps the size of a page.
func pagesOf(n int) rewrite.Wrap {
	return rewrite.Requests(lists, func(r *http.Request, body *scim.Object) {
		if body != nil {
			if v, ok := body.Get("count"); !ok || scim.Equal(v, rewrite.Number(0)) || exceeds(v, n) {
				if !ok || exceeds(v, n) {
					body.Set("count", rewrite.Number(n))
				}
			}
			return
		}
		rewrite.EditQuery(r, func(q url.Values) {
			count, err := strconv.Atoi(q.Get("count"))
			if !q.Has("count") || err == nil && count > n {
				q.Set("count", strconv.Itoa(n))
			}
		})
	})
}

func exceeds(v any, n int) bool {
	text, _ := scim.Marshal(v)
	count, err := strconv.Atoi(string(text))
	return err == nil && count > n
}

// without says in the configuration that a feature is not supported, and takes it away.
func without(feature string, take rewrite.Wrap) rewrite.Wrap {
	return rewrite.InTurn(rewrite.SetConfig(feature, "supported", false), take)
}

// strongTags takes the W/ away, and puts it back before the provider looks.
func strongTags() rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		strong := func(tag string) string { return strings.TrimPrefix(tag, "W/") }
		return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
			for _, name := range []string{"If-Match", "If-None-Match"} {
				if tag := r.Header.Get(name); strings.HasPrefix(tag, `"`) {
					r.Header.Set(name, strings.ReplaceAll(" "+tag, ` "`, ` W/"`)[1:])
				}
			}
			a := rewrite.Serve(next, r)
			if tag := a.Header.Get("ETag"); tag != "" {
				a.Header.Set("ETag", strong(tag))
			}
			for _, o := range a.Resources() {
				if meta := o.Object("meta"); meta.String("version") != "" {
					meta.Set("version", strong(meta.String("version")))
				}
			}
			return a
		})
	})
}

// noTags offers no ETags.
func noTags() rewrite.Wrap {
	return without("etag", rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
		r.Header.Del("If-Match")
		r.Header.Del("If-None-Match")
		a := rewrite.Serve(next, r)
		a.Header.Del("ETag")
		for _, o := range a.Resources() {
			o.Object("meta").Delete("version")
		}
		return a
	}))
}

// judging refuses requests with the error that judge returns for their JSON body.
// Requests with bad credentials pass, for the provider to refuse.
func judging(judge func(next http.Handler, r *http.Request, body *scim.Object) *scim.Error) rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
		body := rewrite.BodyOf(r)
		if body == nil {
			return nil
		}
		e := judge(next, r, body)
		if e == nil || !rewrite.Ask(next, r, http.MethodGet, "Users?count=0", nil).OK() {
			return nil
		}
		return rewrite.Refusal(e)
	})
}

// unknownRefused refuses a top-level attribute that no standard schema has.
func unknownRefused() rewrite.Wrap {
	return judging(func(_ http.Handler, r *http.Request, body *scim.Object) *scim.Error {
		s := rewrite.Segments(r)
		schema := map[string]*scim.ResourceType{"Users": scim.UserType(), "Groups": scim.GroupType()}[s[0]]
		if schema == nil || r.Method != http.MethodPost && r.Method != http.MethodPut || s[len(s)-1] == ".search" {
			return nil
		}
		for name := range body.All() {
			path, err := filter.ParsePath(name, schema)
			if _, known := filter.Resolve(schema, path); err != nil || !known && !strings.HasPrefix(strings.ToLower(name), "urn:") {
				return scim.InvalidSyntax("unknown attribute %q", name)
			}
		}
		return nil
	})
}

// weakPasswordRefused refuses a password of less than twelve bytes.
func weakPasswordRefused() rewrite.Wrap {
	return judging(func(_ http.Handler, _ *http.Request, body *scim.Object) *scim.Error {
		if password := body.String("password"); password != "" && len(password) < 12 {
			return scim.InvalidValue("the password is too short")
		}
		return nil
	})
}

// nestedRefused refuses a group as a member of a group.
func nestedRefused() rewrite.Wrap {
	return judging(func(next http.Handler, r *http.Request, body *scim.Object) *scim.Error {
		if rewrite.Segments(r)[0] != "Groups" || body == nil {
			return nil
		}
		for _, id := range memberIDs(body) {
			if rewrite.Ask(next, r, http.MethodGet, "Groups/"+url.PathEscape(id), nil).Status == http.StatusOK {
				return scim.InvalidValue("a group cannot be a member")
			}
		}
		return nil
	})
}

// memberIDs are the values of all members that a body names, in a resource or a PATCH.
func memberIDs(body *scim.Object) []string {
	var ids []string
	collect := func(v any) {
		list, ok := v.([]any)
		if !ok {
			list = []any{v}
		}
		for _, o := range rewrite.ObjectsIn(list) {
			ids = append(ids, o.String("value"))
		}
	}
	collect(any(body.Array("members")))
	for _, v := range body.Array("Operations") {
		op, _ := v.(*scim.Object)
		value, _ := op.Get("value")
		if inner, ok := value.(*scim.Object); ok {
			collect(any(inner.Array("members")))
		}
		if strings.EqualFold(op.String("path"), "members") {
			collect(value)
		}
	}
	return slices.DeleteFunc(ids, func(id string) bool { return id == "" })
}
