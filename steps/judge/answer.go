package judge

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// TheRequest names the last request in a message: "GET /Users".
func (j *Session) TheRequest() string {
	return j.Asked.Method + " /" + strings.Join(j.Asked.Path, "/")
}

// QueryText is the query of a request for a message, with its question mark; "" without one.
func QueryText(r wire.Request) string {
	var parts []string
	for _, q := range r.Query {
		parts = append(parts, q[0]+"="+q[1])
	}
	if len(parts) == 0 {
		return ""
	}
	return "?" + strings.Join(parts, "&")
}

// ValueOf is an attribute of the last answer or of a subject as it was last
// seen. "header X" is a header of the last answer.
func (j *Session) ValueOf(whose, path string) (any, error) {
	if whose == "the answer" || whose == "its" {
		j.lookAtAnswer()
	}
	if header, ok := strings.CutPrefix(path, "header "); ok {
		if j.Last == nil {
			return nil, fmt.Errorf("nothing was asked")
		}
		if values := j.Last.Header.Values(header); len(values) > 0 {
			return strings.Join(values, ", "), nil
		}
		if header == "ETag" && j.Last.Status >= 400 { // a refusal has no version
			return nil, j.refusedInstead(header)
		}
		return nil, &Mismatch{What: "the header " + header, Want: "a value", Got: "none"}
	}
	if isReadOfOne(j.Asked) && j.Last != nil && whose[0] != '"' && strings.HasPrefix(path, "Resources") {
		object, _ := ObjectIn(j.Last) // whether it is a list is the question: see Answered
		if value, ok := At(object, path); ok {
			return value, nil
		}
	}
	var from *scim.Object
	if whose == "the answer" || whose == "its" {
		answer, err := j.Answered()
		if err != nil {
			return nil, err
		}
		from = answer
	} else {
		s, err := j.Subject(strings.Trim(whose, `"`))
		if err != nil {
			return nil, err
		}
		if path == "etag" && s.Etag != "" {
			return s.Etag, nil
		}
		from = s.Shown
	}
	value, ok := At(from, path)
	switch {
	case ok:
		return value, nil
	case from != nil && whose[0] != '"' && j.Last.Status >= 400: // the status first: a refusal has no such value
		return nil, j.refusedInstead(path)
	}
	return nil, &Mismatch{What: path, Want: "a value", Got: "none"}
}

// refusedInstead tells the status of the last answer, which was to show something.
func (j *Session) refusedInstead(what string) *Mismatch {
	return &Mismatch{What: "the answer to " + j.TheRequest() + QueryText(j.Asked), Want: "a success that shows " + what, Got: StatusOf(j.Last)}
}

// Answered is the last answer's JSON object.
func (j *Session) Answered() (*scim.Object, error) {
	if j.Last == nil {
		return nil, fmt.Errorf("nothing was asked")
	}
	j.lookAtAnswer()
	if j.located != nil && len(j.Last.Body) == 0 {
		return j.located, nil
	}
	if j.unlocated != nil {
		return nil, j.unlocated
	}
	v, _, err := ValueIn(j.Last)
	object, isObject := v.(*scim.Object)
	if items, bare := v.([]any); bare && len(j.Asked.Path) == 1 { // an array for a list
		object, isObject = bareList(items), true
	}
	if inner := onlyElement(object); inner != nil && isReadOfOne(j.Asked) && scim.IDOf(inner) == j.Asked.Path[1] {
		object = inner // a list of one for a resource
	}
	if err == nil && !isObject {
		err = fmt.Errorf("a JSON object was expected, got a JSON %s", scim.KindOf(v))
	}
	if err != nil {
		got := err.Error()
		if j.Last.Status >= 400 { // the status first
			got = StatusOf(j.Last) + ": " + got
		}
		return nil, &Mismatch{What: "the answer to " + j.TheRequest(), Want: "a JSON object", Got: got}
	}
	return object, nil
}

// bareList is the list that an array stands for.
func bareList(items []any) *scim.Object {
	return scim.NewObject(scim.Member{Name: "Resources", Value: items})
}

// Answers are those to the requests of a sentence that sends several, or the last one.
func (j *Session) Answers() ([]Answer, error) {
	switch {
	case len(j.Several) > 0:
		return j.Several, nil
	case j.Last != nil:
		j.lookAtAnswer()
		return []Answer{j.LastAnswer()}, nil
	}
	return nil, fmt.Errorf("nothing was asked")
}

// RequestText names a request with its query or body: "GET /Users?count=2".
func RequestText(r wire.Request) string {
	if body, ok := r.Body.(*scim.Object); ok {
		return r.Method + " /" + JoinPath(r.Path) + " with " + Text(body)
	}
	return r.Method + " /" + JoinPath(r.Path) + QueryText(r)
}

// StatusOf is an answer's status with what its error says.
func StatusOf(r *wire.Response) string {
	s := strconv.Itoa(r.Status)
	if fault := r.Fault(); fault != nil && (fault.Detail != "" || fault.ScimType != "") {
		s += " (" + strings.TrimSpace(fault.ScimType+" "+fault.Detail) + ")"
	}
	return s
}

// Answer is one request with its answer.
type Answer struct {
	Request  wire.Request
	Response *wire.Response
	Body     *scim.Object   // read leniently; nil if the answer is no JSON object
	Bare     bool           // the answer is an array, which Body has as the Resources of a list
	Flaw     string         // what a strict reader says of the body; "" if nothing
	Exchange *wire.Exchange // as it was recorded; nil if it was not
}

// String names the request: "GET /Users?count=2".
func (s Answer) String() string {
	return fmt.Sprintf("%s /%s%s", s.Request.Method, JoinPath(s.Request.Path), QueryText(s.Request))
}

// LastAnswer is the last answer with its request.
func (j *Session) LastAnswer() Answer {
	a := AnswerOf(j.Asked, j.Last)
	a.Exchange = j.asked
	return a
}

// AnswerOf keeps an answer with its request.
func AnswerOf(r wire.Request, answer *wire.Response) Answer {
	s := Answer{Request: r, Response: answer}
	v, flaw, _ := ValueIn(answer)
	s.Body, _ = v.(*scim.Object)
	if items, isArray := v.([]any); isArray && len(r.Path) == 1 {
		s.Body, s.Bare = bareList(items), true
	}
	s.Flaw = flaw
	return s
}
