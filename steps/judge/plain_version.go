package judge

import (
	"context"
	"net/http"
	"regexp"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Versions, entity tags and dates, each in its plainest form; see plainReads.

// datesEveryRead reads a user twice, who was not changed.
func datesEveryRead(ctx context.Context, own *Session) (string, error) {
	if err := own.Make(ctx, "P", "Users", own.Template("Users", "plain-dated")); err != nil {
		return "", err
	}
	var told [2]any
	for i := range told {
		now, err := own.Reread(ctx, "P")
		if err != nil {
			return "", err
		}
		told[i], _ = Lookup(now.Shown, "meta.lastModified")
	}
	if told[0] == nil || told[0] == told[1] {
		return "", nil
	}
	return "every read has another meta.lastModified: GET /Users/{id} shows " + Text(told[0]) + " and then " + Text(told[1]) + ", with no change between", nil
}

// dependsOnVersion recognises a change that is made although it names another version.
func dependsOnVersion(m *Mismatch, r wire.Request) bool {
	conditional := len(r.Header["If-Match"]) > 0 && strings.HasPrefix(m.Got, "2")
	return conditional || strings.HasPrefix(m.What, "how many of several PUT ") || strings.HasPrefix(m.What, "how many of several PATCH ")
}

func overlooksVersion(ctx context.Context, own *Session) (string, error) {
	user := own.Template("Users", "plain-version")
	if err := own.Make(ctx, "P", "Users", user); err != nil {
		return "", err
	}
	r := wire.Request{Method: http.MethodPut, Path: []string{"Users", own.Subjects["P"].ID}, Body: user, Header: http.Header{"If-Match": {`W/"sduo-another"`}}}
	answer, err := own.Send(ctx, own.Client(), r)
	if err != nil || answer.Status/100 != 2 {
		return "", err
	}
	return "a version is overlooked in the plainest form: PUT with the If-Match of another version is answered " + StatusOf(answer), nil
}

// deletesAnotherVersion is about a target that regards versions in changes alone.
func deletesAnotherVersion(ctx context.Context, own *Session) (string, error) {
	if err := own.Make(ctx, "P", "Users", own.Template("Users", "version-deleted")); err != nil {
		return "", err
	}
	r := wire.Request{Method: http.MethodDelete, Path: []string{"Users", own.Subjects["P"].ID}, Header: http.Header{"If-Match": {`W/"sduo-another"`}}}
	answer, err := own.Send(ctx, own.Client(), r)
	if err != nil || answer.Status/100 != 2 {
		return "", err
	}
	return "a version is overlooked in the plainest deletion: DELETE with the If-Match of another version is answered " + StatusOf(answer), nil
}

// sendsAgain reads what the client has already.
func sendsAgain(ctx context.Context, own *Session) (string, error) {
	if err := own.Make(ctx, "P", "Users", own.Template("Users", "plain-again-read")); err != nil {
		return "", err
	}
	r := Reading("Users", own.Subjects["P"].ID)
	first, err := own.Send(ctx, own.Client(), r)
	if err != nil || first.Header.Get("ETag") == "" {
		return "", err
	}
	r.Header = http.Header{"If-None-Match": {first.Header.Get("ETag")}}
	answer, err := own.Send(ctx, own.Client(), r)
	if err != nil || answer.Status != http.StatusOK {
		return "", err
	}
	return "what the client has already is sent again: GET with the If-None-Match of the version is answered 200", nil
}

func hasNoTag(ctx context.Context, own *Session) (string, error) {
	if err := own.Make(ctx, "P", "Users", own.Template("Users", "plain-tag")); err != nil {
		return "", err
	}
	answer, err := own.Send(ctx, own.Client(), Reading("Users", own.Subjects["P"].ID))
	if err != nil || answer.Status != http.StatusOK || answer.Header.Get("ETag") != "" {
		return "", err
	}
	return "no user has a header ETag: GET /Users/{id} is answered without", nil
}

// createsWithoutTag is about a target that shows the tag in reads alone.
func createsWithoutTag(ctx context.Context, own *Session) (string, error) {
	user := own.Template("Users", "new-tag")
	answer, err := own.Send(ctx, own.Client(), wire.Request{Method: http.MethodPost, Path: []string{"Users"}, Body: user})
	if err != nil || answer.Status != http.StatusCreated {
		return "", err
	}
	if err := own.Adopt(ctx, "P", "Users", answer); err != nil || answer.Header.Get("ETag") != "" {
		return "", err
	}
	return "the answer to a creation has no header ETag: POST /Users is answered without", nil
}

// conditionally is how several requests are told of which one is to succeed.
var conditionally = regexp.MustCompile(`^how many of several (PUT|PATCH|DELETE) `)

// isAboutTags recognises what is wrong with an entity tag, or comes of sending one.
func isAboutTags(m *Mismatch, r wire.Request) bool {
	told := strings.Contains(m.What, "ETag") || strings.Contains(m.Want, "ETag") || strings.HasSuffix(m.Want, "entity tag")
	return told || len(r.Header["If-Match"]) > 0 || len(r.Header["If-None-Match"]) > 0 || strings.HasPrefix(m.Got, "412") || conditionally.MatchString(m.What)
}

func writesTagsBadly(ctx context.Context, own *Session) (string, error) {
	if err := own.Make(ctx, "P", "Users", own.Template("Users", "plain-tagged")); err != nil {
		return "", err
	}
	answer, err := own.Send(ctx, own.Client(), Reading("Users", own.Subjects["P"].ID))
	if err != nil || answer.Status != http.StatusOK {
		return "", err
	}
	if tag := answer.Header.Get("ETag"); tag != "" && !EntityTag.MatchString(tag) {
		return "the header ETag is no entity tag, which has quotation marks: GET /Users/{id} is answered with ETag: " + tag, nil
	}
	return "", nil
}
