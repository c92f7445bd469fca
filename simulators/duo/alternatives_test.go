package duo

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gkampitakis/go-snaps/snaps"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// life is a story in which every field of the profile makes a difference.
func life(t *testing.T, alternative func(*Application, *Profile)) *rig {
	t.Helper()
	const group = "DUO - Users"
	dir := people("josue", "aiko", "maria", "naomi")
	r := newRig(t, dir, alternative)
	r.must(dir.SetAttribute("aiko@example.com", directory.LastName, ""))
	r.stub.have(t, usersEndpoint, `{"userName": "josue@example.com", "displayName": "Somebody", "active": false}`)
	busy := true
	r.stub.instead = func(w http.ResponseWriter, q *http.Request) bool {
		if q.Method != http.MethodPost || !strings.HasSuffix(q.URL.Path, groupsEndpoint) || !busy {
			return false
		}
		busy = false
		w.Header().Set("Retry-After", "2")
		answerError(w, &scim.Error{Status: http.StatusServiceUnavailable, Detail: "busy"})
		return true
	}
	r.enable()
	r.must(dir.SetAttribute("josue@example.com", directory.LastName, "Rojas"))
	r.must(dir.SetAttribute("aiko@example.com", directory.FirstName, ""))
	r.must(dir.SetStatus("naomi@example.com", directory.Disabled))
	r.must(dir.AddUser(person("bob")))
	r.must(dir.AddMember(group, "bob@example.com"))
	r.must(dir.AddUser(person("carol")))
	r.must(dir.AddMember(group, "carol@example.com"))
	r.sync()
	r.must(dir.RemoveMember(group, "maria@example.com"))
	r.must(dir.RemoveMember(group, "aiko@example.com"))
	r.must(dir.RenameGroup(group, "DUO - People"))
	r.sync()
	r.must(dir.RemoveGroup("DUO - People"))
	r.sync()
	return r
}

// Each snapshot shows what an alternative sends instead of the default.
func TestWireOfEachAlternative(t *testing.T) {
	usual := life(t, func(*Application, *Profile) {}).requests()
	for _, a := range Alternatives() {
		t.Run(strings.ReplaceAll(a.String(), "/", "-"), func(t *testing.T) {
			other := life(t, choosing(a.Profile)).requests()
			if slices.Equal(usual, other) {
				t.Fatal("the alternative sends the same as the default")
			}
			if a.Profile.MediaType != "" || a.Profile.UserAgent != "" {
				snaps.MatchSnapshot(t, other[0], other[3]) // without a body, and with one
				return
			}
			snaps.MatchSnapshot(t, difference(usual, other))
		})
	}
}

func TestEveryFieldIsConsultedInALifeWithAllOfThem(t *testing.T) {
	consulted := life(t, func(*Application, *Profile) {}).Consulted()
	for _, f := range Fields {
		if !slices.Contains(consulted, f.Field) {
			t.Errorf("%s was not consulted", f.Field)
		}
	}
}

func TestAnAlternativeThatDoesNotConcernAStoryChangesNothing(t *testing.T) {
	stories := map[string]func(*rig){
		"only connected":    func(r *rig) { r.must(r.Connect(t.Context())) },
		"nobody in a group": func(r *rig) { r.dir = people(); r.enable() },
		"the guide":         func(r *rig) { r.enable() },
		"a user leaves": func(r *rig) {
			r.enable()
			r.must(r.dir.RemoveMember("DUO - Users", "josue@example.com"))
			r.sync()
		},
	}
	for name, story := range stories {
		t.Run(name, func(t *testing.T) {
			usual := newRig(t, people("josue"))
			story(usual)
			requests := usual.requests()
			for _, a := range Alternatives() {
				if a.Concerns(usual.Consulted()) {
					continue
				}
				other := newRig(t, people("josue"), choosing(a.Profile))
				story(other)
				if !slices.Equal(other.requests(), requests) {
					t.Errorf("%s sends something else, but does not concern the story", a)
				}
			}
		})
	}
}

// brief is a request on one line, without its headers.
func brief(request string) string {
	return strings.Join(strings.Fields(headers.ReplaceAllString(request, "")), " ")
}

var headers = regexp.MustCompile(`(?m)^[A-Z][A-Za-z-]+: .*\n`)

// difference lists what is only in a with "-", only in b with "+".
func difference(a, b []string) string {
	length := make([][]int, len(a)+1) // of the longest common part of a[i:] and b[j:]
	for i := range length {
		length[i] = make([]int, len(b)+1)
	}
	for i, x := range slices.Backward(a) {
		for j, y := range slices.Backward(b) {
			if length[i][j] = max(length[i+1][j], length[i][j+1]); x == y {
				length[i][j] = length[i+1][j+1] + 1
			}
		}
	}
	var out []string
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && length[i+1][j] >= length[i][j+1]:
			out = append(out, "- "+brief(a[i]))
			i++
		default:
			out = append(out, "+ "+brief(b[j]))
			j++
		}
	}
	return strings.Join(out, "\n")
}
