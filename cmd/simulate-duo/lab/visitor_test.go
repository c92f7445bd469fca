package lab

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
)

// visitor is a person without script: links and forms.
type visitor struct {
	*testing.T
	origin string
	client *http.Client
}

func visitorAt(t *testing.T, origin string) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &visitor{t, origin, &http.Client{Jar: jar}}
}

// in is the visitor in a part of a test.
func (v *visitor) in(t *testing.T) *visitor { return &visitor{t, v.origin, v.client} }

func (v *visitor) get(path string) string {
	v.Helper()
	return v.read(v.client.Get(v.origin + path))
}

func (v *visitor) post(path string, pairs ...string) string {
	v.Helper()
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return v.read(v.client.PostForm(v.origin+path, form))
}

func (v *visitor) read(answer *http.Response, err error) string {
	v.Helper()
	if err != nil {
		v.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		v.Fatal(err)
	}
	if answer.StatusCode >= 500 && answer.StatusCode != http.StatusBadGateway {
		v.Errorf("%s: %s\n%s", answer.Request.URL, answer.Status, text)
	}
	return string(text)
}

func (v *visitor) want(page string, texts ...string) {
	v.Helper()
	for _, text := range texts {
		if !strings.Contains(page, text) {
			v.Errorf("the page lacks %q:\n%s", text, between(page, "<main", "</main>"))
		}
	}
}

// between is the text between two others, "" if they are not there.
func between(text, before, behind string) string {
	_, rest, _ := strings.Cut(text, before)
	found, _, _ := strings.Cut(rest, behind)
	return found
}

// followed is a lab in which somebody has followed the guide to its end, with the token
// that Secure Access has shown.
func followed(t *testing.T, opt Options) (*Lab, *visitor, string) {
	t.Helper()
	l, server := newLab(t, opt)
	v := visitorAt(t, server.URL)
	v.post(pathIntegrate, "method", "idp", "name", "DUO Integration", "idp", "Duo")
	page := v.post(pathConfiguration+"/token", "directory", "DUO Integration")
	token, base := between(page, `id="generated-token" readonly value="`, `"`), between(page, `id="provisioning-url" readonly value="`, `"`)
	v.post(pathCatalog, "application", "cisco-secure-access")
	v.post(pathProvisioning, "base_url", base, "token", token, "action", "connect")
	v.post(pathProvisioning, "base_url", base, "action", "map", "attribute", "displayName", "attribute", "emails", "attribute", "name.familyName", "attribute", "name.givenName")
	group, _ := l.Directory().Group("DUO - Users")
	page = v.post(pathProvisioning, "base_url", base, "action", "save", "group", group.Key, "deprovisioning", "deactivate")
	v.want(page, "users: 1 created; groups: 1 created", "Enabled")
	return l, v, token
}
