package duo

import (
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// The operations, as the details of log entries name them.
const (
	opMap        = "map"
	opMatch      = "match"
	opCreate     = "create"
	opReactivate = "reactivate"
	opUpdate     = "update"
	opDeactivate = "deactivate"
	opDelete     = "delete"
	opRename     = "rename"
	opMembers    = "members"
	opEmpty      = "empty"
)

// work is what one user or group took, collected for its log entry.
type work struct {
	done []string // operations that succeeded, in order
	now  string   // the operation under way
	id   string   // the target's id, once it is known
	more []scim.Member
}

func (w *work) begin(operation string) { w.now = operation }
func (w *work) end()                   { w.done = append(w.done, w.now) }

func (w *work) note(name string, value any) { w.more = append(w.more, member(name, value)) }

// details are what stands behind "View details" of the entry; what Duo shows
// there is not published, this form is the simulator's.
func (w *work) details(err error) *scim.Object {
	operation := strings.Join(w.done, ", ")
	if err != nil {
		operation = w.now
	}
	d := scim.NewObject(member("operation", operation))
	if w.id != "" {
		d.Set("id", cut(w.id))
	}
	for _, m := range w.more {
		d.Set(m.Name, m.Value)
	}
	if err != nil {
		d.Set("error", err.Error())
	}
	return d
}
