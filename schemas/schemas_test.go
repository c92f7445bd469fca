package schemas_test

import (
	"encoding/json"
	"io/fs"
	"strings"
	"testing"

	"github.com/xeipuuv/gojsonschema"

	"github.com/simulate-duo/simulate-duo/schemas"
)

// eachSchema runs a check over every schema file.
func eachSchema(t *testing.T, check func(t *testing.T, file string, data []byte)) {
	t.Helper()
	files, err := fs.Glob(schemas.FS, "*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no schema files: %v", err)
	}
	for _, file := range files {
		t.Run(file, func(t *testing.T) {
			data, err := schemas.FS.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			check(t, file, data)
		})
	}
}

// walk visits every object in a schema with its path.
func walk(node any, path string, visit func(path string, node map[string]any)) {
	switch n := node.(type) {
	case []any:
		for _, v := range n {
			walk(v, path+"[]", visit)
		}
	case map[string]any:
		visit(path, n)
		for name, v := range n {
			walk(v, path+"/"+name, visit)
		}
	}
}

func TestEverySchemaIsValidDraft07(t *testing.T) {
	eachSchema(t, func(t *testing.T, _ string, data []byte) {
		draft := gojsonschema.NewReferenceLoader("http://json-schema.org/draft-07/schema#") // built into the library
		result, err := gojsonschema.Validate(draft, gojsonschema.NewBytesLoader(data))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range result.Errors() {
			t.Error(e)
		}
	})
}

func TestEverySchemaSaysWhatItIs(t *testing.T) {
	eachSchema(t, func(t *testing.T, file string, data []byte) {
		var head struct {
			Schema      string `json:"$schema"`
			ID          string `json:"$id"`
			Title       string
			Description string
		}
		if err := json.Unmarshal(data, &head); err != nil {
			t.Fatal(err)
		}
		if want := "http://json-schema.org/draft-07/schema#"; head.Schema != want {
			t.Errorf("$schema is %q, want %q", head.Schema, want)
		}
		if want := "https://github.com/simulate-duo/simulate-duo/schemas/" + file; head.ID != want {
			t.Errorf("$id is %q, want %q", head.ID, want)
		}
		if head.Title == "" || head.Description == "" {
			t.Errorf("title %q and description %q must both say something", head.Title, head.Description)
		}
	})
}

// A reference that no file meets would be looked for in the network.
func TestEveryReferenceStaysAmongTheFiles(t *testing.T) {
	eachSchema(t, func(t *testing.T, file string, data []byte) {
		walk(parsed(t, data), "", func(path string, node map[string]any) {
			ref, ok := node["$ref"].(string)
			if !ok {
				return
			}
			other, pointer, _ := strings.Cut(ref, "#")
			if other == "" {
				other = file
			}
			target, err := schemas.FS.ReadFile(other)
			if err != nil {
				t.Errorf("%s refers to %q: %v", path, ref, err)
				return
			}
			var node2 any = parsed(t, target)
			for _, step := range strings.FieldsFunc(pointer, func(r rune) bool { return r == '/' }) {
				object, _ := node2.(map[string]any)
				node2 = object[step]
			}
			if node2 == nil {
				t.Errorf("%s refers to %q, which is not there", path, ref)
			}
		})
	})
}

func TestEveryRuleThatNeedsWordsHasThem(t *testing.T) {
	eachSchema(t, func(t *testing.T, _ string, data []byte) {
		walk(parsed(t, data), "", func(path string, node map[string]any) {
			if strings.HasSuffix(path, "/properties") || inCondition(path) {
				return // names of members, or a test that is never reported
			}
			if _, ok := node["pattern"]; ok && node["patternErrorMessage"] == nil {
				t.Errorf("%s has a pattern without patternErrorMessage", path)
			}
			for _, keyword := range []string{"minLength", "minItems"} {
				if least, ok := node[keyword]; ok && least != 1.0 {
					t.Errorf("%s has %s %v, which is told as \"must not be empty\"", path, keyword, least)
				}
			}
			for _, keyword := range []string{"oneOf", "anyOf", "not"} {
				if _, ok := node[keyword]; ok && node["errorMessage"] == nil {
					t.Errorf("%s has %s without errorMessage", path, keyword)
				}
			}
		})
	})
}

func inCondition(path string) bool {
	return strings.Contains(path, "/if") || strings.HasSuffix(path, "/not") || strings.Contains(path, "/oneOf[]")
}

func TestOurOwnFilesAllowNoUnknownKeys(t *testing.T) {
	for _, name := range []schemas.Name{schemas.Directory, schemas.Application} {
		data, err := schemas.FS.ReadFile(string(name))
		if err != nil {
			t.Fatal(err)
		}
		walk(parsed(t, data), string(name), func(path string, node map[string]any) {
			if node["type"] == "object" && node["additionalProperties"] == nil {
				t.Errorf("%s allows unknown keys", path)
			}
		})
	}
}

func TestEveryNameHasItsFileAndCompiles(t *testing.T) {
	for _, name := range []schemas.Name{
		schemas.Directory, schemas.Application, schemas.Report,
		schemas.User, schemas.UserResource, schemas.UserAttributes,
		schemas.Group, schemas.GroupResource, schemas.GroupAttributes,
		schemas.ServiceProviderConfig, schemas.ResourceType, schemas.Schema,
		schemas.PatchOp, schemas.ListResponse, schemas.SearchRequest, schemas.Error,
	} {
		wantProblems(t, schemas.Validate(name, []byte(`7`)), `must be an object, got the number 7`)
	}
}

func TestAnUnknownSchemaIsNoFindingAboutTheDocument(t *testing.T) {
	err := schemas.Validate("car.json", []byte(`{}`))
	if err == nil || !strings.HasPrefix(err.Error(), "schemas: car.json: no such schema") {
		t.Errorf("got %v", err)
	}
}

func TestValidateTakesNamesToTheLetter(t *testing.T) {
	wantProblems(t, schemas.Validate(schemas.User, []byte(`{"schemas":["x"],"username":"a"}`)), `"userName" is missing: add it`)
	wantProblems(t, schemas.Validate(schemas.UserAttributes, []byte(`{"active":true,"name":{"givenName":"Josue"}}`)))
	wantProblems(t, schemas.Validate(schemas.UserAttributes, []byte(`{"title":null}`)), `title: must be a string, got nothing: write "", or remove the key`)
}

func parsed(t *testing.T, data []byte) map[string]any {
	t.Helper()
	var content map[string]any
	if err := json.Unmarshal(data, &content); err != nil {
		t.Fatal(err)
	}
	return content
}
