package secureaccess_test

import (
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

// A test of a SCIM client starts Secure Access in its own process, integrates a
// directory and sends with the token that the directory gives.
func Example() {
	access, err := secureaccess.New(secureaccess.Config{Organization: "Example"})
	if err != nil {
		log.Fatal(err)
	}
	directory, err := access.IntegrateDirectory("Staff", secureaccess.Duo)
	if err != nil {
		log.Fatal(err)
	}
	token, err := directory.GenerateToken()
	if err != nil {
		log.Fatal(err)
	}
	server := httptest.NewServer(access)
	defer server.Close()

	// What follows is what the client under test does.
	user := `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ada@example.com","displayName":"Ada Lovelace"}`
	r, err := http.NewRequest(http.MethodPost, access.ProvisioningURL(server.URL)+"/Users", strings.NewReader(user))
	if err != nil {
		log.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Content-Type", "application/scim+json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()

	fmt.Println(answer.Status)
	for _, row := range access.Users(secureaccess.ViewQuery{}) {
		fmt.Println(row.Name, row.UPN, row.Source, row.Directory)
	}
	// Output:
	// 201 Created
	// Ada Lovelace ada@example.com Duo Staff
}
