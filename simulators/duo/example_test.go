package duo_test

import (
	"context"
	"fmt"
	"log"
	"net/http/httptest"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

// Duo provisions a group into Secure Access. Then a member leaves, and the next
// pass deactivates the account. The Activity Log tells both.
func ExampleProvisioner_Sync() {
	url, token, stop := startSecureAccess()
	defer stop()
	people, err := directory.Load("people.yaml", []byte(`
users:
  - {username: ada, display_name: Ada Lovelace}
  - {username: grace, display_name: Grace Hopper}
groups:
  - {name: Engineers, members: [ada, grace]}
`))
	if err != nil {
		log.Fatal(err)
	}
	application := duo.Application{
		Name: "Cisco Secure Access", Type: duo.CiscoSecureAccess, Deprovisioning: duo.Deactivate,
		Mapping: []duo.Row{
			{Duo: "Username", Application: "userName"},
			{Duo: "Display Name", Application: "displayName"},
		},
		Groups: duo.GroupSelection{Select: []string{"Engineers"}},
	}
	provisioner, err := duo.New(application, duo.Profile{}, &wire.Client{BaseURL: url, Token: token}, duo.Options{})
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	first, err := provisioner.SaveAndEnable(ctx, people)
	if err != nil {
		log.Fatal(err)
	}
	if err := people.RemoveMember("Engineers", "grace"); err != nil {
		log.Fatal(err)
	}
	second, err := provisioner.Sync(ctx, people)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(first)
	fmt.Println(second)
	for _, entry := range slices.Backward(provisioner.Log().Entries()) {
		fmt.Printf("%s: %s\n", entry.Label().Text, entry.Affected.Name)
	}
	// Output:
	// users: 2 created; groups: 1 created, 1 with other members
	// users: 1 deactivated; groups: 1 with other members
	// Enabled provisioning: Cisco Secure Access
	// Provisioning successfully connected: Cisco Secure Access
	// User provisioning succeeded: ada
	// User provisioning succeeded: grace
	// Group provisioning succeeded: Engineers
	// Group provisioning succeeded: Engineers
	// User deprovisioning succeeded: grace
	// Group provisioning succeeded: Engineers
}

// startSecureAccess starts a target and returns its SCIM base URL and a token.
func startSecureAccess() (url, token string, stop func()) {
	access, err := secureaccess.New(secureaccess.Config{Organization: "Example"})
	if err != nil {
		log.Fatal(err)
	}
	integrated, err := access.IntegrateDirectory("Staff", secureaccess.Duo)
	if err != nil {
		log.Fatal(err)
	}
	if token, err = integrated.GenerateToken(); err != nil {
		log.Fatal(err)
	}
	server := httptest.NewServer(access)
	return access.ProvisioningURL(server.URL), token, server.Close
}
