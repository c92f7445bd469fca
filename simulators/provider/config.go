// Package provider is a SCIM 2.0 service provider that keeps its resources in
// memory (RFC 7643, RFC 7644). It answers as the standard says, so that a
// client, or a harness that judges servers, has something right to run against.
package provider

import (
	"errors"
	"fmt"
	"log"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Config says what a Provider offers. The zero value is a provider of Users and
// Groups at the root of its host, open to every client.
type Config struct {
	// Types are the resource types offered, each at its Endpoint. The default is
	// scim.UserType and scim.GroupType.
	Types []*scim.ResourceType

	// Authorize decides on every request but the reading of
	// /ServiceProviderConfig, which tells a client how to authenticate and is
	// therefore public (RFC 7643 section 5). It returns nil to let the request
	// pass, or the refusal. The default lets everything pass. It is called
	// concurrently. See BearerAuth.
	Authorize func(*http.Request) *scim.Error

	// Subject gives the id of the resource that stands for the sender of a request,
	// or "" if there is none. /Me is an alias of that resource (RFC 7644 section 3.11). It is called after Authorize, and concurrently. By default /Me
	// answers 501.
	Subject func(*http.Request) string

	// BasePath is the path of the service root without a trailing slash, such as
	// "/scim/v2". The default "" is the root of the host.
	BasePath string

	// DefaultCount is the size of a page when the client names no count; default 100.
	DefaultCount int
	// MaxResults is the size that no page exceeds, whatever the client asks for;
	// default 200. ServiceProviderConfig announces it as filter.maxResults.
	MaxResults int
	// CursorTimeout is how long a cursor is good after it was given out (RFC 9865
	// section 4), at least a second; default an hour.
	CursorTimeout time.Duration
	// MaxBody is the size in bytes that a request body must not exceed; default 1 MiB.
	MaxBody int64
	// NoBulk switches bulk requests off: /Bulk answers 501, and
	// ServiceProviderConfig says so.
	NoBulk bool
	// MaxOperations is how many operations a bulk request may have; default 1000.
	MaxOperations int
	// MaxPayload is the size in bytes that the body of a bulk request must not
	// exceed; default 1 MiB. The data of an operation is held to MaxBody.
	MaxPayload int64
	// Admit decides whether one more resource of a type may exist beside the count
	// that do; an error refuses it. By default all may. It is called while the
	// store is locked, so it must not call the provider.
	Admit func(t *scim.ResourceType, count int) *scim.Error

	// Interop keeps to the SCIM 2.0 Interoperability Profile
	// (draft-zollner-scim-interop-profile-01) where that differs from the standard: a request with
	// an attribute or a schema that is not defined is refused, and so is an operation without a
	// path; a replaced complex attribute keeps nothing; types of values are declared; and no user
	// has a password, as IPSIE (openid/ipsie-scim-al) demands. /ServiceProviderConfig says so. The
	// Types are copied. The default follows RFC 7643 and RFC 7644.
	Interop bool

	// Events offers RFC 9967: every change is told by a security event token that waits at
	// EventsPath to be polled (RFC 8936), a request that prefers respond-async is answered 202,
	// and its result is such a token as well. /ServiceProviderConfig says so.
	Events bool
	// SignEvent makes a token of the claims of an event; by default tokens are unsecured (RFC
	// 7519 section 6). It is called concurrently.
	SignEvent func(claims []byte) (string, error)

	// Now is the clock of meta.created, meta.lastModified and cursors; default
	// time.Now. The provider makes one call at a time, so it need not be safe for
	// concurrent use. Providers that share a clock need OneAtATime.
	Now func() time.Time
	// NewID makes the id of a new resource; default a random UUID. It must not
	// return the same id twice, as an id is never used again (RFC 7643 section 3.1).
	// It is called as Now is.
	NewID func() string

	// ErrorLog takes what the client must not see, the stack of a panic;
	// default the standard logger of package log.
	ErrorLog *log.Logger
}

func (c Config) withDefaults() Config {
	if c.Types == nil {
		c.Types = []*scim.ResourceType{scim.UserType(), scim.GroupType()}
	}
	if c.DefaultCount == 0 {
		c.DefaultCount = 100
	}
	if c.MaxResults == 0 {
		c.MaxResults = 200
	}
	if c.CursorTimeout == 0 {
		c.CursorTimeout = time.Hour
	}
	if c.MaxBody == 0 {
		c.MaxBody = 1 << 20
	}
	if c.MaxOperations == 0 {
		c.MaxOperations = 1000
	}
	if c.MaxPayload == 0 {
		c.MaxPayload = 1 << 20
	}
	if c.Now = OneAtATime(c.Now); c.Now == nil {
		c.Now = time.Now
	}
	if c.NewID = OneAtATime(c.NewID); c.NewID == nil {
		c.NewID = uuid.NewString
	}
	if c.SignEvent == nil {
		c.SignEvent = unsecured
	}
	if c.ErrorLog == nil {
		c.ErrorLog = log.Default()
	}
	return c
}

func (c Config) validate() error {
	switch {
	case c.BasePath != "" && (!strings.HasPrefix(c.BasePath, "/") || strings.HasSuffix(c.BasePath, "/")):
		return fmt.Errorf("base path %q: give it a leading and no trailing slash, or leave it empty", c.BasePath)
	case c.DefaultCount < 0 || c.MaxResults < 0 || c.MaxBody < 0 || c.MaxOperations < 0 || c.MaxPayload < 0:
		return errors.New("a limit is negative: use 0 for the default")
	case c.CursorTimeout < time.Second:
		return fmt.Errorf("cursor timeout %s: it is announced in whole seconds, so use at least one", c.CursorTimeout)
	case len(c.Types) == 0:
		return errors.New("no resource types: leave Types nil to offer Users and Groups")
	}
	return nil
}
