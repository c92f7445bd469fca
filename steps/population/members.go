package population

import (
	"fmt"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"github.com/simulate-duo/simulate-duo/fixtures"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Member is a user or a group of the population.
type Member struct {
	Name       string   // by which the features call it
	Collection string   // Users or Groups
	Attributes string   // JSON, with the placeholders {population} and {domain}
	members    []string // of a group, by their names
}

// peopleFile is where the population is written down. A feature names it from the root
// of the project.
const peopleFile = "population/people.yaml"

// Members are the whole population, users before groups.
var Members = sync.OnceValue(func() []Member {
	members, err := readMembers()
	if err != nil {
		panic(err) // the file is part of the program, and a test reads it
	}
	return members
})

func readMembers() ([]Member, error) {
	data, err := fixtures.FS.ReadFile(peopleFile)
	if err != nil {
		return nil, err
	}
	text, err := yaml.YAMLToJSON(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", peopleFile, err)
	}
	file, err := scim.ParseObject(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", peopleFile, err)
	}
	var all []Member
	for _, collection := range []string{"Users", "Groups"} {
		for _, v := range file.Array(strings.ToLower(collection)) {
			m, err := memberOf(collection, v)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", peopleFile, err)
			}
			all = append(all, m)
		}
	}
	return all, nil
}

func memberOf(collection string, v any) (Member, error) {
	o, _ := v.(*scim.Object)
	attributes, err := scim.Marshal(o.Object("attributes"))
	if err != nil || o.String("name") == "" {
		return Member{}, fmt.Errorf("one of the %s has no name or no attributes", collection)
	}
	m := Member{Name: o.String("name"), Collection: collection, Attributes: string(attributes)}
	for _, name := range o.Array("members") {
		text, _ := name.(string)
		m.members = append(m.members, text)
	}
	return m, nil
}

// countOf is how many members a collection has.
func countOf(collection string) int {
	n := 0
	for _, m := range Members() {
		if m.Collection == collection {
			n++
		}
	}
	return n
}
