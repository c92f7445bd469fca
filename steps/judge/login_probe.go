package judge

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// LoginProbe is how to find out whether a person gets in at the target, which no SCIM
// request tells: by an HTTP request or by a command. In its texts {userName}, {password},
// {id} and {basic} stand for the person, {session} for what the login gave, and {env:NAME}
// for a variable of the environment.
type LoginProbe struct {
	URL     string // one that begins with "/" is at the target's own host; "" for a command
	Method  string
	Headers map[string]string
	Body    string
	Command []string
	In, Out []int  // statuses or exit codes; any other says nothing
	Timeout string // a duration; see Time

	Session *SessionProbe // nil: nobody can tell what becomes of a session
}

// SessionProbe is how to find out whether a session from before is still good.
type SessionProbe struct {
	Take       string // the member of the login's answer that is the session; "" for its cookies, or what the command printed
	LoginProbe `yaml:",inline"`
}

// mostProbe is how long a probe takes unless the target file says otherwise.
const mostProbe = 10 * time.Second

// Time is how long one probe may take.
func (p *LoginProbe) Time() time.Duration {
	d, err := time.ParseDuration(p.Timeout)
	if err != nil {
		return mostProbe
	}
	return d
}

// complete fills in what the target file leaves to its defaults, and refuses what makes no
// sense.
func (p *LoginProbe) complete(where string) error {
	switch {
	case p.URL == "" && len(p.Command) == 0:
		return fmt.Errorf("%s: give a url or a command", where)
	case p.URL != "" && len(p.Command) > 0:
		return fmt.Errorf("%s: give a url or a command, not both", where)
	case p.URL == "" && (p.Method != "" || p.Body != "" || len(p.Headers) > 0):
		return fmt.Errorf("%s: method, headers and body go with a url, not with a command", where)
	}
	method, in, out := http.MethodGet, []int{http.StatusOK}, []int{http.StatusUnauthorized, http.StatusForbidden}
	if p.Body != "" {
		method = http.MethodPost
	}
	if p.URL == "" {
		in, out = []int{0}, []int{1}
	}
	p.Method = cmp.Or(p.Method, method)
	if len(p.In) == 0 {
		p.In = in
	}
	if len(p.Out) == 0 {
		p.Out = out
	}
	for _, status := range p.In {
		if slices.Contains(p.Out, status) {
			return fmt.Errorf("%s: %d says both in and out: take it from one of them", where, status)
		}
	}
	if p.Session == nil {
		return nil
	}
	if p.Session.Session != nil {
		return fmt.Errorf("%s.session: a session has no session of its own", where)
	}
	return p.Session.complete(where + ".session")
}
