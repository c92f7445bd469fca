package secureaccess

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// DefaultGroupLimit is how many groups a directory may have. Cisco's pages on
// Entra ID and Okta say 1000 groups and any number of users; Microsoft's
// tutorial says 200; nothing is published for Duo. That it counts for each
// directory on its own is assumed, and so is that the group beyond it is
// refused with 403: Cisco says only that such groups are not provisioned.
const DefaultGroupLimit = 1000

// requestWindow is the time within which Config.RequestLimit counts. Nothing is
// published about a rate limit of Secure Access. By default there is none; with
// one, a client shows what it does with 429 and Retry-After (RFC 6585 section 4).
const requestWindow = time.Minute

// setLimits fills in the defaults.
func (c *Config) setLimits() error {
	switch {
	case c.GroupLimit < 0:
		return fmt.Errorf("secure access: the group limit %d is negative: use 0 for the default of %d", c.GroupLimit, DefaultGroupLimit)
	case c.RequestLimit < 0:
		return fmt.Errorf("secure access: the request limit %d is negative: use 0 for no limit", c.RequestLimit)
	case c.GroupLimit == 0:
		c.GroupLimit = DefaultGroupLimit
	}
	return nil
}

// admit refuses one group more than the limit.
func (c *Config) admit(t *scim.ResourceType, count int) *scim.Error {
	if t.Name == "Group" && count >= c.GroupLimit {
		return scim.Forbidden("there are %d groups already, which is the maximum; delete one first", count)
	}
	return nil
}

// window counts the requests to one directory since its first one in this minute.
type window struct {
	mu    sync.Mutex
	begin time.Time
	count int
}

// admit counts a request, and refuses one more than the limit.
func (w *window) admit(c Config) *scim.Error {
	if c.RequestLimit == 0 {
		return nil
	}
	now := c.now()
	w.mu.Lock()
	defer w.mu.Unlock()
	if passed := now.Sub(w.begin); passed < 0 || passed >= requestWindow {
		w.begin, w.count = now, 0
	}
	if w.count++; w.count <= c.RequestLimit {
		return nil
	}
	wait := requestWindow - now.Sub(w.begin)
	return &scim.Error{
		Status: http.StatusTooManyRequests,
		Detail: fmt.Sprintf("the directory answers %d requests a minute; wait %s", c.RequestLimit, wait.Round(time.Second)),
		Header: http.Header{"Retry-After": {strconv.Itoa(int((wait + time.Second - 1) / time.Second))}},
	}
}

// now is the time of the clock.
func (c *Config) now() time.Time {
	if c.Now == nil {
		return time.Now()
	}
	return c.Now()
}
