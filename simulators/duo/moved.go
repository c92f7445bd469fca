package duo

import (
	"fmt"
	"net/url"
	"strings"
)

// MovedError says that the state was made with another target. Its links name the
// accounts of that one. Nothing was sent.
type MovedError struct {
	Known string // base URL of the target that the state was made with
	Asked string // base URL of the target now
}

// Error says which targets these are, and how to go on.
func (e *MovedError) Error() string {
	return fmt.Sprintf("the state was made with the target %s, and the target is now %s: nothing was sent. "+
		"Give the target that the state was made with, or another --state. To stay with this state, run sync once with "+
		"--restart forget, which matches everybody anew at the new target, or with --restart keep "+
		"if it is the same server under a new address", e.Known, e.Asked)
}

// sameTarget compares the target with that of the state. It says whether the state has
// to note this one: an older state does not know its target.
func (p *Provisioner) sameTarget() (note bool, err error) {
	switch {
	case sameURL(p.state.Target, p.client.BaseURL):
		return false, nil
	case p.state.Target == "" || p.opt.Moved:
		return true, nil
	}
	return false, &MovedError{Known: p.state.Target, Asked: p.client.BaseURL}
}

// CheckTarget returns a *MovedError if the state was made with another target.
func (p *Provisioner) CheckTarget() error {
	_, err := p.sameTarget()
	return err
}

// sameURL compares base URLs. Upper and lower case of scheme and host, the scheme's own
// port and a slash at the end make no difference (RFC 3986 section 6.2).
func sameURL(a, b string) bool { return normalURL(a) == normalURL(b) }

func normalURL(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return text
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	if usual := map[string]string{"http": ":80", "https": ":443"}[u.Scheme]; usual != "" {
		u.Host = strings.TrimSuffix(u.Host, usual)
	}
	return strings.TrimRight(u.String(), "/")
}
