package secureaccess

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// The real Secure Access has no such login: its users sign in at their identity provider.
// These two addresses stand for whatever a product lets its people in by, so that what
// provisioning does to them can be tried.
const (
	LoginPath   = "/login"   // POST {"userName", "password"}: 200 {"token"} or 401
	SessionPath = "/session" // GET with the token as bearer: 200 or 401
)

// maxLogin is how many bytes of a login, or of a user with a password, are read.
const maxLogin = 1 << 20

// door lets the users of all directories in. Passwords are kept as digests (RFC 7643
// section 9.2). Only those are known that a user was created or changed with by a request
// of its own, not those in a bulk request.
type door struct {
	server *Server

	mu        sync.Mutex
	passwords map[string]digest // by the id of the user
	sessions  map[digest]string // the id of the user, by the digest of the token
}

func newDoor(s *Server) *door {
	return &door{server: s, passwords: map[string]digest{}, sessions: map[digest]string{}}
}

// serve answers what is not SCIM, and learns passwords from what is.
func (d *door) serve(w http.ResponseWriter, r *http.Request, next http.Handler) {
	switch {
	case r.URL.Path == LoginPath && r.Method == http.MethodPost:
		d.login(w, r)
	case r.URL.Path == SessionPath && r.Method == http.MethodGet:
		d.session(w, r)
	case r.Method == http.MethodPost || r.Method == http.MethodPut || r.Method == http.MethodPatch:
		d.learn(w, r, next)
	default:
		next.ServeHTTP(w, r)
	}
}

func (d *door) login(w http.ResponseWriter, r *http.Request) {
	var given struct {
		UserName string `json:"userName"`
		Password string `json:"password"`
	}
	if json.NewDecoder(io.LimitReader(r.Body, maxLogin)).Decode(&given) != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	id := d.active(func(u *scim.Object) bool { return strings.EqualFold(u.String("userName"), given.UserName) })
	wants := digestOf(given.Password)
	d.mu.Lock()
	defer d.mu.Unlock()
	has, known := d.passwords[id]
	if id == "" || !known || subtle.ConstantTimeCompare(has[:], wants[:]) == 0 {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	token := rand.Text()
	d.sessions[digestOf(token)] = id
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]string{"token": token}) //nolint:errchkjson // who has gone away needs no answer
}

// session is good as long as its user is there and active.
func (d *door) session(w http.ResponseWriter, r *http.Request) {
	token, err := provider.BearerToken(r)
	d.mu.Lock()
	id, known := d.sessions[digestOf(token)]
	d.mu.Unlock()
	if err != nil || !known || d.active(func(u *scim.Object) bool { return u.String("id") == id }) == "" {
		w.WriteHeader(http.StatusUnauthorized)
	}
}

// active is the id of the active user that is chosen, or "".
func (d *door) active(chosen func(*scim.Object) bool) string {
	for _, directory := range d.server.Directories() {
		for _, u := range directory.Snapshot("User") {
			if active, _ := u.Get("active"); active != false && chosen(u) {
				return u.String("id")
			}
		}
	}
	return ""
}

// learn passes on, and keeps the digest of a password that was taken.
func (d *door) learn(w http.ResponseWriter, r *http.Request, next http.Handler) {
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxLogin))
	r.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(raw), r.Body), r.Body}
	password := passwordIn(raw)
	if err != nil || password == "" {
		next.ServeHTTP(w, r)
		return
	}
	answer := &kept{ResponseWriter: w, status: http.StatusOK}
	next.ServeHTTP(answer, r)
	if answer.status >= http.StatusMultipleChoices {
		return
	}
	id := idFrom(r.URL.Path)
	if created, err := scim.ParseObject(answer.body.Bytes()); err == nil && id == "" {
		id = created.String("id")
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.passwords[id] = sha256.Sum256([]byte(password))
}

// passwordIn is that of a user, or the one that a PATCH sets; "" if there is none.
func passwordIn(body []byte) string {
	if !bytes.Contains(bytes.ToLower(body), []byte("password")) {
		return ""
	}
	user, err := scim.ParseObject(body)
	if err != nil {
		return ""
	}
	password := user.String("password")
	for _, o := range user.Array("Operations") {
		operation, _ := o.(*scim.Object)
		if strings.EqualFold(operation.String("path"), "password") {
			password = operation.String("value")
		}
		if inner := operation.Object("value"); inner != nil && inner.String("password") != "" {
			password = inner.String("password")
		}
	}
	return password
}

// idFrom is the id of the user that a path names; "" for the collection.
func idFrom(path string) string {
	_, id, _ := strings.Cut(strings.TrimPrefix(path, ProvisioningPath), "/Users/")
	return id
}

// kept is an answer that is passed on and looked at.
type kept struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (k *kept) WriteHeader(status int) {
	k.status = status
	k.ResponseWriter.WriteHeader(status)
}

func (k *kept) Write(p []byte) (int, error) {
	k.body.Write(p)
	return k.ResponseWriter.Write(p)
}
