package wire

import (
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// twice is JSON as a string within JSON.
func twice(text []byte) string {
	again, _ := scim.Marshal(string(text))
	return string(again)
}

// TestCanary sends a token and a password to servers that give them back in
// every way they can think of, and looks for them in all that the package hands
// out for people to read.
func TestCanary(t *testing.T) {
	const token, password = `C4n4ry/t0k3n+"é\`, "C4n4ry-p4ssw0rd"
	signs := []string{"C4n4ry", "c4n4ry", "t0k3n", "p4ssw0rd", base64.RawStdEncoding.EncodeToString([]byte("C4n4ry/t0k3n"))[2:14]}

	jsonToken, err := scim.Marshal(token)
	if err != nil {
		t.Fatal(err)
	}
	everyForm := strings.Join([]string{
		token, string(jsonToken), url.QueryEscape(token), url.PathEscape(token), percent(token), escape(token, ""),
		base64.StdEncoding.EncodeToString([]byte(token)), base64.URLEncoding.EncodeToString([]byte("user:" + token)),
		base64.StdEncoding.EncodeToString([]byte("me:" + token + ":")), "Bearer " + token,
		url.QueryEscape(url.QueryEscape(token)), url.QueryEscape(percent(token)), twice(jsonToken), twice([]byte(escape(token, ""))),
	}, "\n")
	header := func(w http.ResponseWriter) {
		w.Header().Set("Set-Cookie", "session="+password)
		w.Header().Set("X-Echo", token)
		w.Header().Set("X-Forms", strings.ReplaceAll(everyForm, "\n", " "))
	}
	answers := map[string]http.HandlerFunc{
		"text": func(w http.ResponseWriter, _ *http.Request) { header(w); _, _ = io.WriteString(w, everyForm) },
		"JSON": func(w http.ResponseWriter, r *http.Request) {
			header(w)
			w.WriteHeader(http.StatusBadRequest)
			body, _ := io.ReadAll(r.Body)
			_, _ = fmt.Fprintf(w, `{"detail":%s,"resource":%s}`, jsonToken, body)
		},
		"a body that is cut": func(w http.ResponseWriter, _ *http.Request) {
			header(w)
			_, _ = io.WriteString(w, strings.Repeat("x", 500)+token)
		},
		"a password that is cut": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"x":"`+strings.Repeat("x", 460)+`","password":"`+password+password+password+`"}`)
		},
		"a redirect": func(w http.ResponseWriter, _ *http.Request) {
			header(w)
			w.Header().Set("Location", "https://elsewhere.example/"+url.PathEscape(token)+"?t="+url.QueryEscape(token))
			w.WriteHeader(http.StatusFound)
		},
		"a redirect that cannot be read": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "http://a b/"+token)
			w.WriteHeader(http.StatusFound)
		},
		"a connection that is dropped": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "10000")
			_, _ = io.WriteString(w, everyForm)
			panic(http.ErrAbortHandler)
		},
		"nonsense": func(w http.ResponseWriter, _ *http.Request) {
			if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
				_, _ = io.WriteString(conn, token+" "+url.QueryEscape(token)+"\r\n\r\n")
				_ = conn.Close()
			}
		},
	}
	for name, answer := range answers {
		t.Run(name, func(t *testing.T) {
			recorders := []*Recorder{NewRecorder(token), NewRecorder(token)}
			for _, r := range recorders {
				r.MaxBody = 512
			}
			srv, ended := serve(recorders[0].Handler(answer))
			client := &Client{BaseURL: srv.URL, Token: token, HTTP: &http.Client{Transport: recorders[1].Transport(nil)}}
			_, failure := client.Do(t.Context(), Request{
				Method: "POST",
				Path:   []string{"Users", token},
				Query:  [][2]string{{"filter", `title eq "` + token + `"`}},
				Header: http.Header{"Cookie": {"session=" + password}, "Proxy-Authorization": {"Basic " + password}, "X-Token": {token}},
				Body:   scim.NewObject(scim.Member{Name: "title", Value: token}, scim.Member{Name: "password", Value: password}),
			})
			<-ended
			srv.Close()

			seen := []string{fmt.Sprint(failure), fmt.Sprintf("%v %q %s", failure, failure, failure)}
			for _, r := range recorders {
				for _, e := range r.Exchanges() {
					data, err := scim.Marshal(e)
					if err != nil {
						t.Error(err)
					}
					seen = append(seen, string(data), e.Curl(), e.Err, e.URL, fmt.Sprint(e.RequestHeader, e.ResponseHeader), string(e.RequestBody), string(e.ResponseBody))
				}
			}
			if len(seen) != 2+2*7 {
				t.Errorf("%d texts are not those of two exchanges", len(seen))
			}
			for _, text := range seen {
				for _, sign := range signs {
					if strings.Contains(text, sign) {
						t.Errorf("%q is in %s", sign, text)
					}
				}
			}
		})
	}
}
