package container

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// Filter chooses requests. An empty field chooses all.
type Filter struct {
	Text   string // part of the method or the URL, such as "/Users"
	Method string
	Status string // such as "201", its first digits such as "4", or "none" for no answer
	After  int    // only requests with a greater Seq
}

// Request is a request that the simulator has answered, without secrets.
type Request struct {
	Seq      int // its number, from 1, in the order of the answers
	Method   string
	Path     string // below the base URL, with the query, such as "/Users/42"
	Status   int
	Request  Message
	Response Message
}

// Message is a request or an answer.
type Message struct {
	Headers http.Header
	Body    string // at most the first 64 KiB
}

// Resources are SCIM users and groups as encoding/json takes them. An id of theirs is kept;
// schemas may be left out.
type Resources struct {
	Users  []any `json:"users"`
	Groups []any `json:"groups"`
}

// How long WaitForRequest waits: if the context has no end, and at most.
const (
	usualWait   = 10 * time.Second
	longestWait = 100 * time.Second
)

// WaitForRequest waits until a client has sent such a request, also one that came before, and
// returns the first. It waits as long as the context lets it, but at most 100 s; without a
// deadline 10 s. The error says how many requests came, or what the simulator refused.
func (c *Container) WaitForRequest(ctx context.Context, f Filter) (Request, error) {
	wait := usualWait
	if end, ok := ctx.Deadline(); ok {
		wait = min(longestWait, max(time.Until(end)*9/10, 0)) // the answer has to come before the end
	}
	q := url.Values{"timeout": {wait.String()}}
	for name, value := range map[string]string{"q": f.Text, "method": f.Method, "status": f.Status} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if f.After > 0 {
		q.Set("after", strconv.Itoa(f.After))
	}
	var found []Request
	if err := c.call(ctx, http.MethodGet, "/requests/wait?"+q.Encode(), nil, &found); err != nil {
		return Request{}, fmt.Errorf("wait for a request: %w", err)
	}
	if len(found) == 0 {
		return Request{}, errors.New("wait for a request: the simulator answered with none")
	}
	return found[0], nil
}

// Seed puts users and groups in the place of those that the directory has.
func (c *Container) Seed(ctx context.Context, r Resources) error {
	seed := map[string][]Resources{"secure_access": {r}}
	if err := c.call(ctx, http.MethodPost, "/seed", seed, nil); err != nil {
		return fmt.Errorf("seed: %w", err)
	}
	return nil
}

// Fault lets the simulator violate a requirement from now on: by an id, such as
// "RFC7644-3.3-05", which means the first of its faults. name chooses another one, or is "".
func (c *Container) Fault(ctx context.Context, requirement, name string) error {
	body := map[string]string{"name": name}
	if err := c.call(ctx, http.MethodPut, "/faults/"+url.PathEscape(requirement), body, nil); err != nil {
		return fmt.Errorf("fault: %w", err)
	}
	return nil
}

// NoFaults switches all faults off, those of WithFaults too.
func (c *Container) NoFaults(ctx context.Context) error {
	return c.call(ctx, http.MethodDelete, "/faults", nil, nil)
}

// Reset takes the simulator back to its beginning: no resources, no requests, the faults of
// WithFaults. The token stays.
func (c *Container) Reset(ctx context.Context) error {
	return c.call(ctx, http.MethodPost, "/reset", nil, nil)
}

// call asks the simulator's API. The error is what it says.
func (c *Container) call(ctx context.Context, method, path string, body, into any) error {
	var text []byte
	if body != nil {
		var err error
		if text, err = json.Marshal(body); err != nil {
			return err
		}
	}
	r, err := http.NewRequestWithContext(ctx, method, c.APIURL+path, bytes.NewReader(text))
	if err != nil {
		return err
	}
	r.SetBasicAuth("test", c.Password)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	if text, err = io.ReadAll(answer.Body); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		var refused struct {
			Error string `json:"error"`
		}
		_ = json.Unmarshal(text, &refused) // what is no error of the API is said by its status
		return errors.New(cmp.Or(refused.Error, answer.Status))
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(text, into)
}
