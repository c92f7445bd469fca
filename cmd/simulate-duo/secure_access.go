package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
	"github.com/simulate-duo/simulate-duo/steps"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

func secureAccessCommand(env environment) *cobra.Command {
	var listen, tokenFile string
	cmd := &cobra.Command{
		Use:   "secure-access",
		Short: "Run the Cisco Secure Access simulator alone, for any SCIM client",
		Long: `Runs the simulator of Cisco Secure Access with one integrated directory ("DUO Integration").
Its first two lines on standard output are SCIM_BASE_URL=… and SCIM_TOKEN=…; the token is
that of --token-file, or a new one that is shown this once. It keeps everything in memory
and ends on SIGINT or SIGTERM.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return serveSecureAccess(cmd.Context(), env, listen, tokenFile)
		},
	}
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:8443", "`ADDRESS` to listen on; port 0 takes a free one")
	cmd.Flags().StringVar(&tokenFile, "token-file", "", "`FILE` with the token to accept; default: a new one")
	return cmd
}

// shutdownTime is how long requests may take to end after a signal.
const shutdownTime = 5 * time.Second

func serveSecureAccess(ctx context.Context, env environment, listen, tokenFile string) error {
	server, token, err := integratedServer(env, tokenFile)
	if err != nil {
		return err
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", listen)
	if err != nil {
		return fmt.Errorf("--listen %s: %w; choose another address, or port 0 for a free port", listen, err)
	}
	fmt.Fprintf(env.stdout, "SCIM_BASE_URL=%s\n", server.ProvisioningURL("http://"+listener.Addr().String()))
	fmt.Fprintf(env.stdout, "SCIM_TOKEN=%s\n", token)
	fmt.Fprintln(env.stderr, "Cisco Secure Access simulator is running; Ctrl-C ends it. Everything is lost then.")

	s := &http.Server{Handler: server, ReadHeaderTimeout: 10 * time.Second}
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

func integratedServer(env environment, tokenFile string) (*secureaccess.Server, string, error) {
	config := secureaccess.Config{Organization: "simulate-duo"}
	if tokenFile != "" {
		token, err := safety.ReadToken(env.getenv, tokenFile, nil)
		if err != nil {
			return nil, "", fmt.Errorf("--token-file: %w", err)
		}
		config.NewToken = func() string { return token }
	}
	server, err := secureaccess.New(config)
	if err != nil {
		return nil, "", err
	}
	directory, err := server.IntegrateDirectory(steps.DirectoryName, secureaccess.Duo)
	if err != nil {
		return nil, "", err
	}
	token, err := directory.GenerateToken()
	return server, token, err
}
