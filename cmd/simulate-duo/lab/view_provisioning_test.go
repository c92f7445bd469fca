package lab

import (
	"strings"
	"testing"
)

func TestTheProvisioningTab(t *testing.T) {
	l, server := newLab(t, Options{})
	v := visitorAt(t, server.URL)
	form := func(pairs ...string) string {
		return v.post(pathProvisioning, append([]string{"base_url", l.side.url}, pairs...)...)
	}
	mapping := func() string {
		var names []string
		for _, r := range l.application().draft.Mapping {
			names = append(names, r.Duo+">"+r.Application)
		}
		return strings.Join(names, " ")
	}

	t.Run("is not there without an application", func(t *testing.T) {
		v := v.in(t)
		v.want(v.get(pathProvisioning), "there is no application yet")
		v.want(v.get(pathCatalog+"?q=webex"), "Cisco Webex")
		v.want(v.post(pathCatalog, "application", "sap"), "there is no application &#34;sap&#34;")
		v.want(v.post(pathCatalog, "application", "cisco-secure-access"), "Cisco Secure Access - Single Sign-On")
		v.want(v.post(pathCatalog, "application", "generic"), "one application at a time")
	})
	t.Run("refuses to connect without URL and token, and says what to do", func(t *testing.T) {
		v := v.in(t)
		v.want(v.post(pathProvisioning, "base_url", "", "action", "connect"), "the base URL is empty")
		v.want(v.post(pathProvisioning, "base_url", "127.0.0.1:1/scim", "action", "connect"), "did you mean http://127.0.0.1:1/scim?")
		v.want(form("action", "connect"), "the token is empty")
		v.want(form("token", canary, "action", "connect"), "Duo could not connect to the application", "401")
	})
	t.Run("begins with the required attribute, and adds and orders the others", func(t *testing.T) {
		if got := mapping(); got != "Username>userName" {
			t.Errorf("mapping %s", got)
		}
		form("action", "map", "attribute", "emails", "attribute", "displayName")
		if got := mapping(); got != "Username>userName Display Name>displayName Email Address>emails" {
			t.Errorf("mapping %s", got)
		}
		form("action", "up:2", "duo:userName", "Email Address")
		if got := mapping(); got != "Email Address>userName Email Address>emails Display Name>displayName" {
			t.Errorf("mapping %s", got)
		}
		for _, action := range []string{"up:0", "down:2", "down:9", "up:x", "down:-1"} {
			form("action", action)
		}
		form("action", "map", "attribute", "displayName")
		if got := mapping(); got != "Email Address>userName Display Name>displayName" {
			t.Errorf("mapping %s", got)
		}
		v.want(form("action", "map-all"), "Selected (8 items)")
		if got := mapping(); !strings.Contains(got, "Auth Name>authName") {
			t.Errorf("mapping %s", got)
		}
	})
	t.Run("keeps the other settings whatever button is pressed", func(t *testing.T) {
		v := v.in(t)
		page := form("action", "map", "attribute", "displayName", "group", "DGENGINEERS000000002", "exclude", "yes", "deprovisioning", "delete")
		v.want(page, `value="DGENGINEERS000000002" checked`, `name="exclude" value="yes" checked`, `value="delete" checked`)
	})
	t.Run("takes the groups with SSO access", func(t *testing.T) {
		v := v.in(t)
		v.want(v.post("/duo/application/sso", "group", "DGENGINEERS000000002"), `value="DGENGINEERS000000002" checked`)
		v.want(form("action", "keep", "use", "sso_access"), `value="sso_access" checked`, "(DUO - Engineers)")
	})
	t.Run("is not enabled where the connection fails", func(t *testing.T) {
		v.want(form("token", canary, "action", "save", "group", "DGUSERS0000000000001"), "This did not work.", "401")
		if l.Status().Enabled {
			t.Error("it is enabled")
		}
		v.want(v.get(pathActivity), "Provisioning connection failed", "Disabled provisioning")
	})
	t.Run("forgets all when the application is removed", func(t *testing.T) {
		v := v.in(t)
		v.want(v.post("/duo/application/remove"), "No application yet.")
		v.want(v.get(pathActivity), "No entry.")
	})
}

func TestProvisioningGoesOnAfterItWasEnabled(t *testing.T) {
	l, v, _ := followed(t, Options{})
	josue := key(t, l, "josue@example.com")

	t.Run("a changed value is sent, and the log shows old and new with the requests", func(t *testing.T) {
		v := v.in(t)
		v.post("/duo/users/"+josue, "username", "josue@example.com", "display_name", "Josué", "email", "josue@example.com", "status", "active", "group", "DGUSERS0000000000001")
		v.want(v.get(pathPeople), "Josué")
		log, err := l.log(nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		page := v.get(pathActivity + "/" + log.Entries()[0].ID)
		v.want(page, "<del>Josue</del>", "<ins>Josué</ins>", "User provisioning succeeded", "PATCH", "PatchOp")
	})
	t.Run("a user who leaves the group is deactivated", func(t *testing.T) {
		v := v.in(t)
		v.post("/duo/groups/DGUSERS0000000000001/members/remove", "user", josue)
		v.want(v.get(pathActivity), "User deprovisioning succeeded")
		v.want(v.get(pathWire+"?method=PATCH"), "removed a user from a group")
	})
	t.Run("nothing is sent while it is disabled", func(t *testing.T) {
		v.want(v.post(pathProvisioning, "base_url", l.side.url, "action", "disable", "group", "DGUSERS0000000000001"), "Provisioning is disabled")
		before := l.wire.last()
		v.post("/duo/groups/DGUSERS0000000000001/members", "user", josue)
		if l.wire.last() != before {
			t.Error("something was sent")
		}
	})
	t.Run("the log is exported", func(t *testing.T) {
		v := v.in(t)
		v.want(v.get(pathActivity+"/export?action=provisioning_enable"), "Timestamp (", "Enabled provisioning")
		v.want(v.get(pathActivity+"/export?format=json"), `"stat":"OK"`, "provisioning_enable")
		v.want(v.get(pathActivity+"?q=josue"), "User provisioning succeeded")
		v.want(v.get(pathActivity+"?action=provisioning_disable"), "1–1 of 1 result")
		v.want(v.get(pathActivity+"?application=Another"), "No entry.")
	})
}
