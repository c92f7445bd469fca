package steps

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
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// capabilities are what the features may require of a target by a tag
// "@requires.NAME", and may find missing without it being wrong. A missing one
// has the reason, with the place where it was read.
type capabilities map[string]string

// has says whether the capability is there; "" stands for no reason against it.
func (c capabilities) missing(name string) string {
	why, known := c[name]
	if !known {
		return fmt.Sprintf("the features require %q, which nobody looks for", name)
	}
	return why
}

// unsupported ends an example that turns out to need what the target does not offer.
type unsupported struct{ reason string }

func (u *unsupported) Error() string { return u.reason }

// optional are the capabilities that /ServiceProviderConfig declares (RFC 7643
// section 5, RFC 9865 section 4), and whether to take them for given where a
// target has no such endpoint.
var optional = map[string]struct {
	path  string
	given bool
}{
	"patch":          {"patch.supported", true},
	"filter":         {"filter.supported", true},
	"bulk":           {"bulk.supported", false},
	"sort":           {"sort.supported", false},
	"etag":           {"etag.supported", false},
	"changePassword": {"changePassword.supported", false},
	"cursor":         {"pagination.cursor", false},
}

// discover reads once what the target says of itself. Whether it has to say it,
// and whether it is true, is the business of requirements.
func (w *world) discover(ctx context.Context) capabilities {
	c := capabilities{"dashboard": "", "secondClient": ""}
	if w.conn.dashboard == nil {
		c["dashboard"] = "needs the Secure Access dashboard, which only the embedded target has"
	}
	if w.conn.secondToken == "" {
		c["secondClient"] = "needs a second client or tenant: give its token with --second-token-file"
	}
	config := w.describes(ctx, "ServiceProviderConfig")
	for name, o := range optional {
		value, found := at(config, o.path)
		switch {
		case config == nil && !o.given:
			c[name] = "the target has no /ServiceProviderConfig that says so"
		case config != nil && (!found || value != true):
			c[name] = "/ServiceProviderConfig says " + o.path + " " + textOf(value)
		default:
			c[name] = ""
		}
	}
	types := w.describes(ctx, "ResourceTypes")
	c["groups"] = notListed(types, "/Groups", "/ResourceTypes lists no endpoint /Groups")
	c["enterprise"] = notListed(types, scim.EnterpriseURN, "/ResourceTypes lists no "+scim.EnterpriseURN)
	c["cisco-extension"] = "/ResourceTypes does not list " + secureaccess.ExtensionURN
	if types != nil {
		c["cisco-extension"] = notListed(types, secureaccess.ExtensionURN, c["cisco-extension"])
	}
	c["index"] = ""
	if index, found := at(config, "pagination.index"); found && index == false { // RFC 9865 section 2.3
		c["index"] = "/ServiceProviderConfig says pagination.index false"
	}
	c["search"] = w.searchesMissing(ctx)
	return c
}

// searchesMissing asks for nothing by POST to .search, which no discovery
// endpoint tells of.
func (w *world) searchesMissing(ctx context.Context) string {
	body := searchRequest([][2]string{{"count", "0"}})
	answer, err := w.judge().Do(ctx, wire.Request{Method: http.MethodPost, Path: []string{"Users", ".search"}, Body: body})
	if err != nil || answer.Status != http.StatusNotFound && answer.Status != http.StatusMethodNotAllowed && answer.Status != http.StatusNotImplemented {
		return ""
	}
	return "the target has no searches by POST: it answers " + statusOf(answer)
}

// describes reads a discovery endpoint; nil where there is none.
func (w *world) describes(ctx context.Context, endpoint string) *scim.Object {
	answer, err := w.judge().Do(ctx, wire.Request{Method: http.MethodGet, Path: []string{endpoint}})
	if err != nil || answer.Status != http.StatusOK {
		return nil
	}
	object, err := answer.Object()
	if err != nil {
		return nil
	}
	return object
}

// notListed gives the reason if a description does not contain the text. Without
// a description nothing speaks against it.
func notListed(description *scim.Object, text, reason string) string {
	if description == nil || strings.Contains(strings.ToLower(textOf(description)), strings.ToLower(text)) {
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
func (r *run) excluded(ctx context.Context, q features.Requirement, tags []string) (report.Verdict, string) {
	if why := r.partial(ctx); why != "" {
		return report.Untested, why
	}
	if !r.options.Target.IsEmbedded() && judgesDuo(q.ID) {
		return report.Untested, "judges the simulated Duo and not the target: it runs on the embedded target"
	}
	for _, tag := range tags {
		name, requires := strings.CutPrefix(tag, "@requires.")
		if !requires {
			continue
		}
		why := r.missing(ctx, name)
		switch {
		case why != "" && name == "secondClient":
			return report.Untested, why
		case why != "":
			return report.Unsupported, why
		}
	}
	return "", ""
}

func (r *run) missing(ctx context.Context, name string) string {
	found, err := r.shared.capabilities.get(func() (capabilities, error) {
		common, err := r.commonWorld()
		if err != nil {
			return nil, err
		}
		return common.discover(ctx), nil
	})
	if err != nil {
		return err.Error()
	}
	return found.missing(name)
}
