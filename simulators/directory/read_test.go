package directory_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/simulate-duo/simulate-duo/schemas"
	"github.com/simulate-duo/simulate-duo/simulators/directory"
)

func read(t *testing.T, file, text string) *directory.Directory {
	t.Helper()
	d, err := directory.Read(file, iotest.HalfReader(strings.NewReader(text)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTheThreeFormsOfAFileSayTheSame(t *testing.T) {
	yaml := read(t, "d.yaml", `
users:
  - {username: josue@example.com, display_name: Josue Brenes, email: josue@example.com, first_name: Josue, last_name: Brenes}
  - {username: zoë, status: disabled}
groups:
  - {name: DUO - Users, members: [josue@example.com, zoë]}
  - {name: "Sales, Lisbon", members: [zoë]}
`)
	for file, text := range map[string]string{
		"d.jsonl": `{"directory": {"users": 2, "groups": 2}}
{"name": "DUO - Users"}
{"name": "Sales, Lisbon", "members": ["ZOË"]}

{"username": "josue@example.com", "display_name": "Josue Brenes", "email": "josue@example.com", "first_name": "Josue", "last_name": "Brenes", "groups": ["duo - users"]}
{"username": "zoë", "status": "disabled", "groups": ["` + yaml.Groups[0].Key + `"]}`,
		"D.CSV": "\uFEFFUsername,realname,alias1,email,firstname,lastname,status,phone1,group1,group2\r\n" +
			"josue@example.com,Josue Brenes,jb,josue@example.com,Josue,Brenes,Active,+1 555 0100,DUO - Users,\r\n" +
			"zoë,,,,,,disabled,,DUO - Users,\"Sales, Lisbon\"\r\n",
	} {
		t.Run(file, func(t *testing.T) {
			if got := read(t, file, text); !reflect.DeepEqual(got.Users, yaml.Users) || !reflect.DeepEqual(got.Groups, yaml.Groups) {
				t.Errorf("got\n%+v\n%+v\nwant\n%+v\n%+v", got.Users, got.Groups, yaml.Users, yaml.Groups)
			}
		})
	}
}

func TestJSONLinesHoldWhatYAMLHolds(t *testing.T) {
	d := read(t, "d.ndjson", `{"key": "DUJOSUE0000000000001", "username": "josue", "attributes": {"Department": "Sales", "Cost Center": "4711"}}
{"key": "DGUSERS0000000000001", "name": "DUO - Users", "members": ["DUJOSUE0000000000001", "later"]}
{"username": "later"}
`)
	want := directory.User{Key: "DUJOSUE0000000000001", Username: "josue", Status: directory.Active, Attributes: map[string]string{"Department": "Sales", "Cost Center": "4711"}}
	if !reflect.DeepEqual(d.Users[0], want) {
		t.Errorf("got %+v", d.Users[0])
	}
	if got := d.Groups[0]; got.Key != "DGUSERS0000000000001" || !reflect.DeepEqual(got.Members, []string{want.Key, d.Users[1].Key}) {
		t.Errorf("got %+v", got)
	}
}

func TestAFileThatIsNotWholeIsRefusedWithLineAndRemedy(t *testing.T) {
	for _, c := range []struct{ name, file, text, want string }{
		{"empty", "d.jsonl", "", `d.jsonl:1:1: the file holds no user: write it again, or begin it with {"directory": {"users": 0, "groups": 0}} if that is meant`},
		{"groups alone", "d.jsonl", `{"name": "A"}`, `"groups": 1}} if that is meant`},
		{"cut within a line", "d.jsonl", "{\"username\": \"josue\"}\n{\"username\": \"zo", `d.jsonl:2:17: the line ends too early: the file was not written to its end; write it again`},
		{
			"cut between two lines", "d.jsonl", "{\"directory\": {\"users\": 2, \"groups\": 0}}\n{\"username\": \"josue\"}\n",
			`d.jsonl:2:1: the first line promises 2 users and 0 groups, the file holds 1 and 0: it was not written to its end, or was changed by hand; write it again, or correct its first line`,
		},
		{"the numbers twice", "d.jsonl", "{\"username\": \"a\"}\n{\"directory\": {\"users\": 1, \"groups\": 0}}\n", `d.jsonl:2:1: directory: the line with the numbers of users and groups comes first and once: remove it here`},
		{"no JSON", "d.jsonl", "username: josue\n", `d.jsonl:1:1: this is not JSON: invalid character 'u' looking for beginning of value`},
		{"zeros, as after a power cut", "d.jsonl", "{\"username\": \"a\"}\n\x00\x00\x00\x00\n", `d.jsonl:2:1: this is not JSON: invalid character '\x00'`},
		{"an array", "d.jsonl", "[]\n", `d.jsonl:1:1: a line is a JSON object, this is a JSON array`},
		{"two objects on a line", "d.jsonl", `{"username": "a"} {"username": "b"}`, `d.jsonl:1:19: there is text after the JSON object: put each user and group on a line of its own`},
		{"an unknown key", "d.jsonl", `{"usrname": "a"}`, `d.jsonl:1:1: unknown key "usrname": did you mean "username"?`},
		{"a number for a text", "d.jsonl", `{"username": "a", "email": 7}`, `d.jsonl:1:28: email must not be a JSON number`},
		{"neither user nor group", "d.jsonl", `{"key": "DUJOSUE0000000000001"}`, `d.jsonl:1:1: a line is a user, with a "username", or a group, with a "name" and "members": this is neither, or both`},
		{"both", "d.jsonl", `{"username": "a", "name": "A"}`, `this is neither, or both`},
		{"a bad username", "d.jsonl", `{"username": " a"}`, `d.jsonl:1:1: username: the string " a": a username is one line without spaces around it`},
		{"a bad key", "d.jsonl", `{"username": "a", "key": "DU1"}`, `d.jsonl:1:1: key: the string "DU1": a user's key is DU and 18 upper-case letters or digits`},
		{"a bad status", "d.jsonl", `{"username": "a", "status": "activ"}`, `d.jsonl:1:1: status: "activ" is no status of a user: use active, bypass, disabled, locked out or pending deletion`},
		{"a bad attribute", "d.jsonl", `{"username": "a", "attributes": {"Cost_Center": "1"}}`, `d.jsonl:1:1: attributes: "Cost_Center" cannot name an attribute`},
		{"a default attribute among the custom ones", "d.jsonl", `{"username": "a", "attributes": {"First Name": "1"}}`, `d.jsonl:1:1: attributes: First Name is a default attribute of Duo`},
		{"a group without a name", "d.jsonl", `{"name": ""}`, `d.jsonl:1:1: name: a group's name is missing: add it`},
		{"a user twice", "d.jsonl", "{\"username\": \"josue\"}\n{\"username\": \"Josue\"}\n", `d.jsonl:2:1: username: line 1 has the username "Josue" already, and usernames are compared without regard to case: choose another, or remove one of both`},
		{"a key twice", "d.jsonl", "{\"username\": \"a\", \"key\": \"DUJOSUE0000000000001\"}\n{\"username\": \"b\", \"key\": \"DUJOSUE0000000000001\"}\n", `d.jsonl:2:1: key: line 1 has the key DUJOSUE0000000000001 already: choose another, or remove one of both`},
		{"a group twice", "d.jsonl", "{\"name\": \"A\"}\n{\"name\": \"a\"}\n{\"username\": \"u\"}\n", `d.jsonl:2:1: name: line 1 has the name "a" already`},
		{"an unknown group", "d.jsonl", `{"username": "a", "groups": ["A"]}`, `d.jsonl:1:1: groups: there is no group "A" above this line: put the line of the group before its first user`},
		{"an unknown member", "d.jsonl", "{\"name\": \"A\", \"members\": [\"b\"]}\n{\"username\": \"a\"}\n", `d.jsonl:1:1: members: there is no user "b" in this file: name one of its users by username or key, or remove the member`},
		{"a membership twice", "d.jsonl", "{\"name\": \"A\", \"members\": [\"a\"]}\n{\"username\": \"a\", \"groups\": [\"A\"]}\n", `d.jsonl:2:1: groups: "a" is in group "A" twice: name the membership once, at the user or at the group`},
		{"too many groups", "d.jsonl", manyLines(101), `d.jsonl:102:1: groups: "a" would be in more than the 100 groups that Duo allows a user: remove the user from some`},
		{"text that is not UTF-8", "d.csv", "username,realname\na,\xff\xfe\n", `d.csv:2:1: "\xff\xfe" is not UTF-8: save the file in UTF-8`},

		{"empty", "d.csv", "", `d.csv:1:1: the file is empty: write it again`},
		{"a header alone", "d.csv", "username,email\n", `d.csv:1:1: the file holds no user: write it again`},
		{"no header", "d.csv", "josue,josue@example.com\n", `d.csv:1:1: the first line has no column "username": it has to name the columns, such as username,realname,email,status,group1`},
		{"an unknown column", "d.csv", "username,mail\na,b\n", `d.csv:1:10: unknown column "mail": did you mean "email"?`},
		{"a column twice", "d.csv", "username,email,email\na,b,c\n", `d.csv:1:16: the column "email" is there twice: remove one`},
		{"cut within a row", "d.csv", "username,email,group1\na,a@example.com,A\nb,b@exam", `d.csv:3:1: the line has not as many columns as the first: it was not written to its end, or a comma is missing or too many; put a value that holds a comma in quotes`},
		{"cut within the last value", "d.csv", "username,email\na,a@exam", `d.csv:2:1: the last line does not end in a line break, so the file may not have been written to its end: write it again, or add the line break`},
		{"cut within quotes", "d.csv", "username,email\na,\"a@exam", `this is not CSV: extraneous or missing " in quoted-field: put the whole value in quotes, and double those within`},
		{"cut within the quotes of the first value", "d.csv", "username,email\n\"a@exam", `d.csv:2:8: this is not CSV: extraneous or missing " in quoted-field: put the whole value in quotes, and double those within`},
		{"a user twice", "d.csv", "username\na\nA\n", `d.csv:3:1: username: line 2 has the username "A" already`},
		{"no username", "d.csv", "username,email\n,a@example.com\n", `d.csv:2:1: username: a username is missing: add it`},
		{"a group twice", "d.csv", "username,group1,group2\na,A,a\n", `d.csv:2:1: groups: "a" is in group "A" twice`},
	} {
		t.Run(c.file+" "+c.name, func(t *testing.T) {
			d, err := directory.Read(c.file, strings.NewReader(c.text))
			if _, ok := errors.AsType[*schemas.Invalid](err); !ok || d != nil {
				t.Fatalf("got %+v and %v, want an *Invalid", d, err)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("got\n%s\nwant\n%s", err, c.want)
			}
		})
	}
}

func manyLines(n int) string {
	var groups, names strings.Builder
	for i := range n {
		fmt.Fprintf(&groups, "{\"name\": \"G%d\"}\n", i)
		fmt.Fprintf(&names, ", \"G%d\"", i)
	}
	return groups.String() + `{"username": "a", "groups": [` + names.String()[2:] + "]}\n"
}

func TestEveryProblemIsToldWithItsLineUpToALimit(t *testing.T) {
	_, err := directory.Read("d.jsonl", strings.NewReader(`{"username": "b"}`+"\n"+strings.Repeat("{\"username\": \"a\"}\n", 5000)))
	var invalid *schemas.Invalid
	if !errors.As(err, &invalid) || len(invalid.Problems) < 100 || len(invalid.Problems) > 2000 {
		t.Fatalf("%T with %d problems", err, len(invalid.Problems))
	}
	if first := invalid.Problems[0]; first.Line != 3 {
		t.Errorf("the first problem is at line %d", first.Line)
	}
}

func TestAFileThatCannotBeReadSaysWhere(t *testing.T) {
	broken := iotest.TimeoutReader(strings.NewReader("{\"username\": \"a\"}\n" + strings.Repeat(" ", 1<<17)))
	if _, err := directory.Read("d.jsonl", broken); err == nil || !strings.Contains(err.Error(), "d.jsonl: the file cannot be read after line 1") {
		t.Errorf("got %v", err)
	}
	for _, file := range []string{"d.csv", "d.yaml"} {
		if _, err := directory.Read(file, iotest.ErrReader(errors.New("disk gone"))); err == nil || !strings.Contains(err.Error(), file) || !strings.Contains(err.Error(), "disk gone") {
			t.Errorf("%s: got %v", file, err)
		}
	}
	if _, err := directory.Open(filepath.Join(t.TempDir(), "missing.csv")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	if _, err := directory.Open(t.TempDir()); err == nil {
		t.Error("a folder was read")
	}
}

func TestAGeneratedDirectoryIsReadBack(t *testing.T) {
	p := directory.Population{Users: 500, Groups: 40, Seed: 7}
	var first, again, larger bytes.Buffer
	for out, p := range map[*bytes.Buffer]directory.Population{&first: p, &again: p, &larger: {Users: 600, Groups: 40, Seed: 7}} {
		if err := directory.Generate(out, p); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), again.Bytes()) {
		t.Error("the same seed yields two directories")
	}
	d, more := read(t, "d.jsonl", first.String()), read(t, "d.jsonl", larger.String())
	if len(d.Users) != 500 || len(d.Groups) != 40 || len(d.Groups[0].Members) != 500 {
		t.Fatalf("%d users, %d groups, %d in the first", len(d.Users), len(d.Groups), len(d.Groups[0].Members))
	}
	if !reflect.DeepEqual(d.Users, more.Users[:500]) {
		t.Error("a larger population has other users")
	}
	if first, last := len(d.Groups[1].Members), len(d.Groups[39].Members); first <= last || last == 0 {
		t.Errorf("the second group has %d members, the last %d", first, last)
	}
	statuses := map[directory.Status]int{}
	for _, u := range d.Users {
		statuses[u.Status]++
	}
	if statuses[directory.Active] < 450 || statuses[directory.Disabled] == 0 {
		t.Errorf("the statuses are %v", statuses)
	}
}

func TestGenerateTellsWhatItCannotDo(t *testing.T) {
	if err := directory.Generate(io.Discard, directory.Population{Users: -1}); err == nil {
		t.Error("a negative number is accepted")
	}
	full := errors.New("disk full")
	if err := directory.Generate(writerFunc(func([]byte) (int, error) { return 0, full }), directory.Population{Users: 1000}); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// FuzzRead holds that whatever is read keeps the promises of Directory, and that
// nothing makes a reader panic.
func FuzzRead(f *testing.F) {
	f.Add("{\"directory\": {\"users\": 1, \"groups\": 1}}\n{\"name\": \"A\"}\n{\"username\": \"a\", \"groups\": [\"A\"]}\n", true)
	f.Add("username,group1\na,A\n", false)
	f.Add("username,group1\n\"a\nb\",A\n", false)
	f.Fuzz(func(t *testing.T, text string, lines bool) {
		file := "fuzz.csv"
		if lines {
			file = "fuzz.jsonl"
		}
		if d, err := directory.Read(file, strings.NewReader(text)); err == nil {
			keepsItsPromises(t, d)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var text bytes.Buffer
	if err := directory.Generate(&text, directory.Population{Users: 10_000, Groups: 100, Seed: 1}); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := directory.Read("d.jsonl", bytes.NewReader(text.Bytes())); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkGenerate(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if err := directory.Generate(io.Discard, directory.Population{Users: 10_000, Groups: 100, Seed: 1}); err != nil {
			b.Fatal(err)
		}
	}
}
