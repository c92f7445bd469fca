package judge

import "time"

// Granted is what an authorization server has granted the run for its way in.
type Granted struct {
	ByAssertion bool          // the client has shown a signed assertion (RFC 7523), no secret
	Life        time.Duration // of the access token, as "expires_in" says; 0 where it does not say
}
