package visit

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"sync"
	"time"
)

// impostor shows the endpoint's certificate or, on request, one that nobody vouches for and
// that is for another name.
type impostor struct {
	own, other tls.Certificate

	mu     sync.Mutex
	active bool
	shown  map[net.Conn]bool // connections that got the other one
}

func newImpostor(own tls.Certificate) (*impostor, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make a certificate: %w", err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "somebody-else.invalid"}, DNSNames: []string{"somebody-else.invalid"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return nil, fmt.Errorf("make a certificate: %w", err)
	}
	return &impostor{own: own, other: tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, shown: map[net.Conn]bool{}}, nil
}

// config takes old versions, too: that a client uses one is judged.
func (i *impostor) config() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS10, GetCertificate: i.choose} //nolint:gosec // see above
}

func (i *impostor) choose(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.active {
		i.shown[hello.Conn] = true
		return &i.other, nil
	}
	return &i.own, nil
}

// act begins or ends the imposture.
func (i *impostor) act(active bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.active = active
}

// fooled says whether the request came over a connection with the other certificate.
func (i *impostor) fooled(r *http.Request) bool {
	conn, _ := r.Context().Value(connKey{}).(*tls.Conn)
	if conn == nil {
		return false
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.shown[conn.NetConn()]
}

// count is how many connections were shown the other certificate.
func (i *impostor) count() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return len(i.shown)
}

type connKey struct{}

// withConn lets a request know its connection.
func withConn(ctx context.Context, conn net.Conn) context.Context {
	return context.WithValue(ctx, connKey{}, conn)
}
