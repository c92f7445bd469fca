package filter_test

import (
	"fmt"
	"log"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

func ExampleParse() {
	user := scim.UserType()
	work, err := filter.Parse(`active eq true and emails[type eq "work" and value ew "@example.com"]`, user)
	if err != nil {
		log.Fatal(err)
	}
	for _, document := range []string{
		`{"userName": "ada", "active": true, "emails": [{"type": "work", "value": "ada@example.com"}]}`,
		`{"userName": "bob", "active": true, "emails": [{"type": "home", "value": "bob@example.com"}]}`,
	} {
		resource, err := scim.ParseObject([]byte(document))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(resource.String("userName"), filter.Match(work, user, resource))
	}
	_, err = filter.Parse(`userName eq`, user)
	fmt.Println(err)
	// Output:
	// ada true
	// bob false
	// 400 invalidFilter: position 12 of the filter: a value (a string in double quotes, a number, true, false or null) was expected, found the end
}
