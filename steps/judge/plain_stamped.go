package judge

import (
	"context"
	"net/http"
	"regexp"
	"strings"
)

// stampHomes are the requirements that tell that a change leaves a part of meta as it was.
var stampHomes = map[string]string{"lastModified": "RFC7643-3.1-18", "version": "RFC7644-3.14-08"}

// stampTold is how a part of meta is told that should have changed.
var stampTold = regexp.MustCompile(`^meta\.(lastModified|version) of (\w+)\b`)

// stampedPlainly finds out whether the plainest change of a kind leaves the part of meta as it was
// that a Mismatch is about; see FlawedPlainly.
func (j *Session) stampedPlainly(ctx context.Context, m *Mismatch, _ string) (home, why string, err error) {
	told := stampTold.FindStringSubmatch(m.What)
	if told == nil || !strings.HasPrefix(m.Want, "later than ") && !strings.HasPrefix(m.Want, "anything but ") && !strings.HasPrefix(m.Want, "another one than ") {
		return "", "", nil
	}
	for _, x := range j.Wire.Exchanges() {
		r := j.requestOf(x)
		if x.Status/100 != 2 || len(r.Path) != 2 || r.Path[0] != "Users" && r.Path[0] != "Groups" || r.Method != http.MethodPut && r.Method != http.MethodPatch {
			continue
		}
		why, err := SharedBy(ctx, j.Run, "the "+told[1]+" after the plainest "+r.Method+" of "+r.Path[0], func(ctx context.Context, own *Session) (string, error) {
			return own.leavesStamp(ctx, r.Method, r.Path[0], "meta."+told[1])
		})
		if why != "" || IsLost(err) {
			return stampHomes[told[1]], why, OnlyLost(err)
		}
	}
	return "", "", nil
}

func (j *Session) leavesStamp(ctx context.Context, method, collection, part string) (string, error) {
	ask := plainPut(collection)
	if method == http.MethodPatch {
		ask = plainPatch(collection)
	}
	r, err := ask(ctx, j)
	if err != nil {
		return "", err
	}
	before, err := j.Reread(ctx, "P")
	if err != nil {
		return "", err
	}
	was, _ := Lookup(before.Shown, part)
	answer, err := j.Send(ctx, j.Client(), r)
	if err != nil || answer.Status/100 != 2 {
		return "", err
	}
	now, err := j.Reread(ctx, "P")
	if err != nil {
		return "", err
	}
	if is, _ := Lookup(now.Shown, part); is != was || was == nil {
		return "", nil
	}
	return "the plainest " + method + " leaves " + part + " as it was: after " + RequestText(r) + " it is " + Text(was) + " still", nil
}
