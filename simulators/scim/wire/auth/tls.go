package auth

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
)

// Trust says which servers are trusted.
type Trust struct {
	CAFile             string // PEM file with authorities to trust besides the system's; "" for none
	InsecureSkipVerify bool   // any certificate is taken, so that anybody may be in between
}

// Authorities are those of the system and those in the file; nil, which means the system's
// alone, without a file.
func (t Trust) Authorities() (*x509.CertPool, error) {
	if t.CAFile == "" {
		return nil, nil
	}
	text, err := os.ReadFile(t.CAFile)
	if err != nil {
		return nil, fmt.Errorf("--ca-file: %w", err)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool() // a system without any
	}
	if !pool.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("--ca-file %s: no certificate in it: it has to be PEM, with lines -----BEGIN CERTIFICATE-----", t.CAFile)
	}
	return pool, nil
}

// config is that of all connections, without a client certificate.
func (t Trust) config() (*tls.Config, error) {
	pool, err := t.Authorities()
	if err != nil {
		return nil, err
	}
	return &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12, InsecureSkipVerify: t.InsecureSkipVerify}, nil //nolint:gosec // the user asks for it, and every report says so
}

// load reads the client certificate. No error holds anything of the key.
func (c *Certificate) load() (tls.Certificate, error) {
	for flag, file := range map[string]string{"--client-certificate": c.CertFile, "--client-key": c.KeyFile} {
		if _, err := os.Stat(file); err != nil {
			return tls.Certificate{}, fmt.Errorf("%s: %w", flag, err)
		}
	}
	pair, err := tls.LoadX509KeyPair(c.CertFile, c.KeyFile)
	if err != nil {
		return pair, fmt.Errorf("the client certificate %s with the key %s cannot be used: %w; both have to be PEM, the key without a password", c.CertFile, c.KeyFile, err)
	}
	return pair, nil
}
