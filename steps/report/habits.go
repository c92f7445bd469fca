package report

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// habitLines has a line for each part of a request that a client sends: its profile, a
// tab, and the part; see Parts. What Duo sends under an alternative of its profile only has
// a mark behind the profile. A test plays the clients' features and holds it current.
//
//go:embed habits.txt
var habitLines string

var habits habitTable

// habitTable is what each client sends, read once.
type habitTable struct {
	once  sync.Once
	parts map[string]bool
}

// PerhapsMark stands behind the profile of what a client may send: not known is whether
// it does.
const PerhapsMark = "?"

// has says whether the client sends a request of this form; with perhaps, whether it may.
func (t *habitTable) has(p features.Profile, x *wire.Exchange, perhaps bool) bool {
	t.read()
	parts := Parts(x)
	for _, part := range parts {
		if !t.parts[string(p)+"\t"+part] && (!perhaps || !t.parts[string(p)+PerhapsMark+"\t"+part]) {
			return false
		}
	}
	return len(parts) > 0
}

// lacks is the first part of the request that the client is not known to send, or "".
func (t *habitTable) lacks(p features.Profile, x *wire.Exchange) string {
	t.read()
	for _, part := range Parts(x) {
		if !t.parts[string(p)+"\t"+part] {
			return part
		}
	}
	return ""
}

func (t *habitTable) read() {
	t.once.Do(func() {
		t.parts = map[string]bool{}
		for line := range strings.Lines(habitLines) {
			t.parts[strings.TrimRight(line, "\n")] = true
		}
	})
}

func isRead(x *wire.Exchange) bool { return wire.ReadOnly(x.Method, x.URL) }
