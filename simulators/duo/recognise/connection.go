package recognise

import (
	"maps"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// connection looks for the request behind "Connect to application", for discovery,
// and for what follows an answer that asks to wait.
func (r *reading) connection() {
	probe := r.probe()
	r.discovery(probe)
	again := r.repetitions()
	for n, i := range r.items {
		r.retry(n, i, again)
	}
}

// repetitions are the places of each request that is there more than once and was
// asked to wait.
func (r *reading) repetitions() map[string][]int {
	places := map[string][]int{}
	for _, i := range r.items {
		if asksToWait(i) {
			places[i.sent()] = nil
		}
	}
	if len(places) == 0 {
		return nil
	}
	for n, i := range r.items {
		if _, asked := places[i.sent()]; asked {
			places[i.sent()] = append(places[i.sent()], n)
		}
	}
	return places
}

func asksToWait(i *item) bool {
	return i.x.Status == http.StatusTooManyRequests || i.x.Status == http.StatusServiceUnavailable
}

// sent is all that tells one request from another.
func (i *item) sent() string { return i.x.Method + " " + i.x.URL + " " + string(i.x.RequestBody) }

// probe is the request that tests the connection, or nil if the recording begins
// later. It comes before anything is written, and asks for no user who is created.
func (r *reading) probe() *item {
	for _, i := range r.items {
		switch {
		case i.writes():
			return nil
		case i.endpoint == users && i.id == "":
			return r.showProbe(i)
		case i.endpoint == groups:
			r.against("probe", i, "the first request is about groups")
			return i
		}
	}
	return nil
}

func (r *reading) showProbe(i *item) *item {
	count := i.query.Get("count")
	switch {
	case i.query.Has("filter"):
		if r.comesBack(i) {
			return nil // a look-up: the recording begins after the connection was made
		}
		r.show("probe", duo.Choice(duo.ProbeFilter), i, "the filter %s matches nobody", i.query.Get("filter"))
	case len(i.query) == 0:
		r.show("probe", duo.Choice(duo.ProbeAllUsers), i, "no parameter")
	case count == "1" && i.query.Get("startIndex") == "1" && len(i.query) == 2:
		r.show("probe", duo.Choice(duo.ProbeOneUser), i, "startIndex=1&count=1")
	default:
		if n, err := strconv.Atoi(count); err == nil && n > 1 {
			return nil // a page: a probe or a look-up, and nobody can tell
		}
		r.against("probe", i, "the parameters are %s", parametersOf(i))
	}
	return i
}

// comesBack says whether somebody whom a filter asks for is there, or is created.
func (r *reading) comesBack(i *item) bool {
	_, name, ok := i.asked()
	if !ok || len(i.resources()) > 0 {
		return true
	}
	return slices.ContainsFunc(r.items, func(other *item) bool {
		if !other.creates(users) {
			return false
		}
		return strings.EqualFold(other.body.String("userName"), name) || strings.EqualFold(other.body.String("externalId"), name)
	})
}

// parametersOf names the parameters of a request.
func parametersOf(i *item) string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(i.query)) {
		all = append(all, name+"="+i.query.Get(name))
	}
	return strings.Join(all, "&")
}

// discovery looks for what a target says about itself. That nothing was asked shows
// something only where a connection test was recorded.
func (r *reading) discovery(probe *item) {
	asked := map[string]*item{}
	for _, i := range r.items {
		switch i.endpoint {
		case "ServiceProviderConfig", "ResourceTypes", "Schemas":
			asked[i.endpoint] = i
		}
	}
	switch {
	case len(asked) == 3:
		r.show("discovery", duo.Choice(duo.ReadsDiscovery), asked["Schemas"], "all three endpoints of discovery are read")
	case len(asked) > 0:
		names := slices.Sorted(maps.Keys(asked))
		r.against("discovery", asked[names[0]], "of the endpoints of discovery only %s", strings.Join(names, " and "))
	case probe != nil:
		r.show("discovery", duo.Choice(duo.NoDiscoveryRequest), probe, "the connection is tested, and nothing of discovery is read")
	}
}

// retry looks at what comes after an answer that asks to wait.
func (r *reading) retry(n int, i *item, again map[string][]int) {
	if !asksToWait(i) {
		return
	}
	after, ok := (&wire.Response{Header: i.x.ResponseHeader}).RetryAfter(i.x.Started)
	if !ok || i.x.Started.IsZero() {
		return
	}
	const maxWait = time.Minute // longer waits are left to a later pass
	if after > maxWait {
		return
	}
	places := again[i.sent()]
	if next, _ := slices.BinarySearch(places, n+1); next < len(places) {
		later := r.items[places[next]]
		r.repeated(later, places[next] == n+1, later.x.Started.Sub(i.x.Started.Add(i.x.Duration)), after)
		return
	}
	last := r.items[len(r.items)-1]
	if last.x.Started.Sub(i.x.Started) > after+maxWait {
		r.show("retry", duo.Choice(duo.RetryNever), i, "asked to wait %v, the request does not come again", after)
	}
}

// repeated tells a request that is sent again as it was asked from one that a later
// pass sends.
func (r *reading) repeated(later *item, next bool, gap, after time.Duration) {
	const slack = 30 * time.Second
	switch {
	case gap >= after-50*time.Millisecond && (next || gap <= after+slack):
		r.show("retry", duo.Choice(duo.RetryAfter), later, "the request comes again after %v; asked to wait were %v", gap.Round(time.Millisecond), after)
	case next:
		r.against("retry", later, "the request comes again after %v, although asked to wait were %v", gap.Round(time.Millisecond), after)
	default:
		r.show("retry", duo.Choice(duo.RetryNever), later, "the request comes again after other ones")
	}
}

// envelope looks at what every request has.
func (r *reading) envelope(i *item) {
	if len(i.x.RequestHeader) == 0 {
		return // the program that recorded keeps no headers
	}
	if i.x.RequestHeader.Get("User-Agent") == "" {
		r.show("user-agent", duo.Choice(duo.AgentEmpty), i, "no User-Agent")
	} else {
		r.show("user-agent", duo.Choice(duo.AgentNamed), i, "User-Agent: %s", i.x.RequestHeader.Get("User-Agent"))
	}
	for _, name := range []string{"Content-Type", "Accept"} {
		if v := i.x.RequestHeader.Get(name); v != "" {
			r.mediaType(i, name, v)
		}
	}
	if scheme, _, _ := strings.Cut(i.x.RequestHeader.Get("Authorization"), " "); scheme != "" && !strings.EqualFold(scheme, "Bearer") && !strings.HasPrefix(scheme, "[") {
		r.strange(i, "the authentication is %s; documented is a bearer token", scheme)
	}
	r.request(i)
}

func (r *reading) mediaType(i *item, name, value string) {
	media, _, err := mime.ParseMediaType(value)
	switch {
	case err == nil && media == string(duo.SCIMJSON):
		r.show("media-type", duo.Choice(duo.SCIMJSON), i, "%s: %s", name, value)
	case err == nil && media == string(duo.PlainJSON):
		r.show("media-type", duo.Choice(duo.PlainJSON), i, "%s: %s", name, value)
	default:
		r.against("media-type", i, "%s: %s", name, value)
	}
}

// request says which requests the model never sends.
func (r *reading) request(i *item) {
	switch i.endpoint {
	case "Bulk", "Me", ".search":
		r.strange(i, "the model does not use /%s", i.endpoint)
		return
	case users, groups:
	default:
		return
	}
	known := map[string]bool{http.MethodGet: true, http.MethodPost: i.id == "", http.MethodPut: i.id != "", http.MethodPatch: i.id != "", http.MethodDelete: i.id != ""}
	if !known[i.x.Method] {
		r.strange(i, "the model does not send %s here", i.x.Method)
	}
	if i.writes() && i.x.Method != http.MethodDelete && i.body == nil {
		why := "is no JSON object"
		if i.x.RequestTruncated {
			why = "was not recorded as a whole"
		}
		r.strange(i, "the body %s", why)
	}
	for _, name := range slices.Sorted(maps.Keys(i.query)) {
		if !slices.Contains([]string{"filter", "startIndex", "count", "excludedAttributes"}, name) {
			r.strange(i, "the model does not send the parameter %q", name)
		}
	}
}
