package variations

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// shapeVariations are about how a resource is shown.
func shapeVariations() []Variation {
	return []Variation{
		{"attributes without a value are shown as null", "RFC 7643 section 2.5", rewrite.Shown(rewrite.Resource, func(o *scim.Object) { unassigned(o, nil) })},
		{"multi-valued attributes without a value are shown as an empty list", "RFC 7643 section 2.5", rewrite.Shown(rewrite.Resource, func(o *scim.Object) { unassigned(o, []any{}) })},
		{"the elements of lists come in another order", "RFC 7643 section 2.4: multi-valued attributes have no order", rewrite.Shown(rewrite.Resource, reversedLists)},
		{"references are relative", "RFC 7643 section 2.3.7", rewrite.Shown(rewrite.Resource, func(o *scim.Object) { eachReference(o, relative) })},
		{"members come without $ref, type and display", "RFC 7643 section 4.2: only value is needed to name a member", rewrite.Shown(rewrite.At("", "/Groups/*"), bareMembers)},
		{"members come without $ref, type and display in lists too", "RFC 7643 section 4.2", rewrite.Shown(rewrite.Resource, bareMembers)},
		{"users do not show their groups", "RFC 7643 section 4.1.2: groups is optional", rewrite.Shown(rewrite.Resource, func(o *scim.Object) {
			if _, isUser := o.Get("userName"); isUser {
				o.Delete("groups")
			}
		})},
		{"dates have no fraction of a second", "RFC 7643 section 2.3.5", dates("2006-01-02T15:04:05Z", time.UTC)},
		{"dates have microseconds", "RFC 7643 section 2.3.5", dates("2006-01-02T15:04:05.000000Z", time.UTC)},
		{"dates have an offset instead of Z", "RFC 7643 section 2.3.5", dates("2006-01-02T15:04:05.000-07:00", time.UTC)},
		{"dates are in another zone", "RFC 7643 section 2.3.5", dates("2006-01-02T15:04:05.000-07:00", time.FixedZone("", 2*60*60))},
		{"an empty list leaves Resources out", "RFC 7644 section 3.4.2", rewrite.Answers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
			if a.Body != nil && len(a.Body.Array("Resources")) == 0 {
				a.Body.Delete("Resources")
			}
		})},
		{"a complete list leaves startIndex and itemsPerPage out", "RFC 7644 section 3.4.2: they are demanded of partial results", rewrite.Answers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
			if a.Body == nil || a.Status != http.StatusOK {
				return
			}
			total, isList := a.Body.Get("totalResults")
			if isList && scim.Equal(total, rewrite.Number(len(a.Body.Array("Resources")))) {
				a.Body.Delete("startIndex")
				a.Body.Delete("itemsPerPage")
			}
		})},
		{"schemas are listed in another order", "RFC 7643 section 3: their order means nothing", rewrite.Shown(rewrite.Resource, func(o *scim.Object) {
			urns := slices.Clone(o.Array("schemas"))
			slices.Reverse(urns)
			o.Set("schemas", urns)
		})},
		{"every user shows an attribute that the schema declares beyond the standard's", "RFC 7643 section 3.3: a provider may extend, and declares it", extended()},
		{"definitions leave out what their defaults say", "RFC 7643 sections 2.2 and 8.7.2", rewrite.Shown(rewrite.DiscoveryResource("Schemas"), func(o *scim.Object) {
			withoutDefaults(o.Array("attributes"))
		})},
		{"there is a further resource type", "RFC 7643 section 6: providers may have their own", furtherType()},
		{"the service provider configuration has a documentation address and another scheme", "RFC 7643 section 5", rewrite.Answers(rewrite.At("GET", "/ServiceProviderConfig"), func(_ *http.Request, a *rewrite.Answer) {
			a.Body.Set("documentationUri", "https://example.com/help")
			a.Body.Set("authenticationSchemes", append(slices.Clone(a.Body.Array("authenticationSchemes")), scim.NewObject(
				scim.Member{Name: "type", Value: "httpbasic"},
				scim.Member{Name: "name", Value: "HTTP Basic"},
				scim.Member{Name: "description", Value: "user and password"},
			)))
		})},
	}
}

// rewritten rewrites every JSON object within an answer, the inner ones first.
func rewritten(edit func(o *scim.Object) *scim.Object) rewrite.Wrap {
	return rewrite.Answers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
		if a.Body != nil {
			a.Body = each(a.Body, edit).(*scim.Object)
		}
	})
}

// each edits the objects in a value, however deep.
func each(v any, edit func(o *scim.Object) *scim.Object) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = each(v[i], edit)
		}
		return v
	case *scim.Object:
		for name, value := range v.Clone().All() {
			v.Set(name, each(value, edit))
		}
		return edit(v)
	}
	return v
}

func reversedMembers(o *scim.Object) *scim.Object {
	var members []scim.Member
	for name, value := range o.All() {
		members = append(members, scim.Member{Name: name, Value: value})
	}
	slices.Reverse(members)
	return scim.NewObject(members...)
}

// unassigned shows declared attributes of users and groups that have no value.
// A projection shows what was asked for and is left alone.
func unassigned(o *scim.Object, as any) {
	names := []string{"externalId", "nickName", "title"}
	if as != nil {
		names = []string{"phoneNumbers", "photos", "ims", "roles"}
	}
	_, isGroup := o.Get("members")
	if _, isUser := o.Get("userName"); !isUser || isGroup || o.Object("meta") == nil {
		return
	}
	for _, name := range names {
		if _, there := o.Get(name); !there {
			o.Set(name, as)
		}
	}
}

func reversedLists(o *scim.Object) {
	for name, value := range o.Clone().All() {
		if list, ok := value.([]any); ok && name != "schemas" {
			slices.Reverse(list)
			o.Set(name, list)
		}
	}
}

func eachReference(o *scim.Object, edit func(string) string) {
	each(o, func(inner *scim.Object) *scim.Object {
		if ref := inner.String("$ref"); ref != "" {
			inner.Set("$ref", edit(ref))
		}
		return inner
	})
}

// relative is "Users/ID", which resolves against the service root.
func relative(ref string) string {
	for _, e := range []string{"/Users/", "/Groups/"} {
		if i := strings.LastIndex(ref, e); i >= 0 {
			return ref[i+1:]
		}
	}
	return ref
}

func bareMembers(o *scim.Object) {
	for _, member := range rewrite.ObjectsIn(o.Array("members")) {
		for _, name := range []string{"$ref", "type", "display"} {
			member.Delete(name)
		}
	}
}

// dates rewrites the dates of meta; what a filter compares stays as exact as before.
func dates(layout string, zone *time.Location) rewrite.Wrap {
	return rewrite.Shown(rewrite.Resource, func(o *scim.Object) {
		meta := o.Object("meta")
		for _, name := range []string{"created", "lastModified"} {
			if t, err := time.Parse(time.RFC3339Nano, meta.String(name)); err == nil {
				meta.Set(name, t.In(zone).Format(layout))
			}
		}
	})
}

// extended declares an attribute of its own and shows it.
func extended() rewrite.Wrap {
	const name = "badgeNumber"
	declare := func(schema *scim.Object) {
		if schema.String("id") != scim.UserURN {
			return
		}
		attribute := (&scim.Schema{Attributes: []*scim.Attribute{{Name: name, Mutability: scim.ReadOnly}}}).Object().Array("attributes")[0]
		schema.Set("attributes", append(slices.Clone(schema.Array("attributes")), attribute))
	}
	inSchemas := func(r *http.Request) bool { return rewrite.Segments(r)[0] == "Schemas" }
	whole := func(r *http.Request) bool {
		q := r.URL.Query()
		return rewrite.Resource(r) && r.Method != http.MethodPost && !q.Has("attributes") && !q.Has("excludedAttributes")
	}
	return rewrite.InTurn(rewrite.Shown(inSchemas, declare), rewrite.Shown(whole, func(o *scim.Object) {
		if _, isUser := o.Get("userName"); isUser {
			o.Set(name, "4711")
		}
	}))
}

// furtherType lists resources of one more type.
func furtherType() rewrite.Wrap {
	const urn = "urn:example:scim:schemas:Device"
	device := &scim.ResourceType{
		ID: "Device", Name: "Device", Endpoint: "/Devices", Description: "A thing that people carry",
		Schema: &scim.Schema{ID: urn, Name: "Device", Description: "A thing", Attributes: []*scim.Attribute{{Name: "serialNumber", Required: true}}},
	}
	more := func(o *scim.Object) func(*http.Request, *rewrite.Answer) {
		return func(_ *http.Request, a *rewrite.Answer) {
			if !a.OK() || a.Body == nil {
				return
			}
			a.List(append(slices.Clone(a.Body.Array("Resources")), o))
		}
	}
	located := func(o *scim.Object, kind, path string) *scim.Object {
		o.Set("meta", scim.NewObject(scim.Member{Name: "resourceType", Value: kind}, scim.Member{Name: "location", Value: path}))
		return o
	}
	schema := located(device.Schema.Object(), "Schema", "Schemas/"+urn)
	kind := located(device.Object(), "ResourceType", "ResourceTypes/Device")
	alone := func(place string, o *scim.Object) rewrite.Wrap {
		return rewrite.Answers(rewrite.At("GET", place), func(_ *http.Request, a *rewrite.Answer) {
			*a = *rewrite.NewAnswer(http.StatusOK, o.Clone())
		})
	}
	return rewrite.InTurn(
		rewrite.Answers(rewrite.At("GET", "/Schemas"), more(schema)), rewrite.Answers(rewrite.At("GET", "/ResourceTypes"), more(kind)),
		alone("/Schemas/"+urn, schema), alone("/ResourceTypes/Device", kind),
		devices(),
	)
}

// devices answers with an empty list of devices.
func devices() rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
		if !strings.HasSuffix(r.URL.Path, "/Devices") || r.Method != http.MethodGet {
			return nil
		}
		a := rewrite.Ask(next, r, http.MethodGet, "Users?count=0", nil)
		if a.Body != nil && a.OK() {
			a.Body.Set("totalResults", rewrite.Number(0))
		}
		return a
	})
}

// withoutDefaults takes from definitions what they say by default.
func withoutDefaults(definitions []any) {
	for _, d := range rewrite.ObjectsIn(definitions) {
		if d.String("uniqueness") == "none" {
			d.Delete("uniqueness")
		}
		if exact, _ := d.Get("caseExact"); exact == false && d.String("type") != "reference" {
			d.Delete("caseExact")
		}
		withoutDefaults(d.Array("subAttributes"))
	}
}
