package visit

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/steps/client"
)

// CannotDo is the exit status by which a script says that its client cannot do a task.
const CannotDo = 77

// Script runs a program for each task, which learns from its environment what to do.
type Script struct {
	Path    string
	BaseURL string
	Token   string
	Out     io.Writer // what the program prints
	Tell    func(string)
}

// Do runs the program. Its exit status is no verdict: what the target shows counts. The
// error says that it cannot be run at all.
func (s Script) Do(ctx context.Context, a Asked) (Outcome, error) {
	cmd := exec.CommandContext(ctx, s.Path) //nolint:gosec // the user names it
	cmd.Env = append(os.Environ(), s.environment(a)...)
	cmd.Stdout, cmd.Stderr = s.Out, s.Out
	cmd.WaitDelay = time.Second // what it has left running may still hold the output
	err := cmd.Run()
	exit, ended := errors.AsType[*exec.ExitError](err)
	switch {
	case err == nil, errors.Is(err, exec.ErrWaitDelay):
		return Outcome{}, nil
	case ctx.Err() != nil:
		return Outcome{}, ctx.Err()
	case !ended:
		return Outcome{}, fmt.Errorf("run %s: %w", s.Path, err)
	case exit.ExitCode() == CannotDo:
		return Outcome{Skip: "the script said that this client cannot do it"}, nil
	}
	s.Tell(fmt.Sprintf("task %s: the script ended with %v; what the target shows counts", a.Name, exit))
	return Outcome{}, nil
}

// Variables are what a script finds in its environment, with what they say.
var Variables = [][2]string{
	{"SCIM_TASK", "the name of the task"},
	{"SCIM_TASK_TEXT", "what a person would be asked"},
	{"SCIM_BASE_URL", "the base URL"},
	{"SCIM_TOKEN", "the bearer token"},
	{"SCIM_USER", "the userName of whom it is about"},
	{"SCIM_GIVEN_NAME", "and the given name"},
	{"SCIM_FAMILY_NAME", "the family name"},
	{"SCIM_DISPLAY_NAME", "the display name to have"},
	{"SCIM_GROUP", "the name that the group is to have"},
	{"SCIM_JOIN", "userNames of whom to create in the group, beside SCIM_USER, one a line"},
	{"SCIM_LEAVE", "userNames of whom to deactivate, beside SCIM_USER, one a line"},
}

func (s Script) environment(a Asked) []string {
	values := map[string]string{
		"SCIM_TASK": a.Name, "SCIM_TASK_TEXT": a.Ask, "SCIM_BASE_URL": s.BaseURL, "SCIM_TOKEN": s.Token,
		"SCIM_USER": a.User.UserName, "SCIM_GIVEN_NAME": a.User.GivenName, "SCIM_FAMILY_NAME": a.User.FamilyName,
		"SCIM_DISPLAY_NAME": a.User.DisplayName, "SCIM_GROUP": a.Group, "SCIM_JOIN": userNames(a.Join), "SCIM_LEAVE": userNames(a.Leave),
	}
	all := make([]string, len(Variables))
	for i, v := range Variables {
		all[i] = v[0] + "=" + values[v[0]]
	}
	return all
}

func userNames(people []client.Person) string {
	names := make([]string, len(people))
	for i, p := range people {
		names[i] = p.UserName
	}
	return strings.Join(names, "\n")
}
