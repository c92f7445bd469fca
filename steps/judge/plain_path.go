package judge

import (
	"context"
	"net/http"
	"regexp"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Targets that take emails[type eq "work"].value often know no other path that selects values:
// not the selected value as a whole, or none selected by its value. Which forms there are, one
// requirement tells.

// pathsHome is that requirement.
const pathsHome = "RFC7644-3.5.2-16"

// selecting is a path that selects values: the first part that it compares, and whether it
// goes on to a part of what it selects.
var selecting = regexp.MustCompile(`^[^\[]+\[\s*(?:not\s*)?\(*\s*(\w+) .*\](\.\w+)?$`)

// pathRefusedPlainly finds out whether the refusal that a Mismatch is about is that of a path
// whose plainest form is refused as well; see FlawedPlainly.
func (j *Session) pathRefusedPlainly(ctx context.Context, m *Mismatch, judged string) (home, why string, err error) {
	collection, operations := j.changeIn(m)
	if judged == pathsHome || collection != "Users" || !refusesPath.MatchString(m.Got) {
		return "", "", nil
	}
	for _, o := range operations {
		form := selecting.FindStringSubmatch(o.String("path"))
		if form == nil {
			continue
		}
		by, value := "value", "{work}"
		if strings.EqualFold(form[1], "type") {
			by, value = "type", "work"
		}
		op, part := strings.ToLower(o.String("op")), strings.ToLower(form[2])
		if _, tried := partsOfPaths[part]; !tried {
			part = ".value" // a part of another list
		}
		if (op == "remove") != (part == "") && op != "replace" {
			continue
		}
		why, err := SharedBy(ctx, j.Run, "the plain path by "+by+part+" of "+op, func(ctx context.Context, own *Session) (string, error) {
			return own.refusesPathOf(ctx, op, by, value, part)
		})
		if why != "" || IsLost(err) {
			return pathsHome, why, OnlyLost(err)
		}
	}
	return "", "", nil
}

// partsOfPaths are the parts that the requirement on paths tries, with a value for each.
var partsOfPaths = map[string]string{"": `{"value": "{other}", "type": "work"}`, ".value": `"{other}"`, ".type": `"other"`, ".primary": `true`}

// refusesPath recognises a refusal that may be one of the path.
var refusesPath = regexp.MustCompile(`^(400|403|405|422|501)\b|^invalidPath$`)

// refusesPathOf changes or removes one of two addresses of a user.
func (j *Session) refusesPathOf(ctx context.Context, op, by, value, part string) (string, error) {
	work, other := j.UserName("work"), j.UserName("other")
	user := Merge(j.Template("Users", "plain-path"), MustObject(`{"emails": [{"value": `+Text(work)+`, "type": "work"}, {"value": `+Text(j.UserName("home"))+`, "type": "home"}]}`))
	if err := j.Make(ctx, "P", "Users", user); err != nil {
		return "", err
	}
	path := "emails[" + by + " eq " + Text(strings.ReplaceAll(value, "{work}", work)) + "]" + part
	operation := scim.NewObject(scim.Member{Name: "op", Value: op}, scim.Member{Name: "path", Value: path})
	if op != "remove" {
		v, _ := MustObject(`{"value": ` + strings.ReplaceAll(partsOfPaths[part], "{other}", other) + `}`).Get("value")
		operation.Set("value", v)
	}
	r := wire.Request{Method: http.MethodPatch, Path: []string{"Users", j.Subjects["P"].ID}, Body: PatchOp([]any{operation})}
	answer, err := j.Send(ctx, j.Client(), r)
	if err != nil || !declines(answer.Status) {
		return "", err
	}
	return "a path of this form is refused in its plainest form: " + op + " " + path + " is answered " + StatusOf(answer), nil
}
