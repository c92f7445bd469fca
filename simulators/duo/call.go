package duo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// call is one request to the target.
type call struct {
	method string
	path   []string
	query  [][2]string
	body   *scim.Object
}

// String names the request in messages, without its query.
func (c call) String() string {
	segments := make([]string, len(c.path))
	for i, s := range c.path {
		segments[i] = cut(url.PathEscape(s))
	}
	return c.method + " /" + strings.Join(segments, "/")
}

// do sends the request and returns the answer if it is a success. The error is
// a *refusal, a *wire.TransportError or the context's.
func (p *Provisioner) do(ctx context.Context, c call) (*wire.Response, error) {
	r := wire.Request{Method: c.method, Path: c.path, Query: c.query}
	if c.body != nil {
		r.Body = c.body
	}
	if p.plan != nil {
		return p.plan.answer(c), nil
	}
	client := p.dressed()
	for retries := 0; ; retries++ {
		resp, err := client.Do(ctx, r)
		if err == nil {
			err = refused(c, resp)
		}
		p.current.tally(err)
		if resp == nil {
			return nil, err
		}
		wait := p.wait(resp, retries)
		if err == nil || wait < 0 {
			return resp, err
		}
		if err := p.opt.Sleep(ctx, wait); err != nil {
			return nil, err
		}
	}
}

// dressed is the client as the profile wants it to look.
func (p *Provisioner) dressed() *wire.Client {
	client := p.client
	client.MediaType = string(fieldMediaType.ask(p.answers))
	if fieldUserAgent.ask(p.answers) == AgentEmpty {
		client.UserAgent = new(string)
	}
	return &client
}

// refusal is an answer that is no success.
type refusal struct {
	call   call
	status int
	what   string // what the target said, or what is wrong with the answer
}

func (r *refusal) Error() string {
	text := fmt.Sprintf("%s: the target answered %d", r.call, r.status)
	if name := http.StatusText(r.status); name != "" {
		text += " " + name
	}
	if r.what != "" {
		text += ": " + r.what
	}
	if h := hint(r.call, r.status); h != "" {
		text += "; " + h
	}
	return text
}

// refused turns an answer that is no success into an error: every status but
// 2xx, and a 2xx with a SCIM error message as its body.
func refused(c call, resp *wire.Response) error {
	if resp.Status >= 200 && resp.Status < 300 {
		if said, ok := errorBody(resp); ok {
			return &refusal{c, resp.Status, "an error message under a status of success: " + said}
		}
		return nil
	}
	what := ""
	if f := resp.Fault(); f != nil {
		what = strings.TrimSpace(f.ScimType + " " + f.Detail)
	}
	return &refusal{c, resp.Status, short(what)}
}

// errorBody returns what the body says if it is a SCIM error message.
func errorBody(resp *wire.Response) (string, bool) {
	if !mentions(resp.Body, "Error\"") {
		return "", false // most answers: they are not read twice
	}
	body, err := resp.FirstObject()
	if err != nil {
		return "", false
	}
	for _, urn := range body.Array("schemas") {
		if s, _ := urn.(string); strings.EqualFold(s, scim.ErrorURN) {
			return short(strings.TrimSpace(body.String("status") + " " + body.String("detail"))), true
		}
	}
	return "", false
}

// mentions says whether the body has the text in any case, which ends the URN of an
// error message.
func mentions(body []byte, text string) bool {
	for i := 0; i+len(text) <= len(body); i++ {
		if body[i]|0x20 == text[0]|0x20 && bytes.EqualFold(body[i:i+len(text)], []byte(text)) {
			return true
		}
	}
	return false
}

// hint says what a status means for provisioning and what to do about it.
func hint(c call, status int) string {
	switch status {
	case http.StatusUnauthorized:
		return "it does not accept the token: generate a new one and connect again"
	case http.StatusForbidden:
		return "it does not allow this: check the token's rights and the target's limits"
	case http.StatusNotFound:
		if len(c.path) == 1 {
			return "it has no such endpoint: check the base URL, or whether it supports this kind of resource"
		}
		return "it no longer has this resource"
	case http.StatusMethodNotAllowed, http.StatusNotImplemented:
		return "it does not support " + c.method + " here"
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return "it asks to try again later: the next pass does"
	}
	if status >= 300 && status < 400 {
		return "a redirect is followed for reading only: use the final address as base URL"
	}
	return ""
}

// hasStatus says whether the error is an answer with this status.
func hasStatus(err error, status int) bool {
	r, ok := errors.AsType[*refusal](err)
	return ok && r.status == status
}
