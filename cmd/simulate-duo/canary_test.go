package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/steps/report/format"
)

// forms are the ways in which a target might give back the token: plain, in a
// URL, in JSON, in base64 wherever it lies in it, and in all of these at once.
func forms(token string) []string {
	all := []string{token, strings.ToUpper("bearer ") + token, url.QueryEscape(token), percentAll(token), unicodeAll(token), html.EscapeString(token)}
	for _, before := range []string{"", "u", "us", "user:", "me:"} {
		for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.RawURLEncoding} {
			blob := encoding.EncodeToString([]byte(before + token + ":x"))
			all = append(all, blob, url.QueryEscape(blob))
		}
	}
	return all
}

func percentAll(s string) string {
	var b strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&b, "%%%02X", s[i])
	}
	return b.String()
}

func unicodeAll(s string) string {
	var b strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&b, `\u%04x`, s[i])
	}
	return b.String()
}

// telltale gives back the token wherever an answer has room for it.
func telltale(target http.Handler, token string) http.Handler {
	all := forms(token)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		recorded := httptest.NewRecorder()
		target.ServeHTTP(recorded, r)
		maps.Copy(w.Header(), recorded.Header())
		w.Header().Del("Content-Length")
		for i, form := range all {
			w.Header().Set("X-Echo-"+strconv.Itoa(i), form)
		}
		w.Header().Set("Set-Cookie", "session="+all[2])
		w.Header().Set("Link", "</next?access_token="+url.QueryEscape(token)+"&t="+url.QueryEscape(all[6])+">; rel=next")
		body := recorded.Body.String()
		if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/Users") && recorded.Code == http.StatusCreated {
			told := strconv.Quote(strings.ReplaceAll(strings.Join(all, " "), `\`, ""))
			body = strings.Replace(body, "{", `{"nickName":`+told+`,"title":"`+unicodeAll(token)+`","profileUrl":"https://example.com/?t=`+url.QueryEscape(token)+`",`, 1)
		}
		w.WriteHeader(recorded.Code)
		_, _ = w.Write([]byte(body))
	})
}

// TestNoArtefactHoldsTheToken looks for the token, in every form in which a
// target can give it back, in all that the program writes.
func TestNoArtefactHoldsTheToken(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("SCIM_TOKEN", canary)
	t.Setenv("XDG_CACHE_HOME", filepath.Join(dir, "cache"))
	t.Setenv(jobSummary, filepath.Join(dir, "summary.md"))
	server := httptest.NewServer(telltale(flawed(handler(t)), canary))
	defer server.Close()
	file := func(name string) string { return filepath.Join(dir, name) }

	args := []string{
		"--no-sweep", "--profile", "duo,rfc,entra-gallery", "--tags", "@CSA-SYNC-01,@CSA-SYNC-06,@RFC7643-5-08,@CSA-VERIFY-01,@RFC7644-3.3-01,@RFC7644-3.14-01",
		"--target", server.URL + "/identity/v2/scim", "--trace", "--badge", file("badge"), "--write-baseline", file("baseline"),
	}
	names := []string{"badge", "baseline", "summary.md", "second"}
	for _, f := range format.All {
		names = append(names, f.Name)
		args = append(args, "--report", f.Name+"="+file(f.Name))
	}
	seen := map[string]string{}
	_, seen["screen and trace"] = program(t, args...)
	_, seen["the run after a baseline"] = program(t, "--no-sweep", "--tags", "@CSA-SYNC-06", "--target", server.URL+"/identity/v2/scim", "--strict", "--report", "json="+file("second"))
	for _, form := range []string{"curl", "http", "go"} {
		_, seen["replay as "+form] = program(t, "replay", file("json"), "CSA-SYNC-06", "--as", form)
	}
	_, seen["replay"] = program(t, "replay", file("json"), "CSA-SYNC-06", "--trace")
	_, seen["diff"] = program(t, "diff", file("json"), file("second"))
	_, seen["matrix"] = program(t, "matrix", "--out", "-", file("json"), file("second"))
	_, seen["sweep"] = program(t, "sweep", "--target", server.URL+"/identity/v2/scim")
	for _, name := range names {
		seen[name] = read(t, file(name))
	}
	mustHold(t, "the JSON report", seen["json"], "[hidden]", "X-Echo-0") // the target did tell
	mustHold(t, "replay", seen["replay"], "still not met")
	mustHold(t, "diff", seen["diff"], "the same: ")
	for what, text := range seen {
		if text == "" {
			t.Errorf("%s is empty", what)
		}
		for _, sign := range signs() {
			if at := strings.Index(strings.ToLower(text), strings.ToLower(sign)); at >= 0 {
				t.Errorf("%s: %q is in %q", what, sign, text[max(0, at-60):min(len(text), at+60)])
			}
		}
	}
	leaks(t, filepath.Join(dir, "cache"))
}

// everyFormat has the formats that any run writes: the gallery's own is for a run that judges it.
func everyFormat() []format.Format {
	return slices.DeleteFunc(slices.Clone(format.All), func(f format.Format) bool { return f.Name == string(format.Gallery) })
}

// signs are parts of the token's forms that nothing else holds: the middle of
// each, where it does not depend on what stands beside it.
func signs() []string {
	all := []string{canary[:14], canary[8:20], percentAll(canary[8:14]), unicodeAll(canary[8:14])}
	for _, before := range []string{"", "u", "us"} {
		blob := base64.RawStdEncoding.EncodeToString([]byte(before + canary))
		all = append(all, blob[8:24])
	}
	return all
}

// leaks looks for the token in the files of a folder: the journal.
func leaks(t *testing.T, dir string) {
	t.Helper()
	_ = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if data, err := os.ReadFile(path); err == nil && bytes.Contains(data, []byte(canary)) {
			t.Errorf("%s holds the token", path)
		}
		return nil
	})
}
