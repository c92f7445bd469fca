package visit

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/client"
)

// ask sends the endpoint a request that is not recorded.
func (h *Host) ask(method, path string, body *scim.Object) (*rewrite.Answer, error) {
	var raw []byte
	if body != nil {
		raw, _ = body.MarshalJSON()
	}
	r, err := http.NewRequestWithContext(context.Background(), method, h.base+path, bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+h.options.Token)
	r.Header.Set("Content-Type", scim.MediaType)
	a := rewrite.Serve(h.server, r)
	if !a.OK() {
		return nil, fmt.Errorf("the endpoint answers its own %s %s with %d: %s", method, path, a.Status, a.Raw)
	}
	return a, nil
}

// state reads everything that the endpoint holds.
func (h *Host) state() (client.State, error) {
	var s client.State
	for path, list := range map[string]*[]*scim.Object{"/Users": &s.Users, "/Groups": &s.Groups} {
		for {
			a, err := h.ask(http.MethodGet, path+"?count=200&startIndex="+strconv.Itoa(len(*list)+1), nil)
			if err != nil {
				return s, err
			}
			page := a.Resources()
			if *list = append(*list, page...); len(page) == 0 || len(*list) >= rewrite.WholeOf(a) {
				break
			}
		}
	}
	return s, nil
}

// create puts people there whom the client does not know of.
func (h *Host) create(people ...client.Person) error {
	for _, p := range people {
		if _, err := h.ask(http.MethodPost, "/Users", userOf(p)); err != nil {
			return err
		}
	}
	return nil
}

// userOf is a user as somebody else would have made it: with another display name.
func userOf(p client.Person) *scim.Object {
	return scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.UserURN}},
		scim.Member{Name: "userName", Value: p.UserName},
		scim.Member{Name: "displayName", Value: "made by somebody else"},
		scim.Member{Name: "active", Value: true},
	)
}
