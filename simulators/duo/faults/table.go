package faults

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// All returns every fault, in the order of the guide.
func All() []Fault {
	return slices.Concat(connectFaults, mapFaults, syncFaults, deprovisionFaults, logFaults)
}

var connectFaults = []Fault{
	{Requirement: "DUO-CONNECT-01", Name: "the token is not sent", Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		r.Header.Del("Authorization")
		return next.RoundTrip(r)
	})},
	{Requirement: "DUO-CONNECT-01", Name: "requests go beside the base URL", Transport: transport(besideTheBase)},
	{Requirement: "DUO-CONNECT-02", Name: "the connection is tested by creating a user", Transport: transport(testedByCreating)},
	{Requirement: "DUO-CONNECT-03", Name: "whatever answers is taken for a connection", Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		send(next, r)
		return emptyList(r), nil
	})},
	{Requirement: "DUO-CONNECT-04", Name: "redirects are followed to any host", Transport: transport(followAnywhere)},
	{Requirement: "DUO-CONNECT-05", Name: "the connection is not tested again", Entry: without(duo.ProvisioningConnected)},
	{Requirement: "DUO-CONNECT-05", Name: "a group is one entry", Profile: duo.Profile{GroupCreate: duo.WithMembers}},
	{Requirement: "DUO-CONNECT-06", Name: "something is sent while provisioning is disabled", Sync: creating("while-disabled@example.com")},
	{Requirement: "DUO-CONNECT-07", Name: "users are sent though the connection failed", Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodGet {
			send(next, r)
			return emptyList(r), nil
		}
		return next.RoundTrip(r)
	})},
	{Requirement: "DUO-CONNECT-08", Name: "the token is written into the log", Entry: func(e *duo.Entry, token string) bool {
		e.Details = scim.NewObject(scim.Member{Name: "header", Value: "Bearer " + token})
		return true
	}},
}

var mapFaults = []Fault{
	{Requirement: "DUO-MAP-01", Name: "the rows are sent in the reverse order", Settings: func(app *duo.Application, _ *directory.Directory) { slices.Reverse(app.Mapping) }},
	{Requirement: "DUO-MAP-01", Name: "first and last name are mixed up", Settings: func(app *duo.Application, _ *directory.Directory) {
		for i, row := range app.Mapping {
			switch row.Application {
			case "name.familyName":
				app.Mapping[i].Duo = directory.FirstName
			case "name.givenName":
				app.Mapping[i].Duo = directory.LastName
			}
		}
	}},
	{Requirement: "DUO-MAP-02", Name: "the display name is always sent", Settings: mappedToo(directory.DisplayName, "displayName")},
	{Requirement: "DUO-MAP-02", Name: "a missing row for userName is made up", Settings: mappedToo(directory.Username, "userName")},
	{Requirement: "DUO-MAP-03", Name: "rows that make no sense are left out silently", Settings: func(app *duo.Application, _ *directory.Directory) { app.Mapping = app.Mapping[:1] }},
	{Requirement: "DUO-MAP-04", Name: "rows of unknown Duo attributes are left out silently", Settings: func(app *duo.Application, dir *directory.Directory) {
		app.Mapping = slices.DeleteFunc(app.Mapping, func(r duo.Row) bool { return !slices.Contains(dir.AttributeLabels(), r.Duo) })
	}},
	{Requirement: "DUO-MAP-05", Name: "userName is always the Username", Settings: func(app *duo.Application, _ *directory.Directory) { app.Mapping[0].Duo = directory.Username }},
	{Requirement: "DUO-MAP-06", Name: "attributes of the extension are sent at the top", Transport: rewritten("Users", extensionsAtTheTop)},
	{Requirement: "DUO-MAP-07", Name: "the e-mail address is always sent", Settings: mappedToo(directory.Email, "emails")},
	{Requirement: "DUO-MAP-08", Name: "a user without a last name is passed over", People: func(dir *directory.Directory) {
		for _, u := range slices.Clone(dir.Users) {
			if u.LastName == "" {
				_ = dir.RemoveUser(u.Key)
			}
		}
	}},
	{Requirement: "DUO-MAP-09", Name: "a missing required value is replaced by the Username", People: func(dir *directory.Directory) {
		for i, u := range dir.Users {
			if u.Email == "" {
				dir.Users[i].Email = u.Username
			}
		}
	}},
}

var syncFaults = []Fault{
	{Requirement: "DUO-SYNC-01", Name: "groups go before users", Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		if on(r, http.MethodPost, "Users") {
			send(next, like(r, http.MethodPost, strings.TrimSuffix(r.URL.Path, "Users")+"Groups", scim.NewObject(
				scim.Member{Name: "schemas", Value: []any{scim.GroupURN}}, scim.Member{Name: "displayName", Value: "DUO - Users"},
			)))
		}
		return next.RoundTrip(r)
	})},
	{Requirement: "DUO-SYNC-02", Name: "only the first user is logged", Entry: func() func(*duo.Entry, string) bool {
		return func(e *duo.Entry, _ string) bool {
			return e.Action != duo.UserProvisioned || strings.HasPrefix(e.Affected.Name, "josue")
		}
	}()},
	{Requirement: "DUO-SYNC-03", Name: "users are created without a look", Transport: transport(withoutALook)},
	{Requirement: "DUO-SYNC-04", Name: "groups that are not selected are sent", Settings: everyGroup},
	{Requirement: "DUO-SYNC-05", Name: "groups without SSO access are sent", Settings: everyGroup},
	{Requirement: "DUO-SYNC-06", Name: "group information is sent all the same", Settings: func(app *duo.Application, _ *directory.Directory) { app.Groups.ExcludeGroupInformation = false }},
	{Requirement: "DUO-SYNC-07", Name: "a user is sent once for each group", Transport: transport(createdTwice)},
	{Requirement: "DUO-SYNC-08", Name: "changes of mapped values are not sent", Transport: swallowed(http.MethodPatch, "Users")},
	{Requirement: "DUO-SYNC-08", Name: "changes of values that are not mapped are sent", Settings: mappedToo("Auth Name", "authName")},
	{Requirement: "DUO-SYNC-09", Name: "everything is sent with each pass", Sync: creating("again@example.com")},
	{Requirement: "DUO-SYNC-10", Name: "groups over the limit are left out silently", Settings: func(app *duo.Application, _ *directory.Directory) {
		app.Groups.Select = app.Groups.Select[:min(len(app.Groups.Select), duo.MaxGroups)]
	}},
	{Requirement: "DUO-SYNC-11", Name: "a pass ends with the first failure", Transport: func(next http.RoundTripper) http.RoundTripper {
		var failed atomic.Bool
		return roundTripper(func(r *http.Request) (*http.Response, error) {
			if failed.Load() && r.Method != http.MethodGet {
				return answer(r, http.StatusInternalServerError, scim.Internal("given up").Object()), nil
			}
			resp, err := next.RoundTrip(r)
			if err == nil && resp.StatusCode >= 400 {
				failed.Store(true)
			}
			return resp, err
		})
	}},
	{Requirement: "DUO-SYNC-12", Name: "failures are not logged", Entry: func(e *duo.Entry, _ string) bool { return e.Outcome() != duo.Failure }},
	{Requirement: "DUO-SYNC-12", Name: "users are not sent where there are no groups", Transport: func(next http.RoundTripper) http.RoundTripper {
		return roundTripper(func(r *http.Request) (*http.Response, error) {
			if on(r, http.MethodPost, "Users") {
				return answer(r, http.StatusInternalServerError, scim.Internal("given up").Object()), nil
			}
			return next.RoundTrip(r)
		})
	}},
	{Requirement: "DUO-SYNC-13", Name: "identifiers are not percent-encoded", Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		return next.RoundTrip(unescaped(r))
	})},
	{Requirement: "DUO-SYNC-14", Name: "a target that is busy is not asked again", Profile: duo.Profile{Retry: duo.RetryNever}},
	{Requirement: "DUO-SYNC-15", Name: "the next pass creates without a look", Transport: transport(withoutALook)},
	{Requirement: "DUO-SYNC-16", Name: "the first user of an answer is taken for the one asked for", Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		resp, err := next.RoundTrip(r)
		asked, isLookUp := strings.CutPrefix(r.URL.Query().Get("filter"), "userName eq ")
		if err != nil || !isLookUp {
			return resp, err
		}
		return edited(resp, func(body *scim.Object) {
			for _, v := range body.Array("Resources") {
				v.(*scim.Object).Set("userName", strings.Trim(asked, `"`))
			}
		}), nil
	})},
	{Requirement: "DUO-SYNC-17", Name: "a user without an id is given one", Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		resp, err := next.RoundTrip(r)
		if err != nil || !on(r, http.MethodPost, "Users") {
			return resp, err
		}
		return edited(resp, func(body *scim.Object) { body.Set("id", "1") }), nil
	})},
	{Requirement: "DUO-SYNC-18", Name: "what became of a creation is not looked up", Transport: transport(withoutALook)},
}

var deprovisionFaults = []Fault{
	{Requirement: "DUO-DEPROV-01", Name: "users are deleted", Settings: func(app *duo.Application, _ *directory.Directory) { app.Deprovisioning = duo.Delete }},
	{Requirement: "DUO-DEPROV-02", Name: "users are only disabled", Settings: func(app *duo.Application, _ *directory.Directory) { app.Deprovisioning = duo.Deactivate }},
	{Requirement: "DUO-DEPROV-02", Name: "every user of the group is deleted", Transport: func(next http.RoundTripper) http.RoundTripper {
		var ids []string
		return roundTripper(func(r *http.Request) (*http.Response, error) {
			if within(r, http.MethodDelete, "Users") {
				base := r.URL.Path[:strings.LastIndex(r.URL.Path, "/")+1]
				for _, id := range ids {
					if base+id != r.URL.Path {
						send(next, like(r, http.MethodDelete, base+id, nil))
					}
				}
			}
			resp, err := next.RoundTrip(r)
			if err == nil && on(r, http.MethodPost, "Users") {
				resp = edited(resp, func(body *scim.Object) { ids = append(ids, body.String("id")) })
			}
			return resp, err
		})
	}},
	{Requirement: "DUO-DEPROV-03", Name: "a user who is gone already is a failure", Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		resp, err := next.RoundTrip(r)
		if err == nil && r.Method == http.MethodDelete && resp.StatusCode == http.StatusNotFound {
			resp.StatusCode = http.StatusInternalServerError
		}
		return resp, err
	})},
	{Requirement: "DUO-DEPROV-04", Name: "deprovisioning is sent with each pass", Sync: creating("again@example.com")},
	{Requirement: "DUO-DEPROV-05", Name: "a deprovisioning that failed is forgotten", Transport: func(next http.RoundTripper) http.RoundTripper {
		var failed atomic.Bool
		return roundTripper(func(r *http.Request) (*http.Response, error) {
			if failed.Load() && within(r, http.MethodPatch, "Users") {
				return answer(r, http.StatusOK, userNamed("forgotten")), nil
			}
			resp, err := next.RoundTrip(r)
			if err == nil && within(r, http.MethodPatch, "Users") && resp.StatusCode >= 500 {
				failed.Store(true)
			}
			return resp, err
		})
	}},
	{Requirement: "DUO-DEPROV-06", Name: "a user who returns is looked for by name", Transport: func(next http.RoundTripper) http.RoundTripper {
		var left atomic.Bool
		return roundTripper(func(r *http.Request) (*http.Response, error) {
			if within(r, http.MethodPatch, "Users") && left.Swap(true) {
				return answer(r, http.StatusNotFound, scim.NotFound("User", "forgotten").Object()), nil
			}
			return next.RoundTrip(r)
		})
	}},
}

var logFaults = []Fault{
	{Requirement: "DUO-LOG-01", Name: "the actor of the connector is the administrator", Entry: edit(func(e *duo.Entry) { e.Actor.Name = "Josue Brenes" })},
	{Requirement: "DUO-LOG-01", Name: "the second line of Affected is another", Entry: edit(func(e *duo.Entry) { e.Affected.Type = "User" })},
	{Requirement: "DUO-LOG-02", Name: "entries do not name their application", Entry: edit(func(e *duo.Entry) { e.Application.Name = "" })},
	{Requirement: "DUO-LOG-03", Name: "entries do not name their actor", Entry: edit(func(e *duo.Entry) { e.Actor.Name = "" })},
	{Requirement: "DUO-LOG-04", Name: "an entry is missing in the export", Entry: without(duo.ProvisioningEnabled)},
	{Requirement: "DUO-LOG-05", Name: "a success is told as a failure", Entry: edit(func(e *duo.Entry) { e.Action = duo.UserNotProvisioned })},
	{Requirement: "DUO-LOG-06", Name: "a deprovisioning is shown under an observed label", Entry: edit(func(e *duo.Entry) {
		if e.Action == duo.UserDeprovisioned {
			e.Action = duo.UserProvisioned
		}
	})},
	{Requirement: "DUO-LOG-07", Name: "the log is empty", Entry: func(*duo.Entry, string) bool { return false }},
	{Requirement: "DUO-LOG-08", Name: "a failure has no details", Entry: edit(func(e *duo.Entry) { e.Details = scim.NewObject() })},
}

func edit(change func(e *duo.Entry)) func(*duo.Entry, string) bool {
	return func(e *duo.Entry, _ string) bool {
		change(e)
		return true
	}
}

func without(action duo.Action) func(*duo.Entry, string) bool {
	return func(e *duo.Entry, _ string) bool { return e.Action != action }
}

func mappedToo(label, attribute string) func(*duo.Application, *directory.Directory) {
	return func(app *duo.Application, _ *directory.Directory) {
		if !slices.ContainsFunc(app.Mapping, func(r duo.Row) bool { return r.Application == attribute }) {
			app.Mapping = append(slices.Clone(app.Mapping), duo.Row{Duo: label, Application: attribute})
		}
	}
}

func everyGroup(app *duo.Application, dir *directory.Directory) {
	app.Groups.Use, app.Groups.Select = "", nil
	for _, g := range dir.Groups {
		app.Groups.Select = append(app.Groups.Select, g.Key)
	}
}

// rewritten changes the body of what creates in a collection.
func rewritten(collection string, edit func(body *scim.Object)) func(http.RoundTripper) http.RoundTripper {
	return transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		if !on(r, http.MethodPost, collection) {
			return next.RoundTrip(r)
		}
		body := bodyOf(r)
		edit(body)
		return next.RoundTrip(like(r, r.Method, r.URL.Path, body))
	})
}

// swallowed answers a kind of request as if it had been sent.
func swallowed(method, collection string) func(http.RoundTripper) http.RoundTripper {
	return transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		if within(r, method, collection) {
			_, _ = io.Copy(io.Discard, r.Body)
			return answer(r, http.StatusOK, userNamed("as it was")), nil
		}
		return next.RoundTrip(r)
	})
}

// creating creates a user of its own beside every pass.
func creating(userName string) func(context.Context, *wire.Client) error {
	return func(ctx context.Context, client *wire.Client) error {
		_, err := client.Do(ctx, wire.Request{Method: http.MethodPost, Path: []string{"Users"}, Body: userNamed(userName)})
		if _, ok := errors.AsType[*wire.TransportError](err); ok {
			return nil // whatever came of it
		}
		return err
	}
}

func userNamed(name string) *scim.Object {
	return scim.NewObject(scim.Member{Name: "schemas", Value: []any{scim.UserURN}}, scim.Member{Name: "userName", Value: name})
}
