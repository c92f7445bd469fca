package secureaccess

import (
	"bytes"
	"io"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// microsoftGroupURN is no SCIM schema. Entra ID names it in every group that it
// creates (Microsoft Entra documentation, "Develop and plan provisioning for a
// SCIM endpoint", Create Group).
const microsoftGroupURN = "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"

// maxTolerated is the size in bytes up to which a body is looked at; a larger
// one goes on as it came.
const maxTolerated = 1 << 20

// tolerant translates requests in which Entra ID deviates from the standard, so
// that the provider behind it can be strict. Cisco documents that
// Secure Access works with Entra ID (Microsoft's provisioning tutorial for
// Secure Access; Cisco Secure Access help, topic 119453), so it accepts
// each of these forms; that it does so by rewriting is assumed. All other requests
// are passed on byte for byte.
type tolerant struct{ next http.Handler }

func (t tolerant) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	edit := toleranceFor(r.Method)
	if edit == nil || r.Body == nil {
		t.next.ServeHTTP(w, r)
		return
	}
	// A body that cannot be read to its end, or is no JSON, is left to the provider,
	// which refuses it.
	head, err := io.ReadAll(io.LimitReader(r.Body, maxTolerated+1))
	sent := head
	if body, bad := scim.ParseObject(head); err == nil && bad == nil && len(head) <= maxTolerated && edit(body) {
		if meant, err := scim.Marshal(body); err == nil {
			sent = meant
		}
	}
	rewritten := r.WithContext(r.Context())
	rewritten.Body = readCloser{io.MultiReader(bytes.NewReader(sent), r.Body), r.Body}
	if r.ContentLength >= 0 {
		rewritten.ContentLength = r.ContentLength + int64(len(sent)-len(head))
	}
	t.next.ServeHTTP(w, rewritten)
}

// readCloser reads from one place and closes another.
type readCloser struct {
	io.Reader
	io.Closer
}

// toleranceFor returns what changes a body of this method in place and says
// whether it did; nil if bodies of the method are always the standard's.
func toleranceFor(method string) func(*scim.Object) bool {
	switch method {
	case http.MethodPost, http.MethodPut:
		return withoutMicrosoftURN
	case http.MethodPatch:
		return withStandardOperations
	}
	return nil
}

func withoutMicrosoftURN(body *scim.Object) bool {
	urns := body.Array("schemas")
	kept := make([]any, 0, len(urns))
	for _, urn := range urns {
		if text, _ := urn.(string); !strings.EqualFold(text, microsoftGroupURN) {
			kept = append(kept, urn)
		}
	}
	if len(kept) == len(urns) {
		return false
	}
	body.Set("schemas", kept)
	return true
}

func withStandardOperations(body *scim.Object) bool {
	changed := false
	for _, v := range body.Array("Operations") {
		if op, ok := v.(*scim.Object); ok && withStandardValue(op) {
			changed = true
		}
	}
	return changed
}

// withStandardValue gives an operation a value of the attribute's type.
//
//   - "active" comes as the string "True" or "False" (Microsoft Entra
//     documentation, "Known issues with SCIM 2.0 protocol compliance", Requests
//     made to disable users).
//   - "manager" comes as the bare id of a user (Captain-P-Goldfish/SCIM-SDK issue
//     541), and as the empty string where there is none any more (issue 652).
func withStandardValue(op *scim.Object) bool {
	v, _ := op.Get("value")
	text, ok := v.(string)
	if !ok {
		return false
	}
	switch path := op.String("path"); {
	case strings.EqualFold(path, "active") && (text == "True" || text == "False"):
		op.Set("value", text == "True")
	case strings.EqualFold(path, scim.EnterpriseURN+":manager") && text == "":
		op.Set("op", "remove")
		op.Delete("value")
	case strings.EqualFold(path, scim.EnterpriseURN+":manager"):
		op.Set("value", scim.NewObject(scim.Member{Name: "value", Value: text}))
	default:
		return false
	}
	return true
}
