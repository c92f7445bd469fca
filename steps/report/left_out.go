package report

import (
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// LeftOutWords counts the requirements on a client that are untested because it did not do
// their task: "2 requirements: 3 tasks were left out"; "" if there are none. What did not
// arise in tasks that were done is not counted, as the client may never do it.
func LeftOutWords(r *Report) string {
	requirements, tasks := 0, map[string]bool{}
	for _, q := range r.Requirements {
		if q.Verdict != Untested {
			continue
		}
		counted := false
		for _, e := range q.Examples {
			if e.LeftOut != "" {
				tasks[e.LeftOut], counted = true, true
			}
		}
		if counted {
			requirements++
		}
	}
	if requirements == 0 {
		return ""
	}
	verb := " were"
	if len(tasks) == 1 {
		verb = " was"
	}
	return words.Count(requirements, "requirement") + ": " + words.Count(len(tasks), "task") + verb + " left out"
}
