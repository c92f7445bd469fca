package judge

import (
	"fmt"
	"time"
)

// EventStream is where the security event tokens of a target are found (RFC 9967), which no
// discovery endpoint tells.
type EventStream struct {
	Poll      string // address to poll (RFC 8936); one that begins with "/" is at the target's own host; "" for none
	TokenFile string `yaml:"token_file"` // with the bearer token for it
	File      string // tokens that were recorded before
	KeysFile  string `yaml:"keys_file"` // JWK set of the publisher
	Wait      string // how long an event may take; see Time

	Token    string       // of TokenFile or the environment; without one, an address at the target's own host is shown the target's
	Recorded []EventToken // of File
	Keys     []byte       // of KeysFile
}

// EventToken is a security event token, as it was recorded.
type EventToken struct {
	Where string // line or place in the file
	Text  string // a JWT, or its claims as a JSON object
}

// waitForEvents is how long an event may take unless the target file says otherwise.
const waitForEvents = 10 * time.Second

// Time is how long an event may take.
func (s *EventStream) Time() time.Duration {
	d, err := time.ParseDuration(s.Wait)
	if err != nil {
		return waitForEvents
	}
	return d
}

// complete refuses what makes no sense.
func (s *EventStream) complete() error {
	switch {
	case s.Poll == "" && s.File == "":
		return fmt.Errorf("events: give poll, the address of the events, or file, with events that were recorded")
	case s.Poll == "" && s.TokenFile != "":
		return fmt.Errorf("events: token_file goes with poll")
	}
	return nil
}
