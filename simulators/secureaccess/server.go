// Package secureaccess plays Cisco Secure Access as a target of provisioning:
// a SCIM service provider with Cisco's address, tokens, extension schema and
// limits, and the pages of its dashboard on which an administrator looks at the
// result.
//
// What Cisco has not published is a plain reading of the SCIM standard here and
// is marked "assumed" where it is decided.
package secureaccess

import (
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// ProvisioningPath is where the SCIM service root is on its host. It is the same for all
// organizations and directories: the token says whose they are (Cisco guide 225885).
const ProvisioningPath = "/identity/v2/scim"

// EventsPath is where the events of a directory are polled, with Config.Events.
const EventsPath = ProvisioningPath + provider.EventsPath

// Config describes one organization.
type Config struct {
	Organization string // its name

	// GroupLimit is how many groups a directory may have; default DefaultGroupLimit.
	GroupLimit int
	// RequestLimit is how many requests a directory answers within a minute; 0 is
	// any number. See limits.go for what is known about it.
	RequestLimit int
	// Interop keeps to the SCIM 2.0 Interoperability Profile, draft 01, where it differs from
	// the standard; see provider.Config. It also ends the tolerance for what Entra sends.
	Interop bool
	// Events offers RFC 9967, at provider.EventsPath below ProvisioningPath. The real one announces
	// nothing of the kind.
	Events bool
	// SignEvent makes the tokens of events; see provider.Config.
	SignEvent func(claims []byte) (string, error)
	// Login also lets users in who have a password: see LoginPath.
	Login bool

	// The server makes one call at a time of each, so they need not be safe for
	// concurrent use.
	Now      func() time.Time // the clock; default time.Now
	NewID    func() string    // makes ids, none twice; default random UUIDs
	NewToken func() string    // makes tokens, none twice; default 130 random bits as text
}

// Server is an organization's Secure Access. It is an http.Handler for
// everything below ProvisioningPath, and safe for concurrent use.
type Server struct {
	config Config
	public *provider.Provider // answers requests whose token belongs to no directory
	door   *door              // nil without Config.Login

	mu          sync.RWMutex
	directories []*Directory // in the order of their integration
	byToken     map[digest]*Directory
}

// digest stands for a token, which is not kept itself.
type digest [sha256.Size]byte

func digestOf(token string) digest { return sha256.Sum256([]byte(token)) }

// New returns an organization without directories; until there is one with a
// token, every request but for /ServiceProviderConfig answers 401.
func New(config Config) (*Server, error) {
	if err := config.setLimits(); err != nil {
		return nil, err
	}
	if config.NewToken == nil {
		config.NewToken = rand.Text
	}
	config.Now = provider.OneAtATime(config.Now) // the directories do not wait for each other
	config.NewID = provider.OneAtATime(config.NewID)
	config.NewToken = provider.OneAtATime(config.NewToken)
	s := &Server{config: config, byToken: map[digest]*Directory{}}
	if config.Login {
		s.door = newDoor(s)
	}
	var err error
	s.public, err = s.newProvider(refuse, s.newID)
	return s, err
}

// newProvider makes the store of one directory; nothing in it can be reached
// from another. It offers bulk requests, with the provider's limits: assumed, as
// nothing is published about them.
func (s *Server) newProvider(authorize func(*http.Request) *scim.Error, newID func() string) (*provider.Provider, error) {
	p, err := provider.New(provider.Config{
		Interop:   s.config.Interop,
		Events:    s.config.Events,
		SignEvent: s.config.SignEvent,
		Types:     []*scim.ResourceType{userType(), groupType()},
		Authorize: authorize,
		BasePath:  ProvisioningPath,
		Admit:     s.config.admit,
		Now:       s.config.Now,
		NewID:     newID,
	})
	if err != nil {
		return nil, fmt.Errorf("secure access: %w", err)
	}
	return p, nil
}

// newID makes the id of a new resource.
func (s *Server) newID() string {
	if s.config.NewID == nil {
		return uuid.NewString()
	}
	return s.config.NewID()
}

// refuse refuses every request.
func refuse(r *http.Request) *scim.Error {
	if _, err := provider.BearerToken(r); err != nil {
		return err
	}
	return provider.InvalidToken()
}

// Organization is the name of the organization.
func (s *Server) Organization() string { return s.config.Organization }

// ProvisioningURL is what the dashboard shows beside a new token, for a server
// reached at this origin, such as "http://127.0.0.1:8080".
func (s *Server) ProvisioningURL(origin string) string {
	return strings.TrimRight(origin, "/") + ProvisioningPath
}

// ServeHTTP answers one SCIM request from the directory that its token belongs to, and,
// with Config.Login, logins.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.door != nil {
		s.door.serve(w, r, s.tenant(r))
		return
	}
	s.tenant(r).ServeHTTP(w, r)
}

func (s *Server) tenant(r *http.Request) http.Handler {
	token, err := provider.BearerToken(r)
	if err != nil {
		return s.public
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if d := s.byToken[digestOf(token)]; d != nil && s.config.Interop {
		return d.provider
	} else if d != nil {
		return tolerant{d.provider}
	}
	return s.public
}
