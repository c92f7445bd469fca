package login

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// grace is how long after its time a command may hold on to its output.
const grace = time.Second

// askCommand runs the command of a probe. What it prints is shown nowhere: it may be about
// secrets.
func askCommand(ctx context.Context, p *judge.LoginProbe, who *person) (said, error) {
	args := make([]string, len(p.Command))
	for i, arg := range p.Command {
		args[i] = who.fill(arg, plain)
	}
	cmd := exec.CommandContext(ctx, args[0], args[1:]...) //nolint:gosec // the user's own command
	cmd.WaitDelay = grace
	cmd.Env = append(os.Environ(), "LOGIN_USER_NAME="+who.userName, "LOGIN_PASSWORD="+who.password, "LOGIN_ID="+who.id, "LOGIN_SESSION="+who.session)
	out := &limited{}
	cmd.Stdout = out
	err := cmd.Run()
	what := fmt.Sprintf("the command %s", p.Command[0])
	exit, ended := errors.AsType[*exec.ExitError](err)
	switch {
	case ctx.Err() != nil:
		return said{what: what, how: "no end within " + p.Time().String()}, nil //nolint:nilerr // that could not be told
	case err != nil && !ended:
		return said{}, &judge.Blocked{Reason: fmt.Sprintf("%s of the login probe cannot be run: %s", what, commandProblem(err))}
	}
	code := 0
	if ended {
		code = exit.ExitCode()
	}
	s := told(p, code)
	s.what, s.how, s.session = what, fmt.Sprintf("exit code %d", code), strings.TrimSpace(out.String())
	return s, nil
}

// commandProblem is why a command did not start, without its arguments.
func commandProblem(err error) string {
	if e, ok := errors.AsType[*exec.Error](err); ok {
		return e.Err.Error()
	}
	if e, ok := errors.AsType[*os.PathError](err); ok {
		return e.Err.Error()
	}
	return err.Error()
}

// limited keeps the beginning of what is written.
type limited struct{ bytes.Buffer }

func (l *limited) Write(p []byte) (int, error) {
	if room := maxAnswer - l.Len(); room > 0 {
		l.Buffer.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}
