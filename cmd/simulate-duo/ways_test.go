package main

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
)

// clientCanary is the client secret, the password and the API key of the scripts: like the
// token it may appear nowhere.
const clientCanary = "canary-55d0c1e2f9ab4763"

// Every access token that the scripts' authorization server grants begins with the one, every
// assertion that is signed for it with the other.
const (
	grantedCanary   = "canary-granted-"
	assertionBegins = "eyJhbGciOiJFUzI1NiI" // {"alg":"ES256"
)

// serveWays serves, before the target, one server for each way in, and writes for each the target
// file of fixtures/ways with its address. Each takes its own way alone.
func serveWays(env *testscript.Env, target http.Handler) error {
	env.Setenv("SCIM_CLIENT_SECRET", clientCanary)
	env.Setenv("SCIM_PASSWORD", clientCanary)
	env.Setenv("SCIM_API_KEY", clientCanary)
	serve := func(handler http.Handler) string {
		s := httptest.NewServer(handler)
		env.Defer(s.Close)
		return s.URL
	}
	basic := serve(behind(target, `Basic realm="SCIM"`, func(r *http.Request) bool {
		user, password, _ := r.BasicAuth()
		return user == "provisioner" && password == clientCanary
	}))
	key := serve(behind(target, `ApiKey realm="SCIM"`, func(r *http.Request) bool { return r.Header.Get("X-Api-Key") == clientCanary }))
	certificate, ca, client, err := serveCertificate(env, behind(target, `Mutual realm="SCIM"`, func(r *http.Request) bool { return len(r.TLS.PeerCertificates) > 0 }), env.WorkDir)
	if err != nil {
		return err
	}
	tokens := &provider.TokenServer{
		ClientID: "simulate-duo", ClientSecret: clientCanary, Key: &jose.JSONWebKey{Key: client}, Scope: "scim", Life: 3 * time.Second,
		NewToken: func() string { return grantedCanary + rand.Text() },
	}
	oauth := serve(tokens.Protect(target, canary))
	env.Setenv("OAUTH", oauth)
	env.Setenv("PROXY", serve(tunnel(certificate)))
	for file, base := range map[string]string{"oauth": oauth, "basic": basic, "api_key": key, "certificate": certificate} {
		text, err := os.ReadFile("../../fixtures/ways/" + file + ".yaml")
		if err != nil {
			return err
		}
		written := strings.NewReplacer("https://scim.example.com/v2", base+"/identity/v2/scim", "https://login.example.com", oauth).Replace(string(text))
		if err := os.WriteFile(filepath.Join(env.WorkDir, file+".yaml"), []byte(written), 0o600); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(env.WorkDir, "ca.pem"), ca, 0o600)
}

// behind lets pass who shows the credentials, and refuses everybody else.
func behind(target http.Handler, challenge string, right func(*http.Request) bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !right(r) {
			w.Header().Set("WWW-Authenticate", challenge)
			w.Header().Set("Content-Type", "application/scim+json")
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = io.WriteString(w, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"401","detail":"no"}`)
			return
		}
		passed := r.Clone(r.Context())
		passed.Header.Set("Authorization", "Bearer "+canary)
		target.ServeHTTP(w, passed)
	})
}

// serveCertificate serves by TLS to clients with a certificate, which it writes with its key into
// the folder, and to others, whom the handler refuses.
func serveCertificate(env *testscript.Env, handler http.Handler, dir string) (url string, ca []byte, client crypto.PublicKey, err error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return "", nil, nil, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "provisioner"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return "", nil, nil, err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return "", nil, nil, err
	}
	for name, block := range map[string]*pem.Block{"client.pem": {Type: "CERTIFICATE", Bytes: der}, "client-key.pem": {Type: "PRIVATE KEY", Bytes: private}} {
		if err := os.WriteFile(filepath.Join(dir, name), pem.EncodeToMemory(block), 0o600); err != nil {
			return "", nil, nil, err
		}
	}
	issuer, err := x509.ParseCertificate(der)
	if err != nil {
		return "", nil, nil, err
	}
	known := x509.NewCertPool()
	known.AddCert(issuer)
	s := httptest.NewUnstartedServer(handler)
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.TLS = &tls.Config{ClientAuth: tls.VerifyClientCertIfGiven, ClientCAs: known, MinVersion: tls.VersionTLS12}
	s.StartTLS()
	env.Defer(s.Close)
	var b bytes.Buffer
	err = pem.Encode(&b, &pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	return s.URL, b.Bytes(), &key.PublicKey, err
}

// tunnel is a proxy that leads every connection to the server at the address, whatever it asks for.
func tunnel(address string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect {
			http.Error(w, "a tunnel takes CONNECT alone", http.StatusMethodNotAllowed)
			return
		}
		there, err := net.Dial("tcp", strings.TrimPrefix(address, "https://"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		here, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			_ = there.Close()
			return
		}
		_, _ = io.WriteString(here, "HTTP/1.1 200 Connection established\r\n\r\n")
		go func() {
			_, _ = io.Copy(there, here)
			_ = there.Close()
		}()
		_, _ = io.Copy(here, there)
		_ = here.Close()
	})
}

// fourLines refuses a target file that needs more lines than somebody wants to write.
func fourLines(ts *testscript.TestScript, _ bool, args []string) {
	for _, file := range args {
		if n := strings.Count(ts.ReadFile(file), "\n"); n > 4 {
			ts.Fatalf("%s has %s", file, fmt.Sprint(n, " lines"))
		}
	}
}
