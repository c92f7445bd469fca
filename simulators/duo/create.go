package duo

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// create sends a creation and returns the id that the target gave. Without one
// it is not certain what became of the request, nor after a conflict: it may be
// with what an earlier delivery of the same request made.
func (p *Provisioner) create(ctx context.Context, w *work, c call, members []string) (string, error) {
	resp, err := p.change(ctx, w, c, members)
	if hasStatus(err, http.StatusConflict) {
		w.unanswered()
	}
	if err != nil {
		return "", err
	}
	if id := locatedID(resp, c.path[0]); id != "" {
		return id, nil
	}
	body, err := resp.FirstObject()
	if err != nil {
		w.unanswered()
		return "", fmt.Errorf("%s: the target answered %d, but without an id: %w", c, resp.Status, err)
	}
	id, err := idOf(body)
	if err != nil {
		w.unanswered()
		return "", fmt.Errorf("%s: the target answered %d, but %w", c, resp.Status, err)
	}
	return id, nil
}

// locatedID is the id in the Location of a creation that was answered without a body: the
// address is demanded, the body is only recommended (RFC 7644 section 3.3).
func locatedID(resp *wire.Response, endpoint string) string {
	if resp.Status != http.StatusCreated || len(resp.Body) > 0 {
		return ""
	}
	id, _ := wire.IDIn(resp.Header.Get("Location"), endpoint)
	return id
}

// idOf is the id without which nothing can be changed later (RFC 7643 section 3.1). A
// number, which it must not be, serves as its text.
func idOf(resource *scim.Object) (string, error) {
	v, ok := resource.Get("id")
	if !ok {
		return "", errors.New("the resource has no id")
	}
	id := scim.IDOf(resource)
	if id == "" {
		return "", fmt.Errorf("the resource's id is %s, it has to be a text that is not empty", excerpt(v))
	}
	return id, nil
}
