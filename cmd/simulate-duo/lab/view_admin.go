package lab

import (
	"net/http"
	"net/url"
)

// pathAdmin is the page of the Admin API.
const pathAdmin = "/duo/admin-api"

// viewAdmin is the application "Admin API": the keys that scripts sign with.
var viewAdmin = view{
	path: pathAdmin, template: "admin", title: "Admin API", part: partDuo,
	show: func(l *Lab, r *http.Request) (any, error) {
		p := adminPage{Host: r.Host, Secret: l.shownOnce(r.URL.Query().Get("once"))}
		if api := l.admin.Load(); api != nil {
			p.Key = api.key
		}
		return p, nil
	},
	forms: map[string]form{pathAdmin: generateKeys},
}

// adminPage is what the page shows: the secret key only once.
type adminPage struct {
	Key, Secret, Host string
}

func generateKeys(l *Lab, _ *http.Request) (to, said string, err error) {
	_, secret := l.GenerateAdminKeys()
	return pathAdmin + "?" + url.Values{"once": {l.showOnce(secret)}}.Encode(), "", nil
}
