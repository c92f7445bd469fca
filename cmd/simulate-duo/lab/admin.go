package lab

import (
	"crypto/rand"
	"net/http"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/duo/adminapi"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// adminAPI is the simulated Duo's Admin API. It answers nobody before keys were generated.
type adminAPI struct {
	key     string // the integration key
	handler http.Handler
}

// GenerateAdminKeys makes an integration key and a secret key for the Admin API. The secret
// key is returned this once; keys of before are no longer valid.
func (l *Lab) GenerateAdminKeys() (integrationKey, secretKey string) {
	integrationKey, secretKey = "DI"+rand.Text()[:18], rand.Text()+rand.Text()[:14]
	l.wire.keepSecret(secretKey)
	l.admin.Store(&adminAPI{integrationKey, adminapi.New(adminapi.Options{
		IntegrationKey: integrationKey, SecretKey: secretKey, Now: l.Now,
		Read:   func(use func(*directory.Directory)) { use(l.Directory()) },
		Change: l.changeByScript,
		Log:    l.logOfAll,
	})})
	return integrationKey, secretKey
}

// changeByScript is Edit for the Admin API.
func (l *Lab) changeByScript(change func(*directory.Directory) error) error {
	_, err := l.Edit("a change by the Admin API", change)
	return err
}

// logOfAll is the Activity Log at this time; an empty one if it cannot be read.
func (l *Lab) logOfAll() *duo.Log {
	log, err := l.entries(store.Query{})
	if err != nil {
		return &duo.Log{}
	}
	return log
}

// serveAdmin is the Admin API as scripts reach it.
func (l *Lab) serveAdmin(w http.ResponseWriter, r *http.Request) {
	api := l.admin.Load()
	if api == nil {
		refuse(w, http.StatusUnauthorized, "the Admin API has no keys yet: generate them on the lab's page Admin API")
		return
	}
	api.handler.ServeHTTP(w, r)
}

// adminSlot holds the Admin API, nil before there are keys.
type adminSlot = atomic.Pointer[adminAPI]
