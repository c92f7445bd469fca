package lab

import (
	"net/http"
	"strconv"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// wireRoutes are about requests and the Activity Log.
var wireRoutes = []route{
	{"GET", "/api/requests", func(l *Lab, r *http.Request) (any, error) {
		lines := []exchangeLine{}
		for _, e := range l.wire.choose(wantedOf(r.URL.Query()).takes) {
			lines = append(lines, lineOf(e))
		}
		return lines, nil
	}},
	{"GET", "/api/requests/{seq}", oneRequest},
	{"DELETE", "/api/requests", func(l *Lab, _ *http.Request) (any, error) {
		l.wire.clear()
		return nil, nil
	}},
	{"GET", "/api/log", func(l *Lab, r *http.Request) (any, error) {
		log, err := l.log(r.URL.Query(), 0)
		if err != nil {
			return nil, err
		}
		items := []any{}
		for _, e := range log.Entries() {
			items = append(items, e.Item())
		}
		return items, nil
	}},
}

// requestJSON is a request with its answer in full.
type requestJSON struct {
	exchangeLine
	Entry    string         `json:"entry,omitempty"` // id of the entry of the Activity Log
	Exchange *wire.Exchange `json:"exchange"`
	Curl     string         `json:"curl"`
}

func oneRequest(l *Lab, r *http.Request) (any, error) {
	seq, err := strconv.Atoi(r.PathValue("seq"))
	e, ok := l.wire.one(seq)
	if err != nil || !ok {
		return nil, notFound("there is no such request, or it is not kept any more")
	}
	return requestJSON{lineOf(e), e.Entry, e.Exchange, e.Curl()}, nil
}
