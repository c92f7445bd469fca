package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// How long the server waits for a client. Provisioners send small bodies and
// take small answers; a client that does not is not waited for.
const (
	headerTime   = 10 * time.Second // for the header of a request
	readTime     = time.Minute      // for the whole request
	writeTime    = 2 * time.Minute  // from the end of the header to the end of the answer
	idleTime     = 2 * time.Minute  // between two requests of a connection
	shutdownTime = 5 * time.Second  // for requests to end after a signal
)

func newHTTPServer(handler http.Handler, stderr io.Writer) *http.Server {
	return &http.Server{
		Handler: handler, ErrorLog: log.New(panicsOnly{stderr}, "", 0),
		ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
	}
}

// panicsOnly passes on what net/http says about a panic of our own. The rest is
// about clients that go away, and for their logs.
type panicsOnly struct{ stderr io.Writer }

func (p panicsOnly) Write(message []byte) (int, error) {
	if bytes.Contains(message, []byte("panic serving")) {
		fmt.Fprintf(p.stderr, "simulate-duo: the simulator failed, which is a mistake in it; please report this:\n%s", message)
	}
	return len(message), nil
}

// listenOn opens the address of --listen.
func listenOn(ctx context.Context, address string) (net.Listener, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("--listen %s: %w; choose another address, or port 0 for a free port", address, err)
	}
	return listener, nil
}

// serveUntil serves until the context ends, and then lets requests end.
func serveUntil(ctx context.Context, s *http.Server, listener net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- s.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	if err := s.Shutdown(ending); errors.Is(err, context.DeadlineExceeded) {
		return s.Close()
	} else if err != nil {
		return err
	}
	return nil
}
