package lab

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

// viewConfiguration is "Configuration management": the integrated directories.
var viewConfiguration = view{
	path: pathConfiguration, template: "configuration", title: "Configuration management", part: partSecureAccess, live: true,
	show: func(l *Lab, _ *http.Request) (any, error) {
		if l.side.server == nil {
			return nil, &httpError{http.StatusOK, errNotHere}
		}
		return l.side.server.Directories(), nil
	},
	forms: map[string]form{pathConfiguration + "/token": generateToken},
}

var errNotHere = errors.New("the other side is an endpoint at a URL: its base URL and token come from there")

// viewIntegrate is the first page of "Integrate Directory".
var viewIntegrate = view{
	path: pathIntegrate, template: "integrate", title: "Integrate Directory", under: pathConfiguration,
	show: func(l *Lab, _ *http.Request) (any, error) {
		if l.side.server == nil {
			return nil, &httpError{http.StatusOK, errNotHere}
		}
		return []secureaccess.IdP{secureaccess.Duo, secureaccess.EntraID, secureaccess.Okta, secureaccess.Other}, nil
	},
	forms: map[string]form{pathIntegrate: integrate},
}

// viewToken is the second page of "Integrate Directory": it shows a new token once.
var viewToken = view{
	path: pathIntegrate + "/token", template: "token", title: "Integrate Directory", under: pathConfiguration,
	show: func(l *Lab, r *http.Request) (any, error) {
		d, err := l.directoryNamed(r.URL.Query().Get("directory"))
		if err != nil {
			return nil, err
		}
		return tokenPage{Directory: d, URL: l.side.url, Token: l.shownOnce(r.URL.Query().Get("once"))}, nil
	},
}

// tokenPage is a directory with its new token; "" before there is one, or after it was
// shown.
type tokenPage struct {
	*secureaccess.Directory
	URL   string
	Token string
}

func integrate(l *Lab, r *http.Request) (to, said string, err error) {
	if l.side.server == nil {
		return "", "", errNotHere
	}
	if r.PostFormValue("method") != "idp" {
		return "", "", errors.New("choose a provision method: the lab simulates Identity Provider alone")
	}
	d, err := l.side.server.IntegrateDirectory(r.PostFormValue("name"), secureaccess.IdP(r.PostFormValue("idp")))
	if err != nil {
		return "", "", err
	}
	l.changed(eventSecureAccess, "integrated the directory %s", d.Name())
	return tokenPath(d, ""), "", nil
}

func tokenPath(d *secureaccess.Directory, once string) string {
	q := url.Values{"directory": {d.Name()}}
	if once != "" {
		q.Set("once", once)
	}
	return pathIntegrate + "/token?" + q.Encode()
}

func generateToken(l *Lab, r *http.Request) (to, said string, err error) {
	d, err := l.directoryNamed(r.PostFormValue("directory"))
	if err != nil {
		return "", "", err
	}
	token, err := l.generateToken(d)
	if err != nil {
		return "", "", err
	}
	l.changed(eventSecureAccess, "generated a token for %s", d.Name())
	return tokenPath(d, l.showOnce(token)), "", nil
}

// directoryNamed finds an integrated directory.
func (l *Lab) directoryNamed(name string) (*secureaccess.Directory, error) {
	if l.side.server == nil {
		return nil, errNotHere
	}
	for _, d := range l.side.server.Directories() {
		if d.Name() == name {
			return d, nil
		}
	}
	return nil, notFound(fmt.Sprintf("there is no directory %q: integrate it first", name))
}
