package duo

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
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
	body, err := resp.Object()
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

// idOf is the id without which nothing can be changed later (RFC 7643 section 3.1).
func idOf(resource *scim.Object) (string, error) {
	v, ok := resource.Get("id")
	if !ok {
		return "", errors.New("the resource has no id")
	}
	id, isText := v.(string)
	if !isText || id == "" {
		return "", fmt.Errorf("the resource's id is %s, it has to be a text that is not empty", excerpt(v))
	}
	return id, nil
}
