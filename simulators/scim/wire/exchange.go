package wire

import (
	"net/http"
	"time"
)

// Exchange is one HTTP request with its answer, as a Recorder saw it: without
// secrets, and with bodies cut at the recorder's limit. It does not change
// after it was recorded; treat it as read-only.
type Exchange struct {
	Seq              int           // 1 for the first exchange that a recorder completed
	Started          time.Time     // when the request began
	Duration         time.Duration // until the answer was read or the exchange failed
	Method           string
	URL              string
	RequestHeader    http.Header
	Credentials      *string // how its Authorization is made of the token, see WithCredentials; nil for the token itself or none
	Form             *Form   // how it showed its credentials; nil for a bearer token
	RequestBody      []byte  // as far as it was sent or, on the server side, read
	RequestTruncated bool    // the request body was longer than the recorder keeps
	Status           int     // 0 when there was no answer
	ResponseHeader   http.Header
	ResponseBody     []byte
	Truncated        bool   // the response body was longer than the recorder keeps
	Err              string // what broke the exchange; "" when it was complete
}
