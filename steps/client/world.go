package client

import (
	"fmt"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// World is one example that is judged by a recording.
type World struct {
	rec        *Recording
	types      []*scim.ResourceType // of the target
	task       *Task                // that the example is about; nil for the whole recording
	at         int                  // its place among the tasks
	chosen     []*Exchange          // what the example is about
	decided    *Exchange            // that the last assertion was about
	assertions int
}

// New is the world of an example; types are those of the target.
func New(rec *Recording, types []*scim.ResourceType) *World { return &World{rec: rec, types: types} }

// Assertions is how many there were so far: an example without any proves nothing.
func (w *World) Assertions() int { return w.assertions }

// maxEvidence is how many exchanges an example shows.
const maxEvidence = 12

// Evidence is what the example was about, up to the exchange that decided it.
func (w *World) Evidence() []*wire.Exchange {
	var all []*wire.Exchange
	for _, x := range w.chosen {
		all = append(all, x.Exchange)
		if x == w.decided {
			break
		}
	}
	if w.task == nil && w.decided != nil { // the others have nothing to do with it
		return []*wire.Exchange{w.decided.Exchange}
	}
	return all[max(0, len(all)-maxEvidence):]
}

// Decided is whether one exchange decided: the last of Evidence.
func (w *World) Decided() bool { return w.decided != nil }

// Requests is how many requests the example is about.
func (w *World) Requests() int { return len(w.chosen) }

// expect is the one assertion about the recording as a whole or a state of the target.
func (w *World) expect(ok bool, what, want, got string) error {
	w.assertions++
	if ok {
		return nil
	}
	return &judge.Mismatch{What: what, Want: want, Got: got}
}

// expectOf is the one assertion about an exchange; format has its name as %s.
func (w *World) expectOf(x *Exchange, ok bool, format, want, got string) error {
	w.decided = x
	return w.expect(ok, fmt.Sprintf(format, w.name(x)), want, got)
}

// each asserts something of every chosen exchange; got is "" where it holds, and skip is
// returned as got where there is nothing to judge.
func (w *World) each(format, want string, judge func(x *Exchange) (got string)) error {
	judged := false
	for _, x := range w.chosen {
		got := judge(x)
		if got == skip {
			continue
		}
		judged = true
		if err := w.expectOf(x, got == "", format, want, got); err != nil {
			return err
		}
	}
	if !judged {
		return untested("none of these requests can be judged by it")
	}
	return nil
}

const skip = "\x00"

// LeftOut is the task of the example if the client did not do it: its title, or "".
func (w *World) LeftOut() string {
	if w.task != nil && (w.task.State == Skipped || w.task.State == Undone) {
		return w.task.Title
	}
	return ""
}

func untested(format string, args ...any) error {
	return &judge.Untested{Reason: fmt.Sprintf(format, args...)}
}

// name is the request as messages name it: its method and its path below the base URL.
func (w *World) name(x *Exchange) string {
	if x.Misread != "" {
		return "what came as " + x.Method
	}
	path := rawPath(x.URL)
	if base := rawPath(w.rec.Base); strings.HasPrefix(path, base+"/") {
		path = strings.TrimPrefix(path, base)
	}
	return x.Method + " " + path
}

// body is the JSON object that the request carries; nil if there is none that can be read whole.
func body(x *Exchange) *scim.Object {
	if len(x.RequestBody) == 0 || x.RequestTruncated {
		return nil
	}
	o, err := scim.ParseObject(x.RequestBody)
	if err != nil {
		return nil
	}
	return o
}

// answer is the JSON object of the answer, or nil.
func answer(x *Exchange) *scim.Object {
	o, err := scim.ParseObject(x.ResponseBody)
	if err != nil {
		return nil
	}
	return o
}

// typeOf is the resource type whose endpoint the request goes to, or nil.
func (w *World) typeOf(x *Exchange) *scim.ResourceType {
	path := w.rec.Path(x)
	for _, t := range w.types {
		if len(path) > 0 && "/"+path[0] == t.Endpoint {
			return t
		}
	}
	return nil
}
