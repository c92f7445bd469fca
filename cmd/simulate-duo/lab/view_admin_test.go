package lab

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	duoapi "github.com/duosecurity/duo_api_golang"
	"github.com/duosecurity/duo_api_golang/admin"
)

// plainHTTP lets Duo's client, which knows https alone, speak to the lab.
type plainHTTP struct{}

func (plainHTTP) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme = "http"
	return http.DefaultTransport.RoundTrip(r)
}

func TestDuosClientDrivesTheLab(t *testing.T) {
	l, v, _ := followed(t, Options{})
	host := strings.TrimPrefix(v.origin, "http://")
	if status, kind, text := ask(t, "GET", v.origin+"/admin/v1/users", ""); status != http.StatusUnauthorized || kind != "application/json" || !strings.Contains(string(text), `"stat":"FAIL"`) {
		t.Errorf("without keys: %d %s %s", status, kind, text)
	}
	page := v.post(pathAdmin)
	ikey, skey := between(page, `id="integration-key" readonly value="`, `"`), between(page, `id="secret-key" readonly value="`, `"`)
	v.want(page, host)
	if strings.Contains(v.get(pathAdmin), skey) {
		t.Error("the secret key is shown twice")
	}
	base := duoapi.NewDuoApi(ikey, skey, host, "test")
	base.SetCustomHTTPClient(&http.Client{Transport: plainHTTP{}})
	client := admin.New(*base)
	made, err := client.CreateUser(url.Values{"username": {"jane@example.com"}, "realname": {"Jane"}})
	if err != nil || made.Stat != "OK" {
		t.Fatalf("%+v, %v", made, err)
	}
	if joined, err := client.AssociateGroupWithUser(made.Response.UserID, "DGUSERS0000000000001"); err != nil || joined.Stat != "OK" {
		t.Fatalf("%+v, %v", joined, err)
	}
	<-l.answer("a test") // the cycle after the change has ended, too
	v.want(v.get(pathPeople), "jane@example.com")
	v.want(v.get(pathActivity), "jane@example.com")
}
