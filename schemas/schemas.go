// Package schemas holds the JSON Schema (draft-07) of every document that the
// project reads or writes, and is the one place that checks a document against
// its schema. What it finds is told in words that help to mend the document:
// where, what, and the remedy.
package schemas

import (
	"embed"
	"fmt"
	"io/fs"
	"sync"

	"github.com/xeipuuv/gojsonschema"
)

// FS holds the schema files, for tools and editors that want them as they are.
//
//go:embed *.json
var FS embed.FS

// Name is the file name of a schema.
type Name string

// The project's own documents.
const (
	Directory   Name = "directory.json"   // users and groups in Duo, as YAML
	Application Name = "application.json" // the Provisioning tab of a Duo application, as YAML
	DuoProfile  Name = "duo-profile.json" // how Duo does what is not published, as YAML
	Target      Name = "target.json"      // a SCIM endpoint and what it needs, as YAML
	Report      Name = "report.json"      // the result of a run
)

// SCIM resources (RFC 7643). Each of User and Group has three forms: what a
// client sends, what a server answers, and any part of the resource (an answer
// to a request with "attributes", or the value of a path-less PATCH).
const (
	User                  Name = "user.json"
	UserResource          Name = "user-resource.json"
	UserAttributes        Name = "user-attributes.json"
	Group                 Name = "group.json"
	GroupResource         Name = "group-resource.json"
	GroupAttributes       Name = "group-attributes.json"
	ServiceProviderConfig Name = "service-provider-config.json"
	ResourceType          Name = "resource-type.json"
	Schema                Name = "schema.json"
)

// SCIM messages (RFC 7644).
const (
	PatchOp       Name = "patch-op.json"
	ListResponse  Name = "list-response.json"
	SearchRequest Name = "search-request.json"
	Error         Name = "error.json"
)

// Validate checks a JSON document against a schema, member names to the
// letter; ValidateMessage knows SCIM's freedoms. The result is nil or an
// *Invalid with every problem found; any other error means that the schema
// itself is missing or broken.
func Validate(schema Name, document []byte) error {
	value, problem := parseJSON(document)
	if problem != nil {
		return &Invalid{Schema: schema, Problems: []Problem{*problem}}
	}
	problems, err := check(schema, value)
	if err != nil {
		return err
	}
	return newInvalid(schema, "", problems)
}

// check validates a value as parseJSON or the YAML reader yields it.
func check(name Name, value any) ([]Problem, error) {
	c, err := compile(name)
	if err != nil {
		return nil, err
	}
	result, err := c.Validate(gojsonschema.NewRawLoader(value))
	if err != nil {
		return nil, fmt.Errorf("schemas: validating against %s: %w", name, err)
	}
	return explain(name, value, result.Errors()), nil
}

// cache holds what compile has compiled, which then is only read.
var cache struct {
	sync.Mutex
	schemas map[Name]*gojsonschema.Schema
}

func compile(name Name) (*gojsonschema.Schema, error) {
	cache.Lock()
	defer cache.Unlock()
	if schema, ok := cache.schemas[name]; ok {
		return schema, nil
	}
	schema, err := load(name)
	if err != nil {
		return nil, fmt.Errorf("schemas: %s: %w", name, err)
	}
	if cache.schemas == nil {
		cache.schemas = map[Name]*gojsonschema.Schema{}
	}
	cache.schemas[name] = schema
	return schema, nil
}

// load compiles one schema. Every other file is made known first, so that a
// $ref is met by an embedded file and never by the network.
func load(name Name) (*gojsonschema.Schema, error) {
	root, err := FS.ReadFile(string(name))
	if err != nil {
		return nil, fmt.Errorf("no such schema: %w", err)
	}
	names, err := fs.Glob(FS, "*.json")
	if err != nil {
		return nil, err
	}
	loader := gojsonschema.NewSchemaLoader()
	for _, other := range names {
		if other == string(name) {
			continue
		}
		data, err := FS.ReadFile(other)
		if err != nil {
			return nil, err
		}
		if err := loader.AddSchemas(gojsonschema.NewBytesLoader(data)); err != nil {
			return nil, fmt.Errorf("%s: %w", other, err)
		}
	}
	return loader.Compile(gojsonschema.NewBytesLoader(root))
}
