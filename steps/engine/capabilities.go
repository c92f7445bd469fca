package engine

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// capabilities are what the features may require of a target by a tag
// "@requires.NAME", and may find missing without it being wrong. A missing one
// has the reason, with the place where it was read.
type capabilities map[string]string

// missing is the reason why a capability is missing, or "" if it is there.
func (c capabilities) missing(name string) (string, error) {
	why, known := c[name]
	if !known {
		return "", fmt.Errorf("the features require %q, which is no capability that is looked for", name)
	}
	return why, nil
}

// optional are the capabilities that /ServiceProviderConfig declares (RFC 7643
// section 5, RFC 9865 section 4), and whether to take them for given where a
// target has no such endpoint.
var optional = map[string]struct {
	path  string
	given bool
}{
	"patch":          {"patch.supported", false},
	"filter":         {"filter.supported", true},
	"bulk":           {"bulk.supported", false},
	"sort":           {"sort.supported", false},
	"etag":           {"etag.supported", false},
	"changePassword": {"changePassword.supported", false},
	"cursor":         {"pagination.cursor", false},
}

// discover reads once what the target says of itself. Whether it has to say it,
// and whether it is true, is the business of requirements.
func discover(ctx context.Context, s *judge.Session) (capabilities, error) {
	c := capabilities{"dashboard": "", "secondClient": "", "loginProbe": ""}
	if !s.Run.Target.IsEmbedded() {
		c["dashboard"] = "needs the Secure Access dashboard, which only the embedded target has"
	}
	c["https"] = ""
	if !strings.HasPrefix(s.Run.Target.URL, "https://") {
		c["https"] = "the address of the target is no https one"
	}
	if s.Conn.SecondToken == "" {
		c["secondClient"] = "needs a second client or tenant: give its token with --second-token-file"
	}
	if s.Run.Fit.Login == nil {
		c["loginProbe"] = "whether somebody gets in cannot be told: give the target file a login_probe"
	}
	config, err := s.Describe(ctx, "ServiceProviderConfig")
	if err != nil {
		return nil, err
	}
	for name, o := range optional {
		value, found := judge.At(config, o.path)
		switch {
		case config == nil && !o.given:
			if c[name], err = tried(ctx, s, name); err != nil {
				return nil, err
			}
		case config != nil && (!found || value != true):
			c[name] = says(o.path, value, found)
		default:
			c[name] = ""
		}
	}
	discoverEvents(c, s.Run.Fit.Events, config)
	types, err := s.Describe(ctx, "ResourceTypes")
	if err != nil {
		return nil, err
	}
	c["groups"] = notListed(types, "/Groups", "/ResourceTypes lists no endpoint /Groups")
	c["enterprise"] = notListed(types, scim.EnterpriseURN, "/ResourceTypes lists no "+scim.EnterpriseURN)
	c["cisco-extension"] = "the target has no /ResourceTypes that lists " + secureaccess.ExtensionURN
	if types != nil {
		c["cisco-extension"] = notListed(types, secureaccess.ExtensionURN, "/ResourceTypes does not list "+secureaccess.ExtensionURN)
	}
	c["index"] = ""
	if index, found := judge.At(config, "pagination.index"); found && index == false { // RFC 9865 section 2.3
		c["index"] = "/ServiceProviderConfig says pagination.index false"
	}
	c["search"], err = searchesMissing(ctx, s)
	return c, err
}

// says is what /ServiceProviderConfig says of a capability that it does not declare true.
func says(path string, value any, found bool) string {
	if !found {
		return "/ServiceProviderConfig says nothing of " + path
	}
	return "/ServiceProviderConfig says " + path + " " + judge.Text(value)
}

// tried finds out by one request whether a target without /ServiceProviderConfig offers
// something: a PATCH of a user, a sorted list, an entity tag of a user, a bulk request of one
// user. What cannot be seen so is taken for missing; only of PATCH a refusal has to say so
// (RFC 7644 section 3.5.2: it is optional).
func tried(ctx context.Context, s *judge.Session, name string) (why string, err error) {
	missing := "the target has no /ServiceProviderConfig that says so"
	var answer *wire.Response
	switch name {
	case "patch":
		return patchMissing(ctx, s, missing)
	case "sort":
		return sortMissing(ctx, s, missing)
	case "etag":
		if err := s.Make(ctx, "tagged", "Users", s.Template("Users", "tagged")); err != nil {
			return missing, judge.OnlyLost(err)
		}
		if answer, err = s.Send(ctx, s.Client(), judge.Reading("Users", s.Subjects["tagged"].ID)); err != nil {
			return missing, judge.OnlyLost(err)
		}
		if answer.Status == http.StatusOK && answer.Header.Get("ETag") != "" {
			return "", nil
		}
		return missing + ", and a user is shown without an ETag", nil
	case "bulk":
		creation := scim.NewObject(
			scim.Member{Name: "method", Value: http.MethodPost}, scim.Member{Name: "path", Value: "/Users"},
			scim.Member{Name: "bulkId", Value: "tried"}, scim.Member{Name: "data", Value: s.Template("Users", "bulk")},
		)
		body := scim.NewObject(
			scim.Member{Name: "schemas", Value: []any{scim.BulkRequestURN}}, scim.Member{Name: "Operations", Value: []any{creation}},
		)
		if answer, err = s.Send(ctx, s.Client(), wire.Request{Method: http.MethodPost, Path: []string{"Bulk"}, Body: body}); err != nil {
			return missing, judge.OnlyLost(err)
		}
		if answer.Status == http.StatusOK {
			return "", nil
		}
		return missing + ", and POST /Bulk is answered " + judge.StatusOf(answer), nil
	}
	return missing, nil
}

// patchMissing changes a user: who has no PATCH says so by the status.
func patchMissing(ctx context.Context, s *judge.Session, missing string) (string, error) {
	if err := s.Make(ctx, "patched", "Users", s.Template("Users", "patched")); err != nil {
		return "", judge.OnlyLost(err)
	}
	answer, err := s.Send(ctx, s.Client(), wire.Request{
		Method: http.MethodPatch, Path: []string{"Users", s.Subjects["patched"].ID}, Body: judge.ReplaceBody("displayName", "Ann Other"),
	})
	if err != nil || !judge.IsAbsent(answer) {
		return "", judge.OnlyLost(err)
	}
	return missing + ", and PATCH is answered " + judge.StatusOf(answer), nil
}

// triedInOrder is how many users a sorted list is tried with: by chance an order is right as
// rarely as that has permutations.
var triedInOrder = []string{"sorted-c", "sorted-a", "sorted-d", "sorted-b"}

// sortMissing looks whether two directions give two orders, and each the right one of the users
// that are made for it: many servers overlook sortBy, and many list in no order.
func sortMissing(ctx context.Context, s *judge.Session, missing string) (string, error) {
	var wanted []string
	for _, which := range triedInOrder {
		if err := s.Make(ctx, which, "Users", s.Template("Users", which)); err != nil {
			return missing, judge.OnlyLost(err)
		}
		wanted = append(wanted, s.Subjects[which].ID)
	}
	slices.SortFunc(wanted, func(a, b string) int { return strings.Compare(nameOf(s, a), nameOf(s, b)) })
	var first []string
	for _, direction := range []string{"ascending", "descending"} {
		r := judge.Reading("Users")
		r.Query = [][2]string{{"sortBy", "userName"}, {"sortOrder", direction}, {"count", "10"}}
		answer, err := s.Send(ctx, s.Client(), r)
		if err != nil {
			return missing, judge.OnlyLost(err)
		}
		list, problem := judge.ListOf(answer)
		if problem != "" || len(list.Resources) < 2 {
			return missing + ", and a sorted list is answered " + judge.StatusOf(answer), nil
		}
		first = append(first, list.Resources[0].String("userName"))
		var ours []string
		for _, o := range list.Resources {
			if slices.Contains(wanted, scim.IDOf(o)) {
				ours = append(ours, scim.IDOf(o))
			}
		}
		if direction == "descending" {
			slices.Reverse(ours)
		}
		if len(ours) == len(wanted) && !slices.Equal(ours, wanted) {
			return missing + ", and a sorted list is in no order", nil
		}
	}
	if first[0] == first[1] {
		return missing + ", and sortOrder makes no difference", nil
	}
	return "", nil
}

// nameOf is which of the users that were made for a sorted list has the id.
func nameOf(s *judge.Session, id string) string {
	for _, which := range triedInOrder {
		if s.Subjects[which].ID == id {
			return which
		}
	}
	return ""
}

// searchesMissing asks for nothing by POST to .search, which no discovery
// endpoint tells of.
func searchesMissing(ctx context.Context, s *judge.Session) (string, error) {
	body := judge.SearchRequest([][2]string{{"count", "0"}})
	answer, err := s.Send(ctx, s.Client(), wire.Request{Method: http.MethodPost, Path: []string{"Users", ".search"}, Body: body})
	if err != nil || !judge.IsAbsent(answer) {
		return "", err
	}
	return "the target has no searches by POST: it answers " + judge.StatusOf(answer), nil
}

// notListed gives the reason if a description does not contain the text. Without
// a description nothing speaks against it.
func notListed(description *scim.Object, text, reason string) string {
	if description == nil || strings.Contains(strings.ToLower(judge.Text(description)), strings.ToLower(text)) {
		return ""
	}
	return reason
}

// judgesDuo says whether a requirement is about the simulated Duo: then it is
// proven on the embedded target, and holds for the default profile only.
func judgesDuo(id string) bool { return strings.HasPrefix(id, "DUO-") }

// aboutTheSimulators says whether a requirement is about what the simulated Duo
// or the dashboard do with the guide's own people and settings.
func aboutTheSimulators(q features.Requirement) bool {
	return judgesDuo(q.ID) || slices.Contains(q.Tags, "requires.dashboard")
}

// excluded says why a scenario is not run, if so.
func (r *run) excluded(ctx context.Context, q features.Requirement, example string, tags []string) (report.Verdict, string) {
	if why := r.partial(ctx); why != "" {
		return report.Untested, why
	}
	if verdict, why := r.overQuick(key(q.ID, example)); why != "" {
		return verdict, why
	}
	if !r.options.Target.IsEmbedded() && judgesDuo(q.ID) {
		return report.Untested, "judges the simulated Duo and not the target: it runs on the embedded target"
	}
	for _, name := range required(tags) {
		why, err := r.missing(ctx, name)
		switch {
		case err != nil && r.partial(ctx) != "":
			return report.Untested, r.partial(ctx)
		case err != nil:
			return report.Broken, err.Error()
		case why != "" && slices.Contains(given, name):
			return report.Untested, why
		case why != "":
			return report.Unsupported, why
		}
	}
	return "", ""
}

// missing is why the target lacks the capability; "" if it does not. Its error says that
// it could not be found out.
func (r *run) missing(ctx context.Context, name string) (string, error) {
	found, err := judge.SharedBy(safety.Exempt(ctx), &r.judge, "capabilities", discover)
	if err != nil {
		return "", fmt.Errorf("what the target offers could not be found out: %w", err)
	}
	return found.missing(name)
}

// required are the capabilities in the tags "@requires.NAME".
func required(tags []string) []string {
	var names []string
	for _, tag := range tags {
		if name, ok := strings.CutPrefix(tag, "@requires."); ok {
			names = append(names, name)
		}
	}
	return names
}
