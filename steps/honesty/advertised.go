package honesty

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// attempt is a use of something that /ServiceProviderConfig advertises.
type attempt struct {
	came outcome
	seen string // what the target answered, as evidence
}

// outcome is what became of an attempt.
type outcome int

const (
	works    outcome = iota
	refuses          // the target says that it does not offer it
	ignores          // it answers as if it had not been asked
	untold           // it cannot be told: other refusals than that, or nothing to see
	breaches         // it works, but not within the limits that are advertised
)

// trying makes the step that attempts something.
func (w *World) trying(try func(ctx context.Context, w *World) (outcome, string, error)) func(ctx context.Context) error {
	return func(ctx context.Context) error {
		came, seen, err := try(ctx, w)
		w.attempt = &attempt{came, seen}
		return err
	}
}

// advertised is a value of /ServiceProviderConfig, with what it says of it in words.
func (w *World) advertised(ctx context.Context, path string) (supported bool, said string, err error) {
	if w.attempt == nil {
		return false, "", fmt.Errorf("nothing was tried")
	}
	config, err := w.Describe(ctx, "ServiceProviderConfig")
	if err != nil {
		return false, "", err
	}
	if config == nil {
		return false, "", w.ExpectThat(false, "GET /ServiceProviderConfig", "what the target supports", "no such answer")
	}
	value, _ := judge.At(config, path)
	return value == true, "/ServiceProviderConfig says " + path + " " + judge.Text(value), nil
}

// worksIfAdvertised: an attempt that tells nothing, such as a refusal for another reason,
// is not held against the target.
func (w *World) worksIfAdvertised(ctx context.Context, path string) error {
	supported, said, err := w.advertised(ctx, path)
	if err != nil {
		return err
	}
	a := w.attempt
	return w.ExpectThat(!supported || a.came == works || a.came == untold, path, "to work, as "+said, a.seen)
}

// isNotIgnored: what is not advertised must not be passed over in silence where the
// client would take the answer for what it asked for. That it works although it is not
// advertised is another requirement's business.
func (w *World) isNotIgnored(ctx context.Context, path string) error {
	supported, said, err := w.advertised(ctx, path)
	if err != nil {
		return err
	}
	return w.ExpectThat(supported || w.attempt.came != ignores, path, "a refusal with 501 or 403, as "+said, w.attempt.seen)
}

func (w *World) isAdvertisedIfItWorks(ctx context.Context, path string) error {
	supported, said, err := w.advertised(ctx, path)
	if err != nil {
		return err
	}
	return w.ExpectThat(supported || w.attempt.came != works, path, "advertised, as it works: "+w.attempt.seen, said)
}

func (w *World) keepsMaxResults(ctx context.Context) error {
	supported, said, err := w.advertised(ctx, "filter.supported")
	if err != nil {
		return err
	}
	return w.ExpectThat(!supported || w.attempt.came != breaches, "filter.maxResults", "to be kept, as "+said, w.attempt.seen)
}

// outcomeOf reads a refusal: some statuses say that the target does not offer
// it, others are about this very request.
func outcomeOf(s judge.Answer) outcome {
	if s.Response == nil {
		return untold // no answer: the error says why
	}
	switch s.Response.Status {
	case http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented:
		return refuses
	}
	if s.Response.Status >= 500 {
		return refuses
	}
	return untold
}

// try sends a request of a capability.
func (w *World) try(ctx context.Context, method string, path []string, body any, query ...[2]string) (judge.Answer, string, error) {
	s, err := w.Visit(ctx, wire.Request{Method: method, Path: path, Query: query, Body: body})
	if err != nil {
		return s, "", err
	}
	return s, s.String() + " answers " + judge.StatusOf(s.Response), nil
}

func tryPatch(ctx context.Context, w *World) (outcome, string, error) {
	a := w.Subjects["A"]
	patch := judge.PatchOp(operations([]sample{{attribute: &scim.Attribute{Name: "displayName"}, value: "Advertised"}}))
	s, seen, err := w.try(ctx, http.MethodPatch, []string{"Users", a.ID}, patch)
	if err != nil {
		return untold, "", err
	}
	if s.Response.Status/100 != 2 {
		if s.Response.Status == http.StatusBadRequest { // a plain replacement is no bad request
			return refuses, seen, nil
		}
		return outcomeOf(s), seen, nil
	}
	if err := w.Settle(ctx); err != nil {
		return untold, "", err
	}
	now, err := w.Reread(ctx, "A")
	if err != nil {
		return untold, "", err
	}
	if name := now.Shown.String("displayName"); name != "Advertised" {
		return ignores, seen + ", and the displayName is " + judge.Text(name), nil
	}
	return works, seen, nil
}

func tryBulk(ctx context.Context, w *World) (outcome, string, error) {
	user := w.Template("Users", "bulk")
	body := scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.BulkRequestURN}},
		scim.Member{Name: "Operations", Value: []any{scim.NewObject(
			scim.Member{Name: "method", Value: "POST"}, scim.Member{Name: "path", Value: "/Users"},
			scim.Member{Name: "bulkId", Value: "one"}, scim.Member{Name: "data", Value: user},
		)}},
	)
	s, seen, err := w.try(ctx, http.MethodPost, []string{"Bulk"}, body)
	if err != nil || s.Response.Status/100 != 2 {
		return outcomeOf(s), seen, err
	}
	operations := s.Body.Array("Operations")
	if len(operations) != 1 {
		return ignores, seen + " with " + judge.Text(operations), nil
	}
	operation, _ := operations[0].(*scim.Object)
	if operation.String("status") != "201" {
		return untold, seen + " with " + judge.Text(operations), nil
	}
	return works, seen, nil
}

// tryFilter finds "A" and not "B".
func tryFilter(ctx context.Context, w *World) (outcome, string, error) {
	a, b := w.Subjects["A"], w.Subjects["B"]
	s, seen, err := w.try(ctx, http.MethodGet, []string{"Users"}, nil, [2]string{"filter", "userName eq " + judge.Text(a.Shown.String("userName"))})
	if err != nil || s.Response.Status/100 != 2 {
		if s.Response != nil && s.Response.Status == http.StatusBadRequest {
			return refuses, seen, err
		}
		return outcomeOf(s), seen, err
	}
	ids := judge.IDsIn(s.Body)
	switch {
	case strings.Contains(ids, b.ID) || len(s.Body.Array("Resources")) > 1:
		return ignores, seen + " with others, too: " + ids, nil
	case !strings.Contains(ids, a.ID):
		return ignores, seen + " without the one that was asked for", nil
	}
	return works, seen, nil
}

// trySort asks for "A" and "B", who were created in this order, up and down.
func trySort(ctx context.Context, w *World) (outcome, string, error) {
	a, b := w.Subjects["A"], w.Subjects["B"]
	find := "userName eq " + judge.Text(a.Shown.String("userName")) + " or userName eq " + judge.Text(b.Shown.String("userName"))
	if s, seen, err := w.try(ctx, http.MethodGet, []string{"Users"}, nil, [2]string{"filter", find}); err != nil || s.Response.Status/100 != 2 {
		return untold, seen, err // it would be the filter that fails
	}
	up := strings.Compare(strings.ToLower(a.Shown.String("userName")), strings.ToLower(b.Shown.String("userName"))) < 0
	came, told := works, ""
	for _, order := range []string{"ascending", "descending"} {
		s, seen, err := w.try(ctx, http.MethodGet, []string{"Users"}, nil,
			[2]string{"filter", find}, [2]string{"sortBy", "userName"}, [2]string{"sortOrder", order})
		if err != nil || s.Response.Status/100 != 2 {
			return outcomeOf(s), seen, err
		}
		want := a.ID + ", " + b.ID
		if up != (order == "ascending") {
			want = b.ID + ", " + a.ID
		}
		switch ids := judge.IDsIn(s.Body); {
		case len(s.Body.Array("Resources")) != 2 || !strings.Contains(ids, a.ID):
			return untold, seen, nil // the filter is at fault
		case ids != want:
			came = refuses
		}
		told += seen + " with " + judge.IDsIn(s.Body) + "; "
	}
	return came, told, nil
}

func tryETag(ctx context.Context, w *World) (outcome, string, error) {
	s, seen, err := w.try(ctx, http.MethodGet, []string{"Users", w.Subjects["A"].ID}, nil)
	if err != nil {
		return untold, "", err
	}
	if s.Response.Header.Get("ETag") == "" {
		return refuses, seen + " without the header ETag", nil
	}
	// Tags come with most frameworks and promise nothing by themselves.
	supported, _, err := w.Configured(ctx, "etag.supported")
	if err != nil {
		return untold, "", err
	}
	if supported != true {
		return untold, seen, nil
	}
	return works, seen, nil
}

// tryPassword changes the password of "A". A password that is too weak for the
// target's policy tells nothing.
func tryPassword(ctx context.Context, w *World) (outcome, string, error) {
	a := w.Subjects["A"]
	password := sample{attribute: &scim.Attribute{Name: "password"}, value: w.Run.Fit.Password(1)}
	s, seen, err := w.try(ctx, http.MethodPatch, []string{"Users", a.ID}, judge.PatchOp(operations([]sample{password})))
	if err == nil && outcomeOf(s) == refuses { // perhaps it is PATCH that is not offered
		body := judge.Merge(a.Shown, scim.NewObject())
		password.put(body)
		s, seen, err = w.try(ctx, http.MethodPut, []string{"Users", a.ID}, body)
	}
	if err != nil {
		return untold, "", err
	}
	supported, _, err := w.Configured(ctx, "changePassword.supported")
	if err != nil {
		return untold, "", err
	}
	switch {
	case s.Response.Status/100 == 2 && supported == true:
		return works, seen, nil
	case s.Response.Status/100 == 2:
		return untold, seen, nil // nobody sees whether it was changed
	case s.Response.Fault().ScimType == scim.ScimTypeMutability:
		return refuses, seen, nil
	}
	return outcomeOf(s), seen, nil
}

// tryMaxResults asks for more than the target says that it gives at once.
func tryMaxResults(ctx context.Context, w *World) (outcome, string, error) {
	value, _, err := w.Configured(ctx, "filter.maxResults")
	if err != nil {
		return untold, "", err
	}
	most, err := strconv.Atoi(judge.Plain(value))
	if states := err == nil && most > 0; !states {
		return untold, "filter.maxResults " + judge.Text(value), nil
	}
	s, seen, err := w.try(ctx, http.MethodGet, []string{"Users"}, nil, [2]string{"count", fmt.Sprint(most + 1)})
	if err != nil || s.Response.Status/100 != 2 {
		return untold, seen, err
	}
	if n := len(s.Body.Array("Resources")); n > most {
		return breaches, fmt.Sprintf("%s with %d resources at once, filter.maxResults is %d", seen, n, most), nil
	}
	return works, seen, nil
}
