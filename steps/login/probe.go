package login

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"os"
	"regexp"
	"strings"

	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// said is what a probe says.
type said struct {
	in, out bool   // neither: it could not tell
	what    string // what it is that says so, such as "POST /login" or "the command ./login"
	how     string // what came of it, such as "401 Unauthorized" or "exit code 3"
	session string // what a login gave; secret
}

// person is somebody who may get in.
type person struct {
	userName, password, id string
	session                string // that is tried again; "" for a login
}

// ask carries out a probe.
func ask(ctx context.Context, j *judge.Session, p *judge.LoginProbe, who *person, take string) (said, error) {
	ctx, end := context.WithTimeout(ctx, p.Time())
	defer end()
	if p.URL == "" {
		return askCommand(ctx, p, who)
	}
	return askHTTP(ctx, j, p, who, take)
}

// told is in, out or neither, by a status or an exit code.
func told(p *judge.LoginProbe, code int) said {
	s := said{}
	for _, in := range p.In {
		s.in = s.in || in == code
	}
	for _, out := range p.Out {
		s.out = s.out || out == code
	}
	return s
}

// placeholder stands in the texts of a probe for something about the person.
var placeholder = regexp.MustCompile(`\{(userName|password|id|basic|session|env:\w+)\}`)

// fill puts the person in the place of what stands for them. escape makes a value fit its
// surroundings.
func (who *person) fill(text string, escape func(string) string) string {
	return placeholder.ReplaceAllStringFunc(text, func(name string) string {
		switch name = strings.Trim(name, "{}"); name {
		case "userName":
			return escape(who.userName)
		case "password":
			return escape(who.password)
		case "id":
			return escape(who.id)
		case "session":
			return escape(who.session)
		case "basic":
			return base64.StdEncoding.EncodeToString([]byte(who.userName + ":" + who.password))
		}
		return escape(os.Getenv(strings.TrimPrefix(name, "env:")))
	})
}

// plain is for arguments and headers.
func plain(s string) string { return s }

// inJSON is a value inside of the quotes of a JSON text.
func inJSON(s string) string {
	quoted, err := json.Marshal(s)
	if err != nil {
		return s
	}
	return strings.Trim(string(quoted), `"`)
}

// escapeFor is how values are written in a body of this media type.
func escapeFor(mediaType string) func(string) string {
	if strings.Contains(strings.ToLower(mediaType), "x-www-form-urlencoded") {
		return url.QueryEscape
	}
	return inJSON
}

// secretsOf are the texts of a probe that no report may show.
func secretsOf(p *judge.LoginProbe, who *person) []string {
	secrets := []string{who.password, who.session}
	for _, text := range append([]string{p.Body, p.URL}, values(p.Headers)...) {
		for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
			if name, isVariable := strings.CutPrefix(m[1], "env:"); isVariable {
				secrets = append(secrets, os.Getenv(name))
			}
		}
	}
	return secrets
}

func values(m map[string]string) []string {
	var all []string
	for _, v := range m {
		all = append(all, v)
	}
	return all
}
