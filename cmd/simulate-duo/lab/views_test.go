package lab

import (
	"strings"
	"testing"
)

func TestEveryPageIsShown(t *testing.T) {
	_, server := newLab(t, Options{})
	v := visitorAt(t, server.URL)
	for _, view := range views {
		if !strings.Contains(view.path, "{") || view.path == "/{$}" {
			v.want(v.get(pathOf(view)), "<h1>"+view.title+"</h1>", "This is a simulation")
		}
	}
}

func TestTheGuideWithoutScript(t *testing.T) {
	l, server := newLab(t, Options{})
	v := visitorAt(t, server.URL)
	v.get(pathPeople)
	v.want(v.get(pathConfiguration), "No directory is integrated yet")
	v.get(pathIntegrate)
	v.want(v.post(pathIntegrate, "method", "idp", "name", "DUO Integration", "idp", "Duo"), "DUO Integration", "Generate token")
	page := v.post(pathConfiguration+"/token", "directory", "DUO Integration")
	token := between(page, `id="generated-token" readonly value="`, `"`)
	base := between(page, `id="provisioning-url" readonly value="`, `"`)
	if token == "" || base != server.URL+"/identity/v2/scim" {
		t.Fatalf("token %q, base URL %q", token, base)
	}
	v.get(pathApplications)
	v.want(v.get(pathCatalog+"?q=secure"), "Cisco Secure Access", "Duo Verified")
	v.want(v.post(pathCatalog, "application", "cisco-secure-access"), "Cisco Secure Access - Single Sign-On")
	page = v.post(pathProvisioning, "base_url", base, "token", token, "action", "connect")
	v.want(page, "Successfully connected to the application", "/Users?startIndex=1")
	group, _ := l.Directory().Group("DUO - Users")
	page = v.post(pathProvisioning, "base_url", base, "action", "map", "attribute", "displayName", "attribute", "emails", "attribute", "name.familyName", "attribute", "name.givenName")
	v.want(page, "Selected (5 items)")
	page = v.post(pathProvisioning, "base_url", base, "action", "save", "group", group.Key, "deprovisioning", "deactivate")
	v.want(page, "users: 1 created; groups: 1 created", "Enabled")
	v.want(v.get(pathPeople+"?tab=users"), "Josue", "josue@example.com", "DUO Integration")
	v.want(v.get(pathPeople+"?tab=groups"), "DUO - Users")
	v.get(pathActivity)
	v.want(v.get(pathActivity+"?application=Cisco+Secure+Access+-+Single+Sign-On"), "Enabled provisioning", "Provisioning successfully connected", "User provisioning succeeded", "Group provisioning succeeded")
	v.want(v.get("/"), "The guide is done")
	for _, path := range []string{pathProvisioning, pathWire, "/api/requests", "/api/state", pathActivity, "/wire/1", "/api/requests/2"} {
		if strings.Contains(v.get(path), token) {
			t.Errorf("%s shows the token", path)
		}
	}
	for _, e := range l.wire.choose(func(*Exchange) bool { return true }) {
		for _, b := range e.Broken {
			t.Errorf("%s %s: %s: %s", e.Method, e.URL, b.ID, b.What)
		}
	}
}
