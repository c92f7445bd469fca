package recording_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim/recording"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Everything that may not be in a recording.
const (
	token   = "tok-3n-0f-the-application"
	cookie  = "cookie-of-the-session"
	jwt     = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJl"
	another = "another-token-in-a-body"
)

// rig is a recorder in front of an endpoint.
type rig struct {
	t        *testing.T
	proxy    *httptest.Server
	kept     chan *wire.Exchange
	received *http.Request
}

func newRig(t *testing.T, cleaner *recording.Cleaner, upstream http.HandlerFunc) *rig {
	t.Helper()
	r := &rig{t: t, kept: make(chan *wire.Exchange, 1)}
	target := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		r.received = q.Clone(t.Context())
		upstream(w, q)
	}))
	t.Cleanup(target.Close)
	u, err := url.Parse(target.URL + "/identity/v2/scim")
	r.must(err)
	transport := &http.Transport{DisableCompression: true}
	t.Cleanup(transport.CloseIdleConnections)
	r.proxy = httptest.NewServer(recording.NewProxy(u, transport, cleaner, func(x *wire.Exchange) { r.kept <- x }))
	t.Cleanup(r.proxy.Close)
	return r
}

func (r *rig) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// send sends a request through the recorder, and returns what was answered and kept.
func (r *rig) send(method, path, body string, header ...string) (string, *wire.Exchange) {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.t.Context(), method, r.proxy.URL+path, strings.NewReader(body))
	r.must(err)
	req.Header.Set("Authorization", "Bearer "+token)
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultClient.Do(req)
	r.must(err)
	text, err := io.ReadAll(resp.Body)
	r.must(err)
	r.must(resp.Body.Close())
	return string(text), <-r.kept
}

// whole is all that an exchange says.
func (r *rig) whole(x *wire.Exchange) string {
	r.t.Helper()
	text, err := json.Marshal(x)
	r.must(err)
	return string(text)
}

func TestTheEndpointGetsTheRequestAsItIs(t *testing.T) {
	r := newRig(t, &recording.Cleaner{}, func(w http.ResponseWriter, q *http.Request) {
		w.Header().Set("Content-Type", "application/scim+json")
		w.Header().Set("X-Own", "1")
		w.WriteHeader(http.StatusCreated)
		_, _ = io.Copy(w, q.Body)
	})
	got, x := r.send(http.MethodPost, "/Users/a%2Fb?filter=userName%20eq%20%22x%22&a;b", `{ "a": 1 }`, "User-Agent", "", "Content-Type", "application/scim+json")
	if got != `{ "a": 1 }` || r.received.Header.Get("Authorization") != "Bearer "+token {
		t.Errorf("the endpoint got %v, the client %q", r.received.Header, got)
	}
	if r.received.RequestURI != "/identity/v2/scim/Users/a%2Fb?filter=userName%20eq%20%22x%22&a;b" || r.received.UserAgent() != "" || r.received.Header.Get("X-Forwarded-For") != "" {
		t.Errorf("the endpoint got %s %v", r.received.RequestURI, r.received.Header)
	}
	if x.Status != http.StatusCreated || x.Method != http.MethodPost || x.RequestHeader.Get("User-Agent") != "" || x.RequestHeader.Get("Content-Type") != "application/scim+json" {
		t.Errorf("kept is %+v", x)
	}
}

func TestNoSecretIsKept(t *testing.T) {
	for name, cleaner := range map[string]*recording.Cleaner{"names": {}, "pseudonyms": {Pseudonyms: recording.NewPseudonyms()}} {
		echo := ""
		r := newRig(t, cleaner, func(w http.ResponseWriter, q *http.Request) {
			w.Header().Set("Set-Cookie", cookie)
			w.Header().Set("X-Debug", q.Header.Get("Authorization"))
			w.Header().Set("Location", "https://me:"+another+"@scim.example.org/Users/1?token="+another)
			_, _ = io.WriteString(w, echo)
		})
		for _, echo = range []string{
			fmt.Sprintf(`{"detail":"the token %s is wrong, and so is %s"}`, token, jwt),
			fmt.Sprintf(`{"access_token":%q,"nested":[{"clientSecret":%q}],"userPassword":%q}`, another, another, another),
			fmt.Sprintf(`{"Operations":[{"op":"replace","path":"password","value":%q},{"path":"urn:x:apiKey","value":[%q]}]}`, another, another),
			"<html>" + token + another + "</html>",
			`{"cut":"` + another,
			`{"note":"Bearer ` + another + `"}`,
		} {
			_, x := r.send(http.MethodPost, "/Users?access_token="+another+"&filter=x&"+token, echo, "Cookie", cookie, "X-Api-Key", another, "X-Anything", another)
			for _, secret := range []string{token, cookie, another, jwt} {
				if strings.Contains(r.whole(x), secret) {
					t.Errorf("%s: %s is kept of %s:\n%s", name, secret, echo, r.whole(x))
				}
			}
		}
	}
}

func TestABodyThatIsCompressedIsReadFirst(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write([]byte(`{"password":"` + another + `","userName":"jane"}`))
	_ = z.Close()
	r := newRig(t, &recording.Cleaner{}, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(packed.Bytes())
	})
	got, x := r.send(http.MethodGet, "/Users", "", "Accept-Encoding", "gzip")
	if got != packed.String() || string(x.ResponseBody) != `{"password":"[hidden]","userName":"jane"}` {
		t.Errorf("kept is %s", x.ResponseBody)
	}
	if r.received.Header.Get("Accept-Encoding") != "" {
		t.Errorf("the endpoint was asked for %s", r.received.Header.Get("Accept-Encoding"))
	}
}

func TestOfALongBodyNothingIsKept(t *testing.T) {
	long := `{"a":"` + strings.Repeat("x", 2<<20) + `"}`
	r := newRig(t, &recording.Cleaner{}, func(w http.ResponseWriter, q *http.Request) { _, _ = io.Copy(w, q.Body) })
	got, x := r.send(http.MethodPost, "/Users", long)
	if got != long || len(x.RequestBody)+len(x.ResponseBody) > 0 || !x.Truncated || !x.RequestTruncated {
		t.Errorf("%d and %d bytes are kept", len(x.RequestBody), len(x.ResponseBody))
	}
}

func TestAnEndpointThatIsGoneIsToldToTheClientAndKept(t *testing.T) {
	r := newRig(t, &recording.Cleaner{}, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	got, x := r.send(http.MethodGet, "/Users", "")
	if !strings.Contains(got, "cannot be reached") || x.Status != http.StatusBadGateway {
		t.Errorf("%d %s", x.Status, got)
	}
}

func TestPseudonymsLeaveNobodysNameAndTheWholeStory(t *testing.T) {
	const jane, key, group = "Jane.Doe@corp.example", "DUJANEDOE12345678901", "Team Zürich"
	r := newRig(t, &recording.Cleaner{Pseudonyms: recording.NewPseudonyms()}, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "https://tenant-of-jane.example/scim/acme/Users/4711")
		_, _ = io.WriteString(w, `{"totalResults":1,"Resources":[{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"4711","userName":"jane.doe@CORP.example","active":true,
			"externalId":"`+key+`","emails":[{"value":"`+jane+`","type":"work","primary":true}],"employeeNumber":4711,"salary":1.5,
			"meta":{"resourceType":"User","location":"https://tenant-of-jane.example/scim/acme/Users/4711"},"name":{"familyName":"Doe","givenName":null,"formatted":""}}]}`)
	})
	_, x := r.send(http.MethodPatch, "/Groups/g%2F1?filter="+url.QueryEscape(`userName eq "`+jane+`"`),
		`{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"Add","path":"members","value":[{"value":"4711","$ref":"../Users/4711","display":"`+jane+`"}]},
		{"op":"remove","path":"members[value eq \"4711\"]"},{"op":"replace","path":"active","value":"False"},{"op":"replace","value":{"displayName":"`+group+`"}}]}`)
	whole := r.whole(x)
	for _, name := range []string{"ane", "corp", "CORP", "acme", "4711", "rich", "Doe", key, "g%2F1", "1.5"} {
		if strings.Contains(whole, name) {
			t.Errorf("%q is kept:\n%s", name, whole)
		}
	}
	var request struct {
		Operations []struct {
			Op, Path string
			Value    any
		}
	}
	var answer struct {
		TotalResults int
		Resources    []struct {
			ID, UserName, ExternalID string
			Active                   bool
			EmployeeNumber           json.Number
			Emails                   []struct{ Value, Type string }
			Meta                     struct{ Location string }
			Name                     map[string]any
		}
	}
	r.must(json.Unmarshal(x.RequestBody, &request))
	r.must(json.Unmarshal(x.ResponseBody, &answer))
	user := answer.Resources[0]
	member := request.Operations[0].Value.([]any)[0].(map[string]any)
	u, err := url.Parse(x.URL)
	r.must(err)
	for what, same := range map[string]bool{
		"the id of the member is that of the user": member["value"] == user.ID && member["$ref"] == "/Users/"+user.ID,
		"the path names the same id":               request.Operations[1].Path == `members[value eq "`+user.ID+`"]`,
		"the number is the same id":                user.EmployeeNumber.String() == user.ID,
		"names are the same in any case":           user.UserName == user.Emails[0].Value && u.Query().Get("filter") == `userName eq "`+user.UserName+`"`,
		"a key keeps its form":                     strings.HasPrefix(user.ExternalID, "DU") && len(user.ExternalID) == 20,
		"an address keeps its form":                strings.HasSuffix(user.UserName, "@example.com"),
		"the location is the user's":               user.Meta.Location == "https://scim.example.com/Users/"+user.ID && x.ResponseHeader.Get("Location") == user.Meta.Location,
		"what says nothing of anybody stays":       request.Operations[0].Op == "Add" && request.Operations[2].Value == "False" && user.Active && user.Emails[0].Type == "work" && answer.TotalResults == 1,
		"null and empty stay":                      user.Name["givenName"] == nil && user.Name["formatted"] == "",
		"the address of the recorder is not in it": u.Host == "scim.example.com" && strings.HasPrefix(u.Path, "/Groups/p"),
	} {
		if !same {
			t.Errorf("not: %s\n%s\n%s\n%s", what, x.URL, x.RequestBody, x.ResponseBody)
		}
	}
}

func TestOtherRecordingsHaveOtherPseudonyms(t *testing.T) {
	one, other := recording.NewPseudonyms(), recording.NewPseudonyms()
	if one.Text("jane") == other.Text("jane") {
		t.Error("whoever tries names finds them")
	}
}

func FuzzClean(f *testing.F) {
	f.Add("http://x/Users/1?filter=a%20eq%20%22b%22", `{"path":"members[value eq \"x\"]","value":{"$ref":"//"}}`, "gzip")
	f.Add("://", `"`, "")
	f.Fuzz(func(_ *testing.T, address, body, encoding string) {
		x := &wire.Exchange{URL: address, RequestBody: []byte(body), RequestHeader: http.Header{"Content-Encoding": {encoding}, "Location": {address}}, ResponseBody: []byte(body)}
		for _, c := range []*recording.Cleaner{{}, {Pseudonyms: recording.NewPseudonyms()}} {
			c.Clean(x)
		}
	})
}
