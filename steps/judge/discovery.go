package judge

import (
	"context"
	"fmt"
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Describe reads a discovery endpoint; nil where there is none that can be read. The
// error is the network's.
func (j *Session) Describe(ctx context.Context, endpoint string) (*scim.Object, error) {
	answer, err := j.Send(ctx, j.Client(), Reading(endpoint))
	if err != nil {
		return nil, err
	}
	object, err := ObjectIn(answer)
	if err != nil || answer.Status != http.StatusOK {
		return nil, nil //nolint:nilerr // that it is there is the business of other requirements
	}
	return object, nil
}

// Configured is a value of /ServiceProviderConfig by its path, such as "patch.supported",
// and whether it is there. The error is the network's.
func (j *Session) Configured(ctx context.Context, path string) (value any, there bool, err error) {
	config, err := j.Describe(ctx, "ServiceProviderConfig")
	if err != nil {
		return nil, false, err
	}
	value, there = At(config, path)
	return value, there, nil
}

// Discovered reads the resources of /Schemas or /ResourceTypes.
func (j *Session) Discovered(ctx context.Context, endpoint string) ([]*scim.Object, error) {
	answer, err := j.Send(ctx, j.Client(), Reading(endpoint))
	if err != nil {
		return nil, err
	}
	return ResourcesIn("GET /"+endpoint, answer)
}

// ResourcesIn are the elements of a list that has some.
func ResourcesIn(what string, answer *wire.Response) ([]*scim.Object, error) {
	if answer.Status != http.StatusOK {
		return nil, &Mismatch{What: what, Want: "200", Got: StatusOf(answer)}
	}
	body, err := answer.Object()
	if err != nil {
		return nil, &Mismatch{What: what, Want: "a list", Got: err.Error()}
	}
	var all []*scim.Object
	for i, v := range body.Array("Resources") {
		o, ok := v.(*scim.Object)
		if !ok {
			return nil, &Mismatch{What: fmt.Sprintf("%s, Resources[%d]", what, i), Want: "an object", Got: scim.KindOf(v)}
		}
		all = append(all, o)
	}
	if len(all) == 0 {
		return nil, &Mismatch{What: what, Want: "Resources", Got: "none"}
	}
	return all, nil
}

// Discovery is the answer of a discovery endpoint, read once in a run.
func (j *Session) Discovery(ctx context.Context, endpoint string) (*wire.Response, error) {
	return SharedBy(ctx, j.Run, "GET /"+endpoint, func(ctx context.Context, own *Session) (*wire.Response, error) {
		return own.Send(ctx, own.Client(), Reading(endpoint))
	})
}
