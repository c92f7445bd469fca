package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/http"
	"os"
	"time"
)

// certificateAuthorities are those of the system and those in the file; nil, which
// means the system's alone, without a file.
func certificateAuthorities(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("--ca-file: %w", err)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool() // a system without any
	}
	if !pool.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("--ca-file %s: no certificate in it: it has to be PEM, with lines -----BEGIN CERTIFICATE-----", file)
	}
	return pool, nil
}

// httpClient trusts these authorities, as well as the system's.
func httpClient(caFile string, timeout time.Duration) (*http.Client, error) {
	pool, err := certificateAuthorities(caFile)
	if err != nil || pool == nil {
		return &http.Client{Timeout: timeout}, err
	}
	transport := &http.Transport{
		Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true,
		TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12},
	}
	return &http.Client{Timeout: timeout, Transport: transport}, nil
}
