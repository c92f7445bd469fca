package replay

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// A script authenticates as the run did, by secrets of its environment.
func TestAScriptAuthenticatesAsTheRunDid(t *testing.T) {
	for _, test := range []struct {
		form wire.Form
		want string
	}{
		{wire.Form{}, "Authorization: Bearer s3cret\n"},
		{wire.Form{Scheme: wire.SchemeBasic, User: "o'ada"}, "Authorization: Basic bydhZGE6czNjcmV0\n"},
		{wire.Form{Scheme: wire.SchemeHeader, Header: "X-API-Key"}, "X-API-Key: s3cret\n"},
		{wire.Form{Scheme: wire.SchemeCertificate, Certificate: true, Insecure: true}, ""},
	} {
		script := (&Replay{Form: test.form}).shellCredentials()
		cmd := exec.CommandContext(t.Context(), "sh", "-c", script+`cat "$dir/token"; rm -r "$dir"`)
		cmd.Env = append(os.Environ(), test.form.Variable()+"=s3cret")
		got, err := cmd.Output()
		if err != nil || string(got) != test.want {
			t.Errorf("%+v: %q, %v", test.form, got, err)
		}
		connection := strings.Contains(script, `curl --insecure --cert "$SCIM_CERT" --key "$SCIM_KEY" "$@"`)
		if connection != test.form.Certificate {
			t.Errorf("%+v: %s", test.form, script)
		}
	}
}
