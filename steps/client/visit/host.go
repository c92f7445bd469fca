// Package visit receives a SCIM client at an endpoint of its own, asks it to do one task
// after the other, and records what it sends.
package visit

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
	"github.com/simulate-duo/simulate-duo/steps/client"
)

// Options say how a client is received. The zero value listens on a free port of the
// loopback interface.
type Options struct {
	Listen      string           // address; default 127.0.0.1:0
	Host        string           // as the client reaches it, if that is not the address
	Certificate *tls.Certificate // of the endpoint; nil for plain HTTP
	Token       string           // that the client has to send
	Now         func() time.Time // the judge's clock; default time.Now
	Tell        func(string)     // what is worth knowing at once, in one line; nil for nobody
	OnExchange  func(*client.Exchange)
}

// Host is an endpoint that records its client. Its methods may be called concurrently, but
// Play only once.
type Host struct {
	options   Options
	server    *secureaccess.Server
	base      string // URL
	elsewhere string // origin of the other host, "" if the client cannot reach one
	servers   []*http.Server
	impostor  *impostor // nil without TLS

	mu        sync.Mutex
	recording client.Recording
	current   *task        // the one under way; nil between two
	handler   http.Handler // the endpoint behind the weather of the task
	oddID     bool         // the next id has to be escaped
	refused   int          // requests without the right token, in a row
	told      map[string]bool
	traffic   chan struct{} // has something after an exchange
}

// Open starts the endpoint. The error says what cannot be listened on.
func Open(options Options) (*Host, error) {
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Listen == "" {
		options.Listen = "127.0.0.1:0"
	}
	if options.Token == "" {
		return nil, errors.New("the token is empty: give one, or let one be made")
	}
	h := &Host{options: options, told: map[string]bool{}, traffic: make(chan struct{}, 1)}
	h.recording.IDs = map[string]bool{}
	if err := h.furnish(); err != nil {
		return nil, err
	}
	if err := h.listen(); err != nil {
		h.Close()
		return nil, err
	}
	h.recording.Base = h.base
	return h, nil
}

// furnish makes the Secure Access behind the endpoint.
func (h *Host) furnish() error {
	server, err := secureaccess.New(secureaccess.Config{
		Organization: "simulate-duo", Now: h.options.Now, NewID: h.newID,
		NewToken: func() string { return h.options.Token },
	})
	if err != nil {
		return err
	}
	directory, err := server.IntegrateDirectory("Client under judgement", secureaccess.Other)
	if err != nil {
		return err
	}
	_, err = directory.GenerateToken()
	h.server, h.handler = server, server
	return err
}

// newID makes an id, on request one that cannot stand in a URL as it is.
func (h *Host) newID() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	id := uuid.NewString()
	if h.oddID {
		h.oddID = false
		id = "é+%41 /?#" + id[:8]
	}
	h.recording.IDs[id] = true
	return id
}

func (h *Host) listen() error {
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", h.options.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w; choose another address, or port 0 for a free port", h.options.Listen, err)
	}
	origin := "http://"
	watched := net.Listener(&watchedListener{listener, h.unread})
	if c := h.options.Certificate; c != nil {
		origin = "https://"
		if h.impostor, err = newImpostor(*c); err != nil {
			return errors.Join(err, listener.Close())
		}
		watched = tls.NewListener(watched, h.impostor.config())
	}
	host, port, _ := net.SplitHostPort(listener.Addr().String())
	if h.options.Host != "" {
		host = h.options.Host
	} else if ip := net.ParseIP(host); ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	h.base = h.server.ProvisioningURL(origin + net.JoinHostPort(host, port))
	h.start(watched, h.serve)
	return h.listenElsewhere(host)
}

// listenElsewhere opens the host that redirects lead to. It is on this machine, under
// another name, so there is none for clients elsewhere.
func (h *Host) listenElsewhere(host string) error {
	other := map[string]string{"127.0.0.1": "localhost", "localhost": "127.0.0.1"}[host]
	if other == "" {
		return nil
	}
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("listen for redirected requests: %w", err)
	}
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	h.elsewhere = "http://" + net.JoinHostPort(other, port)
	h.start(listener, h.serveElsewhere)
	return nil
}

func (h *Host) start(listener net.Listener, serve http.HandlerFunc) {
	server := &http.Server{
		Addr: listener.Addr().String(), Handler: serve, ErrorLog: log.New(io.Discard, "", 0), ConnContext: withConn,
		ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, WriteTimeout: 2 * time.Minute, IdleTimeout: 2 * time.Minute,
	}
	// A handshake for each request: the one with the wrong certificate must not be avoided.
	server.SetKeepAlivesEnabled(h.impostor == nil)
	h.servers = append(h.servers, server)
	go func() { _ = server.Serve(listener) }()
}

// BaseURL is what the client needs beside the token.
func (h *Host) BaseURL() string { return h.base }

// Close ends the endpoint.
func (h *Host) Close() {
	for _, s := range h.servers {
		_ = s.Close()
	}
}

// tell says something to the user, each text once.
func (h *Host) tell(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	h.mu.Lock()
	known := h.told[text]
	h.told[text] = true
	h.mu.Unlock()
	if !known && h.options.Tell != nil {
		h.options.Tell(strings.TrimSpace(text))
	}
}
