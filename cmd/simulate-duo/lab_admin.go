package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"sync"
	"time"

	"github.com/simulate-duo/simulate-duo/cmd/simulate-duo/lab"
)

// The files in the folder of --admin-api.
const (
	adminEnvironment = "duo.env" // DUO_HOST, DUO_PORT, DUO_IKEY and DUO_SKEY, for a shell
	adminCertificate = "ca.pem"  // to trust
)

// adminServer is the door of Duo's Admin API for Duo's clients, which speak TLS
// alone.
type adminServer struct {
	folder      string
	keys        lab.AdminKeys
	certificate tls.Certificate
	door        net.Listener // nil if it is not asked for
	at          string       // host and port for clients
}

var (
	keyLine    = regexp.MustCompile(`(?m)^DUO_IKEY=(DI[A-Z0-9]{18})$`)
	secretLine = regexp.MustCompile(`(?m)^DUO_SKEY=(\S{20,})$`)
)

// newAdminServer takes the keys from the folder, or makes new ones. The certificate
// is made anew each time.
func newAdminServer(folder, host string) (*adminServer, error) {
	a := &adminServer{folder: folder}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	text, err := os.ReadFile(filepath.Join(folder, adminEnvironment))
	key, secret := keyLine.FindSubmatch(text), secretLine.FindSubmatch(text)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		a.keys = lab.NewAdminKeys()
	case err != nil:
		return nil, err
	case key == nil || secret == nil:
		return nil, fmt.Errorf("%s has no lines DUO_IKEY=… and DUO_SKEY=…: mend or remove it", filepath.Join(folder, adminEnvironment))
	default:
		a.keys = lab.AdminKeys{Integration: string(key[1]), Secret: string(secret[1])}
	}
	a.certificate, err = newCertificate(host)
	return a, err
}

// newCertificate is one that this machine has signed itself, for a year.
func newCertificate(host string) (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(now.UnixNano()), Subject: pkix.Name{CommonName: "simulate-duo lab"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(1, 0, 0), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
	}
	if ip := net.ParseIP(host); ip != nil {
		template.IPAddresses = append(template.IPAddresses, ip)
	} else if host != "" {
		template.DNSNames = append(template.DNSNames, host)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
}

// open opens the door, on another port of the lab's address, and writes where it is.
func (a *adminServer) open(ctx context.Context, host string) error {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		return err
	}
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	a.at = net.JoinHostPort(adminHost(host), port)
	text := fmt.Sprintf("DUO_HOST=%s\nDUO_PORT=%s\nDUO_IKEY=%s\nDUO_SKEY=%s\n", adminHost(host), port, a.keys.Integration, a.keys.Secret)
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.certificate.Certificate[0]})
	err = errors.Join(
		os.WriteFile(filepath.Join(a.folder, adminEnvironment), []byte(text), 0o600),
		os.WriteFile(filepath.Join(a.folder, adminCertificate), certificate, 0o600))
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	a.door = tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{a.certificate}, MinVersion: tls.VersionTLS12})
	return nil
}

// adminHost is the host that clients are to use: a name, for duo_client_python takes no
// certificate of an address.
func adminHost(host string) string {
	if ip := net.ParseIP(host); host == "" || ip != nil && (ip.IsLoopback() || ip.IsUnspecified()) {
		return "localhost"
	}
	return host
}

func (a *adminServer) close() error {
	if a.door == nil {
		return nil
	}
	return a.door.Close()
}

// serve serves the Admin API until the context ends or what it returns is called.
func (a *adminServer) serve(ctx context.Context, env environment, handler http.Handler) (end func()) {
	if a.door == nil {
		return func() {}
	}
	fmt.Fprintf(env.stderr, "simulate-duo: Duo's Admin API is at https://%s/admin/; keys and certificate are in %s\n", a.at, a.folder)
	ctx, stop := context.WithCancel(ctx)
	var serving sync.WaitGroup
	serving.Go(func() {
		if err := serveUntil(ctx, newHTTPServer(handler, env.stderr), a.door); err != nil {
			fmt.Fprintf(env.stderr, "simulate-duo: Duo's Admin API: %v\n", err)
		}
	})
	return func() {
		stop()
		serving.Wait()
	}
}
