package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/schemas"
)

// Read reads what WriteJSON wrote; name is that of the file, for the errors,
// which say what is wrong with it, where, and what to do. A report that was
// read and is written again is the same, byte for byte.
func Read(name string, data []byte) (*Report, error) {
	if err := recognize(data); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if err := validate(data); err != nil {
		if invalid, ok := errors.AsType[*schemas.Invalid](err); ok {
			invalid.File = name
			return nil, fmt.Errorf("%w\nwrite the report anew with --report json=FILE", invalid)
		}
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var r Report
	if err := json.Unmarshal(data, &r); err != nil {
		return nil, fmt.Errorf("%s: %w: write the report anew with --report json=FILE", name, err)
	}
	for i, q := range r.Requirements {
		if _, _, err := features.ClientOf(q.ID); err != nil && q.Level != "" {
			return nil, fmt.Errorf("%s: requirements[%d].id: %w; if it is right, use a newer simulate-duo", name, i, err)
		}
	}
	return &r, nil
}

// recognize refuses a file that is no report at all, or one that this program is too
// old for: the schema would find a hundred faults in it and miss that one.
func recognize(data []byte) error {
	text := strings.ToLower(string(bytes.TrimSpace(data[:min(len(data), 512)])))
	const give = "give the file that --report json=FILE has written"
	switch {
	case strings.HasPrefix(text, "<!doctype html"), strings.HasPrefix(text, "<html"):
		return errors.New("this is an HTML page, not a JSON report: " + give)
	case strings.HasPrefix(text, "<"):
		return errors.New("this is XML, not a JSON report: " + give)
	case text == "":
		return errors.New("the file is empty: the run that was to write it did not come to its end, or --report named another format; " + give)
	}
	var found struct {
		Version *int `json:"version"`
	}
	var syntax *json.SyntaxError
	switch err := json.Unmarshal(data, &found); {
	case errors.As(err, &syntax):
		return nil // the validation says where
	case err != nil, found.Version == nil:
		return errors.New("this is JSON, but no report of simulate-duo: it has no version; " + give)
	case *found.Version > Version:
		return fmt.Errorf("this report has version %d, and this simulate-duo reads version %d: use a newer simulate-duo", *found.Version, Version)
	case *found.Version < 1:
		return fmt.Errorf("there is no report of version %d; %s", *found.Version, give)
	}
	return nil
}

// validate checks the report by its schema, without the bodies of the messages:
// they are the target's, which may nest and count beyond what a schema's
// validator takes.
func validate(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var document any
	if err := d.Decode(&document); err != nil || d.More() {
		return schemas.Validate(schemas.Report, data) // fails, and says where
	}
	for _, q := range items(document, "requirements") {
		for _, e := range items(q, "examples") {
			for _, x := range items(e, "exchanges") {
				withoutBody(member(x, "request"))
				withoutBody(member(x, "response"))
			}
		}
	}
	slim, err := json.Marshal(document)
	if err != nil {
		return err
	}
	return schemas.Validate(schemas.Report, slim)
}

// withoutBody empties the body of a message and keeps its kind.
func withoutBody(message any) {
	object, _ := message.(map[string]any)
	switch object["body"].(type) {
	case []any:
		object["body"] = []any{}
	case map[string]any:
		object["body"] = map[string]any{}
	}
}

func member(value any, name string) any {
	object, _ := value.(map[string]any)
	return object[name]
}

func items(value any, name string) []any {
	list, _ := member(value, name).([]any)
	return list
}
