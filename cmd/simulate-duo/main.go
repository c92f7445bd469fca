// Command simulate-duo plays Cisco Duo's outbound SCIM provisioner against a
// SCIM endpoint and judges the endpoint, requirement by requirement.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	// A container image made from scratch has no certification authorities. These
	// are used only where the system has none.
	_ "golang.org/x/crypto/x509roots/fallback"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], environment{os.Getenv, os.Stdin, os.Stdout, os.Stderr})
	stop()
	os.Exit(code)
}
