package lab

import (
	"crypto/rand"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/duo/adminapi"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// adminAPI is the simulated Duo's Admin API. Before keys were generated it refuses every request.
type adminAPI struct {
	key     string // the integration key
	handler http.Handler
}

// AdminKeys are what requests to the Admin API are signed with.
type AdminKeys struct{ Integration, Secret string }

// NewAdminKeys makes keys of Duo's form.
func NewAdminKeys() AdminKeys {
	return AdminKeys{Integration: "DI" + rand.Text()[:18], Secret: rand.Text() + rand.Text()[:14]}
}

// GenerateAdminKeys makes an integration key and a secret key for the Admin API. The secret
// key is returned this once; keys of before are no longer valid.
func (l *Lab) GenerateAdminKeys() (integrationKey, secretKey string) {
	keys := NewAdminKeys()
	l.useAdminKeys(keys)
	return keys.Integration, keys.Secret
}

// useAdminKeys opens the Admin API. Its clients sign by the clock on the wall, whatever the
// lab's says.
func (l *Lab) useAdminKeys(keys AdminKeys) {
	l.wire.keepSecret(keys.Secret)
	l.admin.Store(&adminAPI{keys.Integration, adminapi.New(adminapi.Options{
		IntegrationKey: keys.Integration, SecretKey: keys.Secret,
		Read:   func(use func(*directory.Directory)) { use(l.Directory()) },
		Change: l.changeByScript,
		Log:    func(from, to time.Time) (*duo.Log, error) { return l.entries(store.Query{From: from, To: to}) },
	})})
}

// AdminAPI is the Admin API alone, for a door of its own.
func (l *Lab) AdminAPI() http.Handler { return http.HandlerFunc(l.serveAdmin) }

// changeByScript is Edit for the Admin API.
func (l *Lab) changeByScript(change func(*directory.Directory) error) error {
	_, err := l.Edit("a change by the Admin API", change)
	return err
}

// serveAdmin is the Admin API as scripts reach it.
func (l *Lab) serveAdmin(w http.ResponseWriter, r *http.Request) {
	api := l.admin.Load()
	if api == nil {
		noAdminKeys.ServeHTTP(w, r)
		return
	}
	api.handler.ServeHTTP(w, r)
}

var noAdminKeys = adminapi.WithoutKeys("there are no keys yet: generate them on the lab's page Admin API")

// adminSlot holds the Admin API, nil before there are keys.
type adminSlot = atomic.Pointer[adminAPI]
