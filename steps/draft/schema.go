package draft

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// defines judges one schema in the answer of /Schemas.
func (w *World) defines(urn, not, attribute string) error {
	all, err := w.listed()
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(o *scim.Object) bool { return strings.EqualFold(o.String("id"), urn) })
	if i < 0 {
		return w.ExpectThat(false, "GET /Schemas", "the schema "+urn, "no such schema")
	}
	has := slices.ContainsFunc(objectsIn(all[i].Array("attributes")), func(o *scim.Object) bool { return strings.EqualFold(o.String("name"), attribute) })
	if not != "" {
		return w.ExpectThat(!has, "the schema "+urn, "no attribute "+attribute, "an attribute "+attribute)
	}
	return w.ExpectThat(has, "the schema "+urn, "an attribute "+attribute, "no such attribute")
}

// likeCredential matches the names of attributes that hold credentials.
var likeCredential = regexp.MustCompile(`(?i)passw(or)?d|passphrase|secret|private_?key|totp|hotp|otp_?seed|^seed$`)

// noCredentials looks at the schemas that are not the standard's.
func (w *World) noCredentials() error {
	all, err := w.listed()
	if err != nil {
		return err
	}
	w.Asserted(1)
	for _, schema := range all {
		id := schema.String("id")
		if strings.HasPrefix(strings.ToLower(id), "urn:ietf:params:scim:schemas:core:2.0:") || strings.EqualFold(id, scim.EnterpriseURN) {
			continue
		}
		if err := w.withoutCredentials(id, "", schema.Array("attributes")); err != nil {
			return err
		}
	}
	return nil
}

func (w *World) withoutCredentials(schema, prefix string, attributes []any) error {
	for _, a := range objectsIn(attributes) {
		path := prefix + a.String("name")
		if err := w.ExpectThat(!likeCredential.MatchString(a.String("name")), "the schema "+schema, "no attribute for credentials", path); err != nil {
			return err
		}
		if err := w.withoutCredentials(schema, path+".", a.Array("subAttributes")); err != nil {
			return err
		}
	}
	return nil
}

func (w *World) aSchemeIs(one, other string) error {
	answer, err := w.Answered()
	if err != nil {
		return w.Missed(err)
	}
	var got []string
	for _, scheme := range objectsIn(answer.Array("authenticationSchemes")) {
		got = append(got, scheme.String("type"))
	}
	has := slices.ContainsFunc(got, func(s string) bool { return strings.EqualFold(s, one) || strings.EqualFold(s, other) })
	return w.ExpectThat(has, "the authentication schemes in the answer to "+w.TheRequest(), one+" or "+other, judge.QuotedOrNone(strings.Join(got, ", ")))
}

// isAtMost looks at both limits that a configuration may name.
func (w *World) isAtMost(most int) error {
	answer, err := w.Answered()
	if err != nil {
		return w.Missed(err)
	}
	limits := map[string]int64{}
	for _, path := range []string{"pagination.maxPageSize", "filter.maxResults"} {
		value, _ := judge.At(answer, path)
		number, _ := value.(json.Number)
		if n, err := number.Int64(); err == nil && n > 0 {
			limits[path] = n
		}
	}
	if len(limits) == 0 {
		return &judge.Untested{Reason: "needs a limit of pages in /ServiceProviderConfig, which names none"}
	}
	for path, n := range limits {
		if n <= int64(most) {
			return w.ExpectThat(true, "", "", "")
		}
		limits[path] = n
	}
	return w.ExpectThat(false, "the limit of a page in the answer to "+w.TheRequest(), fmt.Sprintf("at most %d", most), fmt.Sprint(limits))
}

// patchesByMany sends one PATCH with n operations, each of which adds one of the members.
func (w *World) patchesByMany(ctx context.Context, name string, n int, list string) error {
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	var operations []any
	members := judge.Listed(list)
	for i := range n {
		member, err := w.Subject(members[i%len(members)])
		if err != nil {
			return err
		}
		value := scim.NewObject(scim.Member{Name: "value", Value: member.ID})
		operations = append(operations, scim.NewObject(scim.Member{Name: "op", Value: "add"}, scim.Member{Name: "path", Value: "members"},
			scim.Member{Name: "value", Value: []any{value}}))
	}
	body := scim.NewObject(scim.Member{Name: "schemas", Value: []any{scim.PatchOpURN}}, scim.Member{Name: "Operations", Value: operations})
	request := wire.Request{Method: http.MethodPatch, Path: []string{s.Collection, s.ID}, Body: body}
	return w.Ask(ctx, request.Method, request.Path, nil, body)
}

// createsWithUndefined sends an attribute that the standard has and the target does not: many
// servers refuse what nobody knows, and drop what they do not keep of the standard. Where the
// target defines everything the example ends.
func (w *World) createsWithUndefined(ctx context.Context) error {
	all, err := w.Discovered(ctx, "Schemas")
	if err != nil {
		return w.Missed(err)
	}
	i := slices.IndexFunc(all, func(o *scim.Object) bool { return strings.EqualFold(o.String("id"), scim.UserURN) })
	if i < 0 {
		return &judge.Unsupported{Reason: "/Schemas does not list " + scim.UserURN}
	}
	defined := objectsIn(all[i].Array("attributes"))
	for _, name := range []string{"nickName", "title", "userType", "preferredLanguage", "locale", "timezone", "password"} {
		if slices.ContainsFunc(defined, func(o *scim.Object) bool { return strings.EqualFold(o.String("name"), name) }) {
			continue
		}
		body := w.Template("Users", "undefined")
		body.Set(name, "en-US")
		return w.Creating(ctx, "user", "undefined", body)
	}
	w.Asserted(1)
	return judge.ErrEnded
}
