package judge

import (
	"context"
	"net/http"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Describe reads a discovery endpoint; nil where there is none that can be read. The
// error is the network's.
func (j *Session) Describe(ctx context.Context, endpoint string) (*scim.Object, error) {
	answer, err := j.describe(ctx, endpoint)
	if err != nil {
		return nil, err
	}
	object, err := ObjectIn(answer)
	if err != nil || answer.Status != http.StatusOK {
		return nil, nil //nolint:nilerr // that it is there is the business of other requirements
	}
	return object, nil
}

// described are the answers that a real target has given to reads of its discovery
// endpoints: it says of itself what it says, and is not asked again by each example.
type described struct {
	mu      sync.Mutex
	answers map[string]description
}

// discoveryEndpoints are those of RFC 7644 section 4.
var discoveryEndpoints = []string{"ServiceProviderConfig", "ResourceTypes", "Schemas"}

type description struct {
	answer   *wire.Response
	exchange *wire.Exchange
}

// describe reads a discovery endpoint, or takes what another example has read there.
func (j *Session) describe(ctx context.Context, endpoint string) (*wire.Response, error) {
	if d, ok := j.borrowDescription(endpoint); ok {
		return d.answer, nil
	}
	answer, err := j.Send(ctx, j.Client(), Reading(endpoint))
	if err == nil {
		j.keepDescription(endpoint, answer)
	}
	return answer, err
}

// borrowDescription is what another example has read; false where this one has to ask: on
// the embedded target, and where nothing is taken for granted.
func (j *Session) borrowDescription(endpoint string) (description, bool) {
	if j.scope == nil || j.Thorough {
		return description{}, false
	}
	of := &j.Run.described
	of.mu.Lock()
	defer of.mu.Unlock()
	d, known := of.answers[endpoint]
	if known {
		j.spared = true
		j.borrowEvidence(d.exchange)
	}
	return d, known
}

func (j *Session) keepDescription(endpoint string, answer *wire.Response) {
	exchange := j.lastExchange()
	if answer.Status != http.StatusOK || exchange == nil || !strings.HasSuffix(exchange.URL, "/"+endpoint) {
		return
	}
	of := &j.Run.described
	of.mu.Lock()
	defer of.mu.Unlock()
	if of.answers == nil {
		of.answers = map[string]description{}
	}
	of.answers[endpoint] = description{answer, exchange}
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
	answer, err := j.describe(ctx, endpoint)
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
	list, err := ListIn(answer)
	if err != nil {
		return nil, &Mismatch{What: what, Want: "a list", Got: err.Error()}
	}
	all := list.Resources
	if len(all) == 0 {
		return nil, &Mismatch{What: what, Want: "Resources", Got: "none"}
	}
	return all, nil
}

// Discovery is the answer of a discovery endpoint, read once in a run.
func (j *Session) Discovery(ctx context.Context, endpoint string) (*wire.Response, error) {
	return SharedBy(ctx, j.Run, "GET /"+endpoint, func(ctx context.Context, own *Session) (*wire.Response, error) {
		return own.describe(ctx, endpoint)
	})
}

// Missing is how a target refuses a discovery endpoint that it does not have; "" if it has it.
func (j *Session) Missing(ctx context.Context, endpoint string) (string, error) {
	answer, err := j.Discovery(ctx, endpoint)
	if err != nil || !IsAbsent(answer) {
		return "", err
	}
	return StatusOf(answer), nil
}

// Undescribed says that the target does not answer a request for what it says of itself,
// if the last answer is one to such a request: what it would say cannot be judged then,
// and the requirement on the endpoint tells it.
func (j *Session) Undescribed(ctx context.Context, m *Mismatch) string {
	for _, endpoint := range discoveryEndpoints {
		asked := len(j.Asked.Path) > 0 && j.Asked.Path[0] == endpoint
		if !asked && !strings.Contains(m.What, "/"+endpoint) {
			continue
		}
		if refusal, err := j.Missing(ctx, endpoint); err == nil && refusal != "" {
			return "the target does not say it: GET /" + endpoint + " is answered " + refusal
		}
	}
	return ""
}
