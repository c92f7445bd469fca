package main

import (
	"cmp"
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

// listenVariable is the environment variable with the default of --listen: the
// container image sets it, since nobody outside reaches a container's loopback.
const listenVariable = "SIMULATE_DUO_LISTEN"

func secureAccessCommand(env environment) *cobra.Command {
	var listen, tokenFile string
	var wanted []string
	var check bool
	cmd := &cobra.Command{
		Use:   "secure-access",
		Short: "Run the Cisco Secure Access simulator alone, for any SCIM client",
		Long: `Runs the simulator of Cisco Secure Access with one integrated directory ("DUO Integration").
Its first two lines on standard output are SCIM_BASE_URL=… and SCIM_TOKEN=…; the token is
that of --token-file, else $SCIM_TOKEN, else a new one that is shown this once. It keeps
everything in memory and ends on SIGINT or SIGTERM.

With --check it runs nothing: it asks the simulator at --listen whether it answers, which is
what the health check of the container image does.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if check {
				return checkSecureAccess(cmd.Context(), listen)
			}
			return serveSecureAccess(cmd.Context(), env, listen, tokenFile, wanted)
		},
	}
	address := cmp.Or(env.getenv(listenVariable), "127.0.0.1:8443")
	cmd.Flags().StringVar(&listen, "listen", address, "`ADDRESS` to listen on; port 0 takes a free one; default: $"+listenVariable)
	cmd.Flags().StringVar(&tokenFile, "token-file", "", "`FILE` with the token to accept; default: $SCIM_TOKEN, or a new one")
	cmd.Flags().StringArrayVar(&wanted, "fault", nil, "violate a `REQUIREMENT` on purpose: its id, or ID/NAME of one of its faults; repeatable")
	cmd.Flags().BoolVar(&check, "check", false, "ask the simulator at --listen whether it answers, and end")
	return cmd
}

// shutdownTime is how long requests may take to end after a signal.
const shutdownTime = 5 * time.Second

func serveSecureAccess(ctx context.Context, env environment, listen, tokenFile string, wanted []string) error {
	server, token, err := integratedServer(env, tokenFile)
	if err != nil {
		return err
	}
	handler, err := withFaults(server, wanted)
	if err != nil {
		return err
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", listen)
	if err != nil {
		return fmt.Errorf("--listen %s: %w; choose another address, or port 0 for a free port", listen, err)
	}
	fmt.Fprintf(env.stdout, "SCIM_BASE_URL=%s\n", server.ProvisioningURL(originOf(listener.Addr().String())))
	fmt.Fprintf(env.stdout, "SCIM_TOKEN=%s\n", token)
	fmt.Fprintln(env.stderr, "Cisco Secure Access simulator is running; Ctrl-C ends it. Everything is lost then.")

	s := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
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

// checkSecureAccess asks for what Secure Access shows without a token.
func checkSecureAccess(ctx context.Context, listen string) error {
	url := originOf(listen) + secureaccess.ProvisioningPath + "/ServiceProviderConfig"
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return fmt.Errorf("--listen %s: %w", listen, err)
	}
	client := &http.Client{Timeout: 2 * time.Second}
	answer, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("the simulator does not answer: %w", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the simulator is not well: %s answered %s", url, answer.Status)
	}
	return nil
}

// originOf is where a server that listens on the address is reached from the
// same machine: one that listens everywhere, by the loopback interface.
func originOf(address string) string {
	host, port, err := net.SplitHostPort(address)
	if ip := net.ParseIP(host); err == nil && (host == "" || ip != nil && ip.IsUnspecified()) {
		address = net.JoinHostPort("127.0.0.1", port)
	}
	return "http://" + address
}

// integratedServer is a Secure Access with the guide's directory, and its token.
func integratedServer(env environment, tokenFile string) (*secureaccess.Server, string, error) {
	config := secureaccess.Config{Organization: "simulate-duo"}
	if tokenFile != "" || env.getenv(safety.TokenVariable) != "" {
		token, err := safety.ReadToken(env.getenv, tokenFile, nil)
		if err != nil {
			return nil, "", fmt.Errorf("the token to accept: %w", err)
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
