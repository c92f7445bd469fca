package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// settleTime is how long a file has to stay as it is before it is read: editors and
// exports write in several pieces.
const settleTime = 300 * time.Millisecond

// watch runs a cycle now, whenever a file has changed, and every interval, until
// Ctrl-C. What keeps one cycle from running, such as a file that was not written
// to its end, is told, and the next is tried all the same.
func (e *engine) watch(ctx context.Context, f syncFlags) error {
	changes, err := newFileWatch(f.engine.config, f.engine.directory)
	if err != nil {
		return err
	}
	defer func() { _ = changes.Close() }()
	how := duo.Cycle{Full: f.full, Redeliver: f.retry}
	for {
		_, err := e.cycle(ctx, how)
		e.tell(err)
		if ctx.Err() != nil {
			return nil
		}
		how = duo.Cycle{}
		if err == nil {
			e.moved = false // it was allowed for the change that has been made
		}
		if err := changes.wait(ctx, e.until(err, f.interval)); err != nil || ctx.Err() != nil {
			return err
		}
	}
}

// tell says on standard error why a cycle did not end well.
func (e *engine) tell(err error) {
	if err == nil || errors.Is(err, duo.ErrStopped) {
		return
	}
	fmt.Fprintf(e.env.stderr, "simulate-duo: %s: %s\n", time.Now().Format(time.DateTime), visibleLines(err.Error()))
	if brake, ok := errors.AsType[*duo.BrakeError](err); ok {
		fmt.Fprintln(e.env.stderr, howToGoOn(brake))
	}
}

// visibleLines is words.Visible for a text of several lines.
func visibleLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = words.Visible(line)
	}
	return strings.Join(lines, "\n")
}

// until is how long to wait for the next cycle: during a pause, until its end.
func (e *engine) until(err error, interval time.Duration) time.Duration {
	if pause, ok := errors.AsType[*duo.QuarantineError](err); ok {
		return max(time.Until(pause.Until), interval)
	}
	return interval
}

// fileWatch sees changes of files. It watches their folders, since most programs
// write another file and rename it.
type fileWatch struct {
	*fsnotify.Watcher
	files map[string]bool
}

func newFileWatch(names ...string) (*fileWatch, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("--watch: files cannot be watched here: %w", err)
	}
	watch := &fileWatch{Watcher: w, files: map[string]bool{}}
	for _, name := range names {
		path, err := filepath.Abs(name)
		if err == nil {
			err = w.Add(filepath.Dir(path))
		}
		if err != nil {
			return nil, errors.Join(fmt.Errorf("--watch: %s: %w", name, err), w.Close())
		}
		watch.files[path] = true
	}
	return watch, nil
}

// wait returns when one of the files has changed and stayed so for a moment, when
// the time is over, or when the context has ended.
func (w *fileWatch) wait(ctx context.Context, interval time.Duration) error {
	timer := time.NewTimer(interval)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-timer.C:
			return nil
		case err := <-w.Errors:
			return fmt.Errorf("--watch: %w", err)
		case event := <-w.Events:
			if w.files[event.Name] && event.Op != fsnotify.Chmod {
				timer.Reset(settleTime)
			}
		}
	}
}
