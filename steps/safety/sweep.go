package safety

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"sync/atomic"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// SweepOptions say how to sweep.
type SweepOptions struct {
	DryRun bool     // find, but delete nothing: neither at the target nor a journal
	Marks  []Marker // runs that have ended, as the caller knows, however young they are

	Now func() time.Time // nil for time.Now
}

// SweepResult is what a sweep came to.
type SweepResult struct {
	Removed  []string   // paths, relative to the target, of what was removed or, in a dry run, would be
	Left     []Leftover // what is still there, or may be
	Running  []Marker   // runs against this target that are still alive: theirs was not touched
	Young    []Marker   // runs that may still be alive, on another machine: theirs was not touched either
	Journals []string   // files of journals that are done with and were removed
}

// Sweep removes what killed runs left at the client's target: what their journals
// in journalDir tell, and whatever else at the target has names with a marker, of
// whichever run. A resource without one is never touched: each is read once more
// right before it is deleted. What belongs to a run that is still alive stays, and so
// does what belongs to one that began less than MaxRun ago and has no journal here: it
// may run on another machine.
//
// The error means that the sweep could not be made whole: the target does not answer,
// or the journals cannot be read. What had been done by then is in the result.
func Sweep(ctx context.Context, client *wire.Client, journalDir string, options SweepOptions) (SweepResult, error) {
	result, err := newSweeper(client, options).run(ctx, journalDir)
	if advice := certificateAdvice(client.BaseURL, err); advice != "" {
		return result, fmt.Errorf("tls failed: %s", advice)
	}
	return result, err
}

type sweeper struct {
	remover
	options SweepOptions
	target  string
	running map[Marker]bool
	young   map[Marker]bool
	dead    []*deadJournal
	done    map[string]bool         // paths that were dealt with
	shown   map[string]*scim.Object // what a list has shown, by path
	result  SweepResult
}

func newSweeper(client *wire.Client, options SweepOptions) *sweeper {
	if options.Now == nil {
		options.Now = time.Now
	}
	return &sweeper{
		remover: remover{client: client, sleep: Pause, sees: new(atomic.Bool)}, options: options,
		target: targetKey(client.BaseURL), running: map[Marker]bool{}, young: map[Marker]bool{}, done: map[string]bool{}, shown: map[string]*scim.Object{},
	}
}

func (s *sweeper) run(ctx context.Context, journalDir string) (SweepResult, error) {
	defer s.close()
	err := s.openJournals(journalDir)
	if err == nil {
		err = s.sweep(forCleanup(ctx))
	}
	return s.result, err
}

// A deadJournal is that of a run that is no more. It is locked, so that no other
// sweep works on it.
type deadJournal struct {
	journalRecord
	file *os.File
	keep bool // something of the run is left, or may be
}

// openJournals sorts the journals of this target into those of the living and of
// the dead.
func (s *sweeper) openJournals(dir string) error {
	files, err := journalFiles(dir)
	if err != nil {
		return err
	}
	for _, path := range files {
		if err := s.openJournal(path); err != nil {
			return fmt.Errorf("the journal of an earlier run cannot be read: %w", err)
		}
	}
	return nil
}

func (s *sweeper) openJournal(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, os.ErrNotExist) {
		return nil // its run has just ended
	}
	if err != nil {
		return err
	}
	alive := lockFile(file) != nil
	data, err := os.ReadFile(path)
	if err != nil {
		return errors.Join(err, file.Close())
	}
	record := parseJournal(data)
	switch {
	case record.header.Target != s.target:
		return errors.Join(file.Close(), s.dropHeadless(path, record, alive))
	case alive:
		s.running[record.header.Marker] = true
		s.result.Running = append(s.result.Running, record.header.Marker)
		return file.Close()
	}
	s.dead = append(s.dead, &deadJournal{journalRecord: record, file: file})
	return nil
}

// dropHeadless removes the file of a run that was killed before it had written
// its first line, so before it had created anything. A young one may be that of a
// run that is just starting.
func (s *sweeper) dropHeadless(path string, record journalRecord, alive bool) error {
	if record.header != (journalHeader{}) || alive || s.options.DryRun {
		return nil
	}
	info, err := os.Stat(path)
	if err != nil || time.Since(info.ModTime()) < time.Minute {
		return err
	}
	return os.Remove(path)
}

func (s *sweeper) close() {
	for _, j := range s.dead {
		_ = j.file.Close()
	}
}

// sweep collects before it deletes, because deleting moves the pages of a list. What
// the journals tell is removed also where no list can be had.
func (s *sweeper) sweep(ctx context.Context) error {
	var found [][]string
	for _, j := range s.dead {
		found = append(found, s.journaled(ctx, j)...)
	}
	var unlisted error
	for _, name := range []string{groupsSegment, usersSegment} {
		listed, err := s.listed(ctx, []string{name})
		found = append(found, listed...)
		unlisted = errors.Join(unlisted, err)
	}
	slices.SortStableFunc(found, func(a, b []string) int {
		return removalRank(a[:len(a)-1]) - removalRank(b[:len(b)-1])
	})
	for _, path := range found {
		if err := ctx.Err(); err != nil {
			return err
		}
		s.remove(ctx, path)
	}
	if unlisted != nil {
		s.keepJournals()
	}
	return errors.Join(unlisted, s.dropJournals())
}

// journaled are the paths that a journal names, and those that a filter finds for
// requests of which the journal does not know the end.
func (s *sweeper) journaled(ctx context.Context, j *deadJournal) [][]string {
	var found [][]string
	for _, text := range j.paths {
		if path, ok := parsePathText(text); ok && len(path) > 1 {
			found = append(found, path)
		}
	}
	failed := 0
	for _, intent := range j.doubtful {
		collection, ok := parsePathText(intent.Path)
		attribute, value := intent.Names.best()
		if !ok || attribute == "" || failed == maxUseless {
			continue // the walk has to find it
		}
		resources, err := s.find(ctx, collection, attribute, value)
		if err != nil {
			failed++
			continue
		}
		failed = 0
		for _, resource := range resources {
			if path := resourcePath(collection, idOf(resource)); path != nil && j.header.Marker.On(resource) {
				found = append(found, path)
			}
		}
	}
	return found
}

// listed walks a collection for marked resources. A target that has no such
// collection, or refuses to list it, is no error, but what the journals could not
// tell about it stays unknown.
func (s *sweeper) listed(ctx context.Context, collection []string) ([][]string, error) {
	w, err := s.walk(ctx, collection, maxPages, s.sweepable)
	var paths [][]string
	for _, resource := range w.kept {
		if path := resourcePath(collection, idOf(resource)); path != nil {
			paths = append(paths, path)
			s.shown[pathText(path)] = resource
		}
	}
	if err != nil && isUnanswered(err) {
		return paths, err
	}
	for _, gap := range w.gaps {
		s.leave(http.MethodGet, collection, "may hide something that is marked: "+gap)
	}
	if err != nil && !isAbsent(err) {
		s.leave(http.MethodGet, collection, "could not be walked for what is marked: "+err.Error())
	}
	if len(w.gaps) > 0 || err != nil && !isAbsent(err) {
		s.keepJournals()
	}
	return paths, nil
}

// sweepable says whether the resource carries markers, and none of a run that is or
// may be alive.
func (s *sweeper) sweepable(resource *scim.Object) bool {
	markers := markersOn(resource)
	return len(markers) > 0 && !slices.ContainsFunc(markers, s.spared)
}

func (s *sweeper) spared(m Marker) bool {
	isDead := func(j *deadJournal) bool { return j.header.Marker == m }
	switch {
	case s.running[m]:
		return true
	case slices.Contains(s.options.Marks, m), slices.ContainsFunc(s.dead, isDead), !m.MayBeAlive(s.options.Now()):
		return false
	}
	if !s.young[m] {
		s.young[m] = true
		s.result.Young = append(s.result.Young, m)
	}
	return true
}

// known says whether a journal has recorded that the resource at the path was created
// by its run, with its marker in the answer, and the target now shows no name of it.
func (s *sweeper) known(path []string, resource *scim.Object) bool {
	created := func(j *deadJournal) bool { return j.confirmed[pathText(path)] }
	return isNameless(path[:len(path)-1], resource) && slices.ContainsFunc(s.dead, created)
}

func (s *sweeper) remove(ctx context.Context, path []string) {
	key := pathText(path)
	if s.done[key] {
		return
	}
	s.done[key] = true
	seen, resource, why := s.look(ctx, path)
	listed := s.shown[key]
	switch {
	case seen == missing && listed != nil && s.isStillListed(ctx, path[:len(path)-1], listed):
		s.result.Left = append(s.result.Left, s.misnamed(path[:len(path)-1], path, listed))
		s.keepJournals(markersOn(listed)...)
	case seen == missing:
	case seen == unclear:
		s.leave(http.MethodDelete, path, "was not sent: whether it is marked cannot be seen: "+why)
		s.keepJournals()
	case !s.sweepable(resource) && !s.known(path, resource):
		// No sweep will ever touch it, so this is for the user; no journal is kept for it.
		s.leave(http.MethodDelete, path, "was not sent: it carries no marker of a run that has ended; look at it, and delete it by hand if it is a run's")
	case s.options.DryRun:
		s.result.Removed = append(s.result.Removed, key)
	default:
		if _, why := s.erase(ctx, path); why != "" {
			s.leave(http.MethodDelete, path, why)
			s.keepJournals(markersOn(resource)...)
			return
		}
		s.result.Removed = append(s.result.Removed, key)
	}
}

func (s *sweeper) leave(method string, path []string, why string) {
	s.result.Left = append(s.result.Left, s.leftover(method, path, why))
}

// keepJournals keeps the journals of these runs, or of all of them, for another
// sweep.
func (s *sweeper) keepJournals(of ...Marker) {
	for _, j := range s.dead {
		j.keep = j.keep || len(of) == 0 || slices.Contains(of, j.header.Marker)
	}
}

// dropJournals removes the journals of which nothing is left.
func (s *sweeper) dropJournals() error {
	var errs []error
	for _, j := range s.dead {
		if j.keep || s.options.DryRun {
			continue
		}
		_ = j.file.Close() // before it is removed: Windows insists
		errs = append(errs, os.Remove(j.file.Name()))
		s.result.Journals = append(s.result.Journals, j.file.Name())
	}
	return errors.Join(errs...)
}
