package main

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	duoapi "github.com/duosecurity/duo_api_golang"
	"github.com/duosecurity/duo_api_golang/admin"
)

// A script that somebody has for Duo changes who is in the lab: Duo's own client, by the
// keys and the certificate that the lab leaves in the folder.
func TestDuosOwnClientDrivesTheLab(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "keys")
	lab, end := startLab(t, withVariables(nil), "--admin-api", folder)
	defer mustEnd(t, end)
	c := clientOf(t, folder)
	user, err := c.CreateUser(url.Values{"username": {"script@example.com"}, "realname": {"Made by a Script"}})
	if err != nil || user.Stat != "OK" {
		t.Fatalf("%+v, %v", user, err)
	}
	groups, err := c.GetGroups()
	if err != nil || len(groups.Response) == 0 {
		t.Fatalf("%+v, %v", groups, err)
	}
	if done, err := c.AssociateGroupWithUser(user.Response.UserID, groups.Response[0].GroupID); err != nil || done.Stat != "OK" {
		t.Errorf("%+v, %v", done, err)
	}
	mustHold(t, "the lab's users", got(t, lab+"api/users"), `"username": "script@example.com"`, "Made by a Script")
	mustHold(t, "the lab's groups", got(t, lab+"api/groups"), user.Response.UserID)
	mustHold(t, "the same without TLS", got(t, lab+"admin/v1/users"), `"code":40101`)
	now := strconv.FormatInt(time.Now().UnixMilli(), 10)
	_, body, err := c.SignedCall(http.MethodGet, "/admin/v2/logs/activity", url.Values{"mintime": {"1"}, "maxtime": {now}})
	if err != nil || !strings.Contains(string(body), `"stat":"OK"`) {
		t.Errorf("%s, %v", body, err)
	}
}

func TestTheKeysOfTheAdminAPIStayTheSame(t *testing.T) {
	folder := t.TempDir()
	var keys [2]string
	for i := range keys {
		_, end := startLab(t, withVariables(nil), "--admin-api", folder)
		_, keys[i], _ = strings.Cut(read(t, filepath.Join(folder, adminEnvironment)), "DUO_IKEY")
		keys[i] = "DUO_IKEY" + keys[i]
		mustEnd(t, end)
	}
	if keys[0] != keys[1] || !keyLine.MatchString(keys[0]) || !secretLine.MatchString(keys[0]) {
		t.Errorf("%q and then %q", keys[0], keys[1])
	}
	if err := os.WriteFile(filepath.Join(folder, adminEnvironment), []byte("DUO_IKEY=x"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, stderr := runs(t, exitCannot, "lab", "--listen", "127.0.0.1:0", "--admin-api", folder)
	mustHold(t, "stderr", stderr, "--admin-api: ", "mend or remove it")
}

func clientOf(t *testing.T, folder string) *admin.Client {
	t.Helper()
	values := map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^(\w+)=(.*)$`).FindAllStringSubmatch(read(t, filepath.Join(folder, adminEnvironment)), -1) {
		values[m[1]] = m[2]
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM([]byte(read(t, filepath.Join(folder, adminCertificate)))) {
		t.Fatal("there is no certificate")
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}}
	t.Cleanup(transport.CloseIdleConnections)
	base := duoapi.NewDuoApi(values["DUO_IKEY"], values["DUO_SKEY"], values["DUO_HOST"]+":"+values["DUO_PORT"], "test")
	base.SetCustomHTTPClient(&http.Client{Transport: transport})
	return admin.New(*base)
}

// got is what a page or a way of the API answers.
func got(t *testing.T, address string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
