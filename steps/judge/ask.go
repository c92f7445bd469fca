package judge

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// NextHeader sets a header, or without a value sees to it that there is none.
func (j *Session) NextHeader(name, value string) error {
	value, err := j.Expand(value)
	if err != nil {
		return err
	}
	if value == "" {
		j.WithoutHeader(name)
		return nil
	}
	if j.Next.Header == nil {
		j.Next.Header = http.Header{}
	}
	j.Next.Header.Set(name, value)
	return nil
}

// WithoutHeader sees to it that the next request has no such header.
func (j *Session) WithoutHeader(name string) {
	if j.Next.Header == nil {
		j.Next.Header = http.Header{}
	}
	j.Next.Header[http.CanonicalHeaderKey(name)] = nil
}

// Ask sends a request and keeps its answer for the Thens.
func (j *Session) Ask(ctx context.Context, method string, path []string, query [][2]string, body any) error {
	r := wire.Request{Method: method, Path: path, Query: query, Header: j.Next.Header, Body: body}
	sent := r
	if j.Next.Secret[0] != "" {
		sent.Query = append(slices.Clone(query), j.Next.Secret)
	}
	asksPlainly := method == http.MethodGet && len(path) == 1 && query == nil && body == nil && j.Next.plain()
	client := j.nextClient()
	if _, made := j.Next.Header["Authorization"]; made && len(j.Next.Header["Authorization"]) > 0 {
		ctx = wire.WithCredentials(ctx, j.Next.Credentials)
	}
	j.Next = NextRequest{}
	if asksPlainly && len(j.Wire.Exchanges()) == 0 {
		if d, ok := j.borrowDescription(path[0]); ok {
			j.Last, j.Asked, j.Several, j.asked = d.answer, r, nil, d.exchange
			return nil
		}
	}
	if j.Run.Rehearse != nil {
		if err := j.Run.Rehearse(ctx, j, sent); err != nil {
			return err
		}
	}
	answer, err := j.Send(ctx, client, sent)
	if err != nil {
		return err
	}
	if asksPlainly && slices.Contains(discoveryEndpoints, path[0]) {
		j.keepDescription(path[0], answer)
	}
	j.Last, j.Asked, j.Several, j.asked = answer, r, nil, j.lastExchange()
	return j.locate(ctx)
}

// locate reads what a creation made, where the answer has no body but says where it
// is: the body is recommended, the address is demanded (RFC 7644 section 3.3).
func (j *Session) locate(ctx context.Context) error {
	j.located, j.unlocated = nil, nil
	if j.Asked.Method != http.MethodPost || j.Last.Status != http.StatusCreated || len(j.Last.Body) > 0 || len(j.Asked.Path) != 1 {
		return nil
	}
	id, ok := wire.IDIn(j.Last.Header.Get("Location"), j.Asked.Path[0])
	if !ok || id == "" {
		j.unlocated = noID(j.Asked.Path[0], j.Last)
		return nil
	}
	located, err := j.Read(ctx, j.Asked.Path[0], id)
	if IsLost(err) {
		return err
	}
	j.located = located
	return nil
}

// nextClient is the client of the next request, as the example has prepared it.
func (j *Session) nextClient() *wire.Client {
	token, base := j.Conn.Token, cmp.Or(j.Next.Base, j.Conn.URL)
	if j.Next.Second {
		token = j.Conn.SecondToken
	}
	client := j.ClientAt(base, token)
	if j.Next.bare != "" {
		client.HTTP.Transport = bareParameter{next: client.HTTP.Transport, name: j.Next.bare}
	}
	return client
}

// Creating also gives the name to what came of it, if it was created.
func (j *Session) Creating(ctx context.Context, kind, name string, body *scim.Object) error {
	collection := CollectionOf(kind)
	if err := j.Ask(ctx, http.MethodPost, []string{collection}, nil, body); err != nil {
		return err
	}
	if j.Last.Status/100 != 2 {
		j.notMade[name] = &Mismatch{What: "the creation of " + name, Want: "201", Got: StatusOf(j.Last)}
		return nil
	}
	return j.AdoptIfShown(ctx, name, collection, j.Last)
}

// AdoptIfShown is Adopt for an answer that is judged itself. If it tells no id, steps that
// need the resource are blocked, and no others.
func (j *Session) AdoptIfShown(ctx context.Context, name, collection string, answer *wire.Response) error {
	err := j.Adopt(ctx, name, collection, answer)
	if blocked, ok := errors.AsType[*Blocked](err); ok {
		j.notMade[name] = blocked
		return nil
	}
	return err
}

// SendTo splits a target such as "/Users/{A.id}?attributes=userName" before it
// fills in the placeholders, so that an id with a slash stays one segment. In
// the path, %2F and the like are written as they are to be sent.
func (j *Session) SendTo(ctx context.Context, method, target string, query [][2]string, body any) error {
	path, rawQuery, _ := strings.Cut(target, "?")
	var segments []string
	for segment := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
		if segment == "" {
			continue
		}
		segment, err := url.PathUnescape(segment)
		if err != nil {
			return err
		}
		if segment, err = j.Expand(segment); err != nil {
			return err
		}
		segments = append(segments, segment)
	}
	for pair := range strings.SplitSeq(rawQuery, "&") {
		if pair == "" {
			continue
		}
		name, value, equals := strings.Cut(pair, "=")
		if !equals {
			j.Next.bare = name
		}
		value, err := j.Expand(value)
		if err != nil {
			return err
		}
		query = append(query, [2]string{name, value})
	}
	if b, ok := body.([]byte); ok && len(bytes.TrimSpace(b)) == 0 {
		body = []byte{}
	}
	return j.Ask(ctx, method, segments, query, j.WithNeeds(method, segments, body))
}

// QueryOf reads parameters from a table of names and values.
func (j *Session) QueryOf(rows [][]string) ([][2]string, error) {
	var query [][2]string
	for _, row := range rows {
		value, err := j.Expand(row[1])
		if err != nil {
			return nil, err
		}
		query = append(query, [2]string{row[0], value})
	}
	return query, nil
}

// WrongToken has the form of a token and belongs to nobody.
const WrongToken = "wrong-token-of-nobody"

// bareParameter takes the equals sign off a parameter without a value.
type bareParameter struct {
	next http.RoundTripper
	name string
}

// RoundTrip sends the request with the bare parameter.
func (b bareParameter) RoundTrip(r *http.Request) (*http.Response, error) {
	changed := r.Clone(r.Context())
	changed.URL.RawQuery = strings.Replace(r.URL.RawQuery, b.name+"=", b.name, 1)
	return b.next.RoundTrip(changed)
}

// versionSegment is the end of a base URL that names the protocol's version.
var versionSegment = regexp.MustCompile(`/v\d+$`)

// AtVersion is the base URL with the version where the standard has it: before the
// endpoint, in place of the one that the base URL ends in (RFC 7644 section 3.13).
func AtVersion(base, version string) string {
	return versionSegment.ReplaceAllString(strings.TrimRight(base, "/"), "") + "/" + version
}

// NextRequest is what the example has prepared for its next request alone.
type NextRequest struct {
	Header      http.Header
	Credentials string    // how its Authorization is made of the token, see wire.WithCredentials; "" for the token itself
	Secret      [2]string // a parameter that no message may show
	Base        string    // the base URL, if it is not the target's
	bare        string    // the name of a parameter that is sent without an equals sign
	Second      bool      // it is the second client's
}

// plain says whether nothing is prepared: the request is like any other.
func (n *NextRequest) plain() bool {
	return n.Header == nil && n.Secret[0] == "" && n.Base == "" && n.bare == "" && !n.Second
}

// Visit sends a request and keeps it with its answer.
func (j *Session) Visit(ctx context.Context, r wire.Request) (Answer, error) {
	answer, err := j.Send(ctx, j.Client(), r)
	if err != nil {
		return Answer{}, err
	}
	a := AnswerOf(r, answer)
	a.Exchange = j.lastExchange()
	return a, nil
}
