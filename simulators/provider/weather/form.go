package weather

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Silent answers every PATCH that succeeds with 204 (RFC 7644 section 3.5.2).
func Silent() Wrap {
	return rewrite.Answers(rewrite.At("PATCH", "/*/*"), func(r *http.Request, a *rewrite.Answer) {
		if a.OK() {
			met(r, NoBody)
			a.Status, a.Body, a.Raw = http.StatusNoContent, nil, nil
			a.Header.Del("Content-Type")
		}
	})
}

// UnknownAttribute is what odd answers have in every resource.
const UnknownAttribute = "urn:example:params:scim:schemas:extension:unheard:2.0:Of"

// Odd gives answers a media type with a parameter, members in the reverse order, and an
// extension that no client has heard of (RFC 7644 section 3.8, RFC 7643 sections 2.3.8 and 3.3).
func Odd() Wrap {
	return rewrite.Answers(rewrite.Anywhere, func(r *http.Request, a *rewrite.Answer) {
		if a.Body == nil {
			return
		}
		met(r, Unusual)
		for _, o := range a.Resources() {
			o.Set(UnknownAttribute, scim.NewObject(scim.Member{Name: "badge", Value: "4711"}))
		}
		a.Body, _ = reversed(a.Body).(*scim.Object)
		a.Header.Set("Content-Type", scim.MediaType+"; charset=UTF-8")
	})
}

// reversed is the value with the members of all objects in the reverse order.
func reversed(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = reversed(v[i])
		}
		return v
	case *scim.Object:
		members := make([]scim.Member, 0, v.Len())
		for name, value := range v.All() {
			members = append(members, scim.Member{Name: name, Value: reversed(value)})
		}
		slices.Reverse(members)
		return scim.NewObject(members...)
	}
	return v
}

// SmallPages lets no page have more than so many resources, whatever a client asks for
// (RFC 7644 section 3.4.2.4).
func SmallPages(size int) Wrap {
	return rewrite.Ahead(rewrite.ByGet(), func(r *http.Request) {
		q := r.URL.Query()
		if asked, err := strconv.Atoi(q.Get("count")); err == nil && asked <= size {
			return
		}
		met(r, "pages of %d", size)
		q.Set("count", strconv.Itoa(size))
		r.URL.RawQuery = q.Encode()
	})
}
