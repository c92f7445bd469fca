package duo

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Connected is what the page says after a connection test that went well
// (Cisco guide 225885).
const Connected = "Successfully connected to the application"

// Connect is the button "Connect to application": it asks the target for
// something that only the right URL and token can answer, and changes nothing
// there. nil means Connected; any other result is a *ConnectError, or the
// context's error if the caller gave up. Which request Duo sends is not
// published: profile field probe. Nor is whether the button leaves an entry in
// the Activity Log; here it leaves none.
func (p *Provisioner) Connect(ctx context.Context) error {
	err := p.probe(ctx)
	if err == nil && fieldDiscovery.ask(p.answers) == ReadsDiscovery {
		err = p.discover(ctx)
	}
	if e, ok := errors.AsType[*ConnectError](err); ok {
		e.What = p.secrets.Hide(e.What)
	}
	return err
}

// madeUpUser is a name that no user has: an empty list is the answer to it.
const madeUpUser = "connection-test@simulate-duo.invalid"

func (p *Provisioner) probe(ctx context.Context) error {
	c := call{method: http.MethodGet, path: []string{usersEndpoint}}
	switch fieldProbe.ask(p.answers) {
	case ProbeOneUser:
		c.query = page(1, 1)
	case ProbeFilter:
		c.query = [][2]string{{"filter", equals("userName", madeUpUser)}}
	}
	resp, err := p.do(ctx, c)
	if err != nil {
		return notConnected(ctx, err)
	}
	return checkProbe(resp)
}

// checkProbe says whether a successful answer is a list of users.
func checkProbe(resp *wire.Response) error {
	body, err := resp.FirstObject()
	if err != nil {
		return &ConnectError{Cause: NotSCIM, Status: resp.Status, What: err.Error(),
			Remedy: "check that the base URL is that of the SCIM service and not of a web page"}
	}
	if said, ok := foreignError(body); ok {
		return &ConnectError{Cause: ErrorBody, Status: resp.Status, What: fmt.Sprintf("the target answered %d with an error body: %s", resp.Status, said),
			Remedy: "check the token; an error has to have a status of 400 or more"}
	}
	if _, err := scim.ParseList(body); err != nil {
		return &ConnectError{Cause: NotSCIM, Status: resp.Status, What: short(err.Error()),
			Remedy: "the answer to GET /Users has to be a SCIM list response (RFC 7644 section 3.4.2)"}
	}
	return nil
}

// foreignError recognises the error bodies of services that are not SCIM, such
// as {"error": "unauthorized"} or {"code": 401, "message": "…"}.
func foreignError(body *scim.Object) (string, bool) {
	for _, name := range []string{"error", "errors", "error_description"} {
		if v, ok := body.Get(name); ok && !scim.IsUnassigned(v) && v != false {
			return excerpt(v), true
		}
	}
	for _, name := range []string{"status", "code", "statusCode"} {
		v, _ := body.Get(name)
		if n, err := strconv.Atoi(fmt.Sprint(v)); err == nil && n >= 400 {
			return excerpt(body), true
		}
	}
	return "", false
}

// discover reads the endpoints by which a target describes itself (RFC 7644
// section 4).
func (p *Provisioner) discover(ctx context.Context) error {
	for _, endpoint := range []string{"ServiceProviderConfig", "ResourceTypes", "Schemas"} {
		resp, err := p.do(ctx, call{method: http.MethodGet, path: []string{endpoint}})
		r, answered := errors.AsType[*refusal](err)
		if err != nil && !answered {
			return notConnected(ctx, err)
		}
		if err == nil {
			_, err = resp.FirstObject()
		}
		if err != nil {
			e := &ConnectError{Cause: NoDiscovery, What: fmt.Sprintf("the target does not describe itself at /%s: %v", endpoint, err),
				Remedy: "RFC 7644 section 4 wants this endpoint"}
			if answered {
				e.Status = r.status
			}
			return e
		}
	}
	return nil
}
