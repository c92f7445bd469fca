package steps_test

import (
	"context"
	"fmt"
	"log"
	"net/http/httptest"
	"os"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/steps"
)

// A handler of one's own is judged like any endpoint: here by one requirement, otherwise by
// everything that Duo and the standard ask for.
func ExampleRun() {
	handler, err := provider.New(provider.Config{BasePath: "/scim/v2", Authorize: provider.BearerAuth("secret-token")})
	if err != nil {
		log.Fatal(err)
	}
	server := httptest.NewServer(handler)
	defer server.Close()
	journal, err := os.MkdirTemp("", "journal")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(journal) }()

	result, err := steps.Run(context.Background(), steps.Options{
		Target:     steps.Target{Name: "my server", URL: server.URL + "/scim/v2", Token: "secret-token"},
		Only:       []string{"RFC7644-3.3-05"},
		JournalDir: journal,
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, q := range result.Requirements {
		if q.Verdict.Judged() {
			fmt.Printf("%s %s: %s\n", q.ID, q.Verdict, q.Title)
		}
	}
	fmt.Println("exit status", result.ExitCode())
	// Output:
	// RFC7644-3.3-05 passed: The answer to a creation tells where the new resource is
	// exit status 0
}
