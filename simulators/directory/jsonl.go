package directory

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/simulate-duo/simulate-duo/schemas"
)

// line is one line of a directory in JSON Lines. A line is one of
//
//	{"directory": {"users": 2, "groups": 1}}
//	{"name": "DUO - Users", "key": "DG…", "members": ["josue@example.com"]}
//	{"username": "josue@example.com", "email": …, "groups": ["DUO - Users"]}
//
// The first may open the file and says how much follows, so that a file that was
// not written to its end is noticed. Names and rules are those of the YAML form.
// A membership stands at the group or at the user; the group that a user names
// stands above.
type line struct {
	Directory *totals `json:"directory,omitempty"`

	Key         string            `json:"key,omitempty"`
	Username    *string           `json:"username,omitempty"`
	DisplayName string            `json:"display_name,omitempty"`
	Email       string            `json:"email,omitempty"`
	FirstName   string            `json:"first_name,omitempty"`
	LastName    string            `json:"last_name,omitempty"`
	Status      Status            `json:"status,omitempty"`
	Attributes  map[string]string `json:"attributes,omitempty"`
	Groups      []string          `json:"groups,omitempty"`

	Name    *string  `json:"name,omitempty"`
	Members []string `json:"members,omitempty"`
}

// totals are how many users and groups a file has.
type totals struct {
	Users  int `json:"users"`
	Groups int `json:"groups"`
}

var lineFields = []string{
	"directory", "key", "username", "display_name", "email", "first_name", "last_name", "status", "attributes", "groups", "name", "members",
}

// readLines reads a directory in JSON Lines.
func readLines(file string, r io.Reader) (*Directory, error) {
	in, from := newIntake(file), newSource(file, r)
	var promised *totals
	seen := totals{}
	for len(in.problems) < maxProblems {
		text, err := from.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if text = bytes.TrimSpace(text); len(text) == 0 {
			continue
		}
		var l line
		if !in.decode(from.line, text, &l) {
			continue
		}
		switch {
		case l.Directory != nil && seen == totals{} && promised == nil:
			promised = l.Directory
		case l.Directory != nil:
			in.fail(from.line, 1, "directory", "the line with the numbers of users and groups comes first and once: remove it here")
		default:
			in.take(from.line, l, &seen)
		}
	}
	in.whole(from.line, promised, seen)
	return in.finish()
}

// take takes the user or the group of a line.
func (in *intake) take(at int, l line, seen *totals) {
	switch {
	case l.Username != nil && l.Name == nil && l.Members == nil:
		seen.Users++
		for label, value := range l.Attributes {
			delete(l.Attributes, label)
			l.Attributes[in.same(label)] = in.same(value)
		}
		in.user(at, User{
			Key: l.Key, Username: *l.Username, DisplayName: l.DisplayName, Email: l.Email,
			FirstName: in.same(l.FirstName), LastName: in.same(l.LastName), Status: Status(in.same(string(l.Status))), Attributes: l.Attributes,
		}, l.Groups)
	case l.Name != nil && l.isGroup():
		seen.Groups++
		in.group(at, Group{Key: l.Key, Name: *l.Name, Members: l.Members})
	default:
		in.fail(at, 1, "", `a line is a user, with a "username", or a group, with a "name" and "members": this is neither, or both`)
	}
}

func (l line) isGroup() bool {
	return l.Username == nil && l.Groups == nil && l.Attributes == nil && l.DisplayName+l.Email+l.FirstName+l.LastName+string(l.Status) == ""
}

// whole refuses a file that holds nobody without saying so, or less or more than it says.
func (in *intake) whole(last int, promised *totals, seen totals) {
	switch {
	case len(in.problems) > 0:
	case promised == nil && seen.Users == 0:
		in.fail(max(last, 1), 1, "", "the file holds no user: write it again, or begin it with {\"directory\": {\"users\": 0, \"groups\": %d}} if that is meant", seen.Groups)
	case promised != nil && *promised != seen:
		in.fail(max(last, 1), 1, "", "the first line promises %d users and %d groups, the file holds %d and %d: it was not written to its end, or was changed by hand; write it again, or correct its first line",
			promised.Users, promised.Groups, seen.Users, seen.Groups)
	}
}

// decode reads one line of JSON and says whether it could.
func (in *intake) decode(at int, text []byte, into *line) bool {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	err := d.Decode(into)
	if err == nil && d.More() {
		in.fail(at, int(d.InputOffset())+1, "", "there is text after the JSON object: put each user and group on a line of its own")
		return false
	}
	if err != nil {
		column, why := jsonTrouble(err, len(text))
		in.fail(at, column, "", "%s", why)
	}
	return err == nil
}

// jsonTrouble says where and why a line could not be read.
func jsonTrouble(err error, length int) (column int, why string) {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return length + 1, "the line ends too early: the file was not written to its end; write it again"
	case errors.As(err, &syntax):
		return int(syntax.Offset), "this is not JSON: " + syntax.Error()
	case errors.As(err, &kind) && kind.Field == "":
		return 1, fmt.Sprintf("a line is a JSON object, this is a JSON %s", kind.Value)
	case errors.As(err, &kind):
		return int(kind.Offset), fmt.Sprintf("%s must not be a JSON %s: give it the form that the schema directory.json describes", kind.Field, kind.Value)
	}
	if _, name, found := strings.Cut(err.Error(), "unknown field "); found {
		name = strings.Trim(name, `"`)
		return 1, fmt.Sprintf("unknown key %q: %s", name, schemas.Suggestion(name, lineFields))
	}
	return 1, err.Error()
}
