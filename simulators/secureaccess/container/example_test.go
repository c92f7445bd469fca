package container_test

import (
	"context"
	"fmt"
	"log"

	"github.com/testcontainers/testcontainers-go"

	"github.com/simulate-duo/simulate-duo/simulators/secureaccess/container"
)

// A test of a SCIM client needs the first line, and the second to clean up.
func ExampleRun() { //nolint:testableexamples // it needs Docker, and prints a new token each time
	sse, err := container.Run(context.Background())
	defer func() { _ = testcontainers.TerminateContainer(sse) }()
	if err != nil {
		log.Println(err)
		return
	}
	fmt.Println("provision", sse.BaseURL, "with the bearer token", sse.Token)
}
