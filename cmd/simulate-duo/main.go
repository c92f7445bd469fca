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
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithCancel(context.Background())
	interrupts := &interrupts{}
	go interrupts.obey(signals, cancel, os.Stderr, os.Exit)
	os.Exit(run(ctx, os.Args[1:], environment{
		getenv: os.Getenv, stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, interrupts: interrupts,
	}))
}
