package judge

import (
	"slices"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire/auth"
)

// Target is what the scenarios are run against: the embedded Secure Access
// simulator, a new one for each scenario, or a SCIM service at a URL.
type Target struct {
	Name        string
	URL         string // the base URL; empty for the embedded simulator
	Token       string
	SecondToken string // of a second client or tenant; "" if there is none
	// Credentials are the way in, if it is more than Token: Token is what stands for them.
	Credentials *auth.Credentials
}

// Way is how the target is shown who asks.
func (t Target) Way() auth.Way {
	if t.Credentials == nil {
		return auth.Way{}
	}
	return t.Credentials.Way
}

// Form is how requests show their credentials to the target.
func (t Target) Form() wire.Form {
	if t.Credentials == nil {
		return wire.Form{}
	}
	return t.Credentials.Form()
}

// Embedded is the Secure Access simulator inside this process.
func Embedded() Target { return Target{Name: "Cisco Secure Access (embedded simulator)"} }

// IsEmbedded says whether the target is the simulator inside this process.
func (t Target) IsEmbedded() bool { return t.URL == "" }

// Connection is a target as one scenario sees it.
type Connection struct {
	DuoURL      string // where Duo is sent
	Token       string
	SecondToken string
	URL         string        // where the judge looks when Duo is sent to a server in between; else baseURL
	Timeout     time.Duration // of one request of Duo's; 0 is the run's
	OnClose     []func()
}

// Close ends what serves the connection.
func (c *Connection) Close() {
	for _, stop := range slices.Backward(c.OnClose) {
		stop()
	}
	c.OnClose = nil
}
