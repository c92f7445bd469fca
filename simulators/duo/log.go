package duo

import (
	"slices"
	"strings"
	"sync"
	"time"
)

// Log is an Activity Log. It is safe for concurrent use; several provisioners
// may write to one.
type Log struct {
	mu      sync.Mutex
	entries []Entry // oldest first
}

// Add appends an entry.
func (l *Log) Add(e Entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries = append(l.entries, e)
}

// Entries returns the entries, newest first as the page shows them; of two with
// the same time the one added later comes first.
func (l *Log) Entries() []Entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := slices.Clone(l.entries)
	slices.Reverse(all)
	slices.SortStableFunc(all, func(a, b Entry) int { return b.Time.Compare(a.Time) })
	return all
}

// Len is the number of entries, the "results" of the page.
func (l *Log) Len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.entries)
}

// Filter keeps the entries of the application with this name.
func (l *Log) Filter(application string) *Log {
	return l.where(func(e Entry) bool { return e.Application.Name == application })
}

// Search keeps the entries whose actor, application or affected object contains
// the text in any case, as the page's field "Search by actor, application,
// affected" does.
func (l *Log) Search(text string) *Log {
	text = strings.ToLower(text)
	return l.where(func(e Entry) bool {
		for _, name := range []string{e.Actor.Name, e.Application.Name, e.Affected.Name} {
			if strings.Contains(strings.ToLower(name), text) {
				return true
			}
		}
		return false
	})
}

// Between keeps the entries from one time up to, and without, another; a zero
// time leaves that end open. "Last 24 hours" is Between(now.Add(-24*time.Hour), time.Time{}).
func (l *Log) Between(from, to time.Time) *Log {
	return l.where(func(e Entry) bool {
		return !e.Time.Before(from) && (to.IsZero() || e.Time.Before(to))
	})
}

func (l *Log) where(keep func(Entry) bool) *Log {
	l.mu.Lock()
	defer l.mu.Unlock()
	kept := &Log{}
	for _, e := range l.entries {
		if keep(e) {
			kept.entries = append(kept.entries, e)
		}
	}
	return kept
}
