package replay

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// shellStart is what every script begins with. The token goes to curl in a file
// that only the user can read: an argument can be read by everyone.
const shellStart = `trap 'rm -rf "$dir"' EXIT
trap 'exit 2' INT TERM

# send STEP STATUS CURL-ARGUMENT…: sends a request, shows the answer, and says so if the status is not the one of then
send() {
  step=$1; then=$2; shift 2
  status=$(curl -sS --max-time 60 --globoff --path-as-is -D "$dir/$step.head" -o "$dir/$step.body" -w '%{http_code}' "$@") || { echo "request $step got no answer" >&2; exit 2; }
  echo "--- request $step"; cat "$dir/$step.head" "$dir/$step.body" 2>/dev/null || :; echo
  [ "$then" = "$status" ] || echo "request $step: $status, and $then in the report" >&2
}
value() { jq -er "$2" "$dir/$1.body" || { echo "the answer to request $1 has no $2" >&2; exit 2; }; }
header() { tr -d '\r' < "$dir/$1.head" | awk -v n="$2:" 'tolower($1) == tolower(n) { sub(/^[^:]*: */, ""); v = $0 } END { print v }'; }
escape() { jq -rn --arg s "$1" '$s | @uri'; }
`

// shellCredentials puts what authenticates into the file of headers that curl reads, and what
// the connection needs into curl's own configuration.
func (p *Replay) shellCredentials() string {
	start := "set -eu\ndir=$(mktemp -d)\n"
	if options := p.Form.ShellConnection(); len(options) > 0 {
		start += "curl() { command curl " + strings.Join(options, " ") + " \"$@\"; }\n"
	}
	v := p.Form.Variable()
	switch p.Form.Scheme {
	case wire.SchemeCertificate:
		return start + ": > \"$dir/token\"\n"
	case wire.SchemeHeader:
		return start + fmt.Sprintf(": \"${%s:?set %s to the API key}\"\nprintf '%%s: %%s\\n' %s \"$%s\" > \"$dir/token\"\n", v, v, shellWord(p.Form.Header), v)
	case wire.SchemeBasic:
		return start + fmt.Sprintf(": \"${%s:?set %s to the password}\"\nprintf 'Authorization: Basic %%s\\n' \"$(printf '%%s:%%s' %s \"$%s\" | base64 | tr -d '\\n')\" > \"$dir/token\"\n", v, v, shellWord(p.Form.User), v)
	}
	return start + fmt.Sprintf(": \"${%s:?set %s to the bearer token}\"\nprintf 'Authorization: Bearer %%s\\n' \"$%s\" > \"$dir/token\"\n", v, v, v)
}

// shellRemoval removes what the answers say was created, if it really carries the
// mark: an answer that is wrong must not cost the target a user.
const shellRemoval = `made=
trap 'clean_up; rm -rf "$dir"' EXIT
created() {
  made="$(jq -r --arg p "$2" '(.id? | strings | $p + "/" + @uri), (.Operations[]? | select(.method == "POST") | .location? | strings)' "$dir/$1.body" 2>/dev/null || :)
$(header "$1" Location)
$made"
}
clean_up() {
  printf '%%s\n' "$made" | sort -u | while read -r at; do
    case $at in "$SCIM_BASE_URL"/?*) ;; /?*) at=$SCIM_BASE_URL$at ;; *) continue ;; esac
    curl -s --globoff -H @"$dir/token" "$at" | grep -qi '%s' || continue
    curl -s --globoff -o /dev/null -H @"$dir/token" -X DELETE "$at" || echo "not removed: $at" >&2
  done
}
`

// WriteCurl writes a script for a POSIX shell, which needs curl and jq. Its exit
// status is 0 if the finding is gone, 1 if it is still there, and 2 if nothing
// can be told; where only the eye can tell, it is 0 as well.
func (p *Replay) WriteCurl(w io.Writer) error {
	var b strings.Builder
	b.WriteString("#!/bin/sh\n")
	b.WriteString(comment("#", p.about("It needs curl and jq, and the token in $SCIM_TOKEN. "+p.removal())))
	fmt.Fprintf(&b, "SCIM_BASE_URL=${SCIM_BASE_URL:-%s}\n%s%s", shellWord(p.Base), p.shellCredentials(), shellStart)
	if p.creates() && p.Mark != "" {
		fmt.Fprintf(&b, shellRemoval, p.Mark)
	}
	for i, s := range p.Steps {
		p.curlStep(&b, i+1, s)
	}
	p.curlEnd(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

// removal is what happens to what the requests create.
func (p *Replay) removal() string {
	switch {
	case !p.creates():
		return "It creates nothing."
	case p.Mark == "":
		return "What it creates has to be removed by hand."
	}
	return fmt.Sprintf("What it creates carries the mark %s, and is removed at the end.", p.Mark)
}

func (p *Replay) curlStep(b *strings.Builder, n int, s Step) {
	fmt.Fprintf(b, "\n# %d. then: %s\n", n, words.Visible(s.Then))
	body := ""
	if len(s.Body) > 0 {
		body = fmt.Sprintf(" --data-binary @\"$dir/%d.sent\"", n)
		b.WriteString(shellBody(s.Body) + fmt.Sprintf(" > \"$dir/%d.sent\"\n", n))
	}
	fmt.Fprintf(b, "send %d %d%s %s", n, s.Status, shellMethod(s.Method), shellText(s.URL))
	if s.Token {
		b.WriteString(` -H @"$dir/token"`)
	}
	if s.Credentials != nil {
		b.WriteString(" " + s.Form.Shell(*s.Credentials))
	}
	for _, f := range s.Header {
		fmt.Fprintf(b, " -H %s", shellText(f.value.after(f.name+": ")))
	}
	for _, name := range s.lacks() {
		fmt.Fprintf(b, " -H %s:", name) // curl would add it
	}
	b.WriteString(body + "\n")
	for _, c := range s.Captures {
		if c.header != "" {
			fmt.Fprintf(b, "%s=$(header %d %s)\n", c.variable, n, c.header)
			continue
		}
		fmt.Fprintf(b, "%s=$(value %d %s) || exit 2\n", c.variable, n, shellWord(c.query()))
	}
	if s.Creates && p.Mark != "" {
		fmt.Fprintf(b, "created %d %s\n", n, shellWord(p.collection(s)))
	}
}

// lacks are the headers that clients add by themselves and the request did not have.
func (s Step) lacks() []string {
	names := []string{"Accept", "User-Agent"}
	if len(s.Body) > 0 {
		names = append(names, "Content-Type")
	}
	return slices.DeleteFunc(names, func(name string) bool {
		return slices.ContainsFunc(s.Header, func(f field) bool { return f.name == name })
	})
}

// collection is the path below the base URL to which the step posts.
func (p *Replay) collection(s Step) string {
	path := s.URL.fill(itself, func(piece) string { return "" })
	path, _, _ = strings.Cut(path, "?")
	return path
}

func (p *Replay) curlEnd(b *strings.Builder) {
	b.WriteString("\n")
	if p.WantStatus != 0 {
		fmt.Fprintf(b, "[ \"$status\" = %d ] || { echo %s >&2; exit 1; }\necho 'passes now: %d' >&2\n",
			p.WantStatus, fmt.Sprintf(`"still fails: expected %d, got $status"`, p.WantStatus), p.WantStatus)
		return
	}
	says := words.Visible(p.Example.Message + ": expected " + oneLine(p.Example.Want) + "; in the report it was " + oneLine(p.Example.Got))
	if still := p.curlCheck(); still != "" {
		fmt.Fprintf(b, "if %s; then printf '%%s\\n' %s >&2; exit 1; fi\n", still, shellWord("still fails: "+says))
	}
	fmt.Fprintf(b, "printf '%%s\\n' %s >&2\n", shellWord("compare: "+says))
}

// curlCheck is a condition under which the finding is still there; "" if the shell cannot tell.
func (p *Replay) curlCheck() string {
	c := p.Check
	value := fmt.Sprintf(`[ "$(jq -c %s "$dir/%d.body" 2>/dev/null || :)"`, shellWord(capture{path: c.path}.query()), len(p.Steps))
	switch {
	case c.statuses != nil:
		var within []string
		for _, r := range c.statuses {
			within = append(within, fmt.Sprintf(`[ "$status" -ge %d ] && [ "$status" -le %d ]`, r[0], r[1]))
		}
		return "! { " + strings.Join(within, " || ") + "; }"
	case c.header != "" || c.path == nil:
		return ""
	case c.wanted != nil:
		return value + " != " + shellText(c.wanted) + " ]"
	}
	return value + " = " + shellText(c.found) + " ]"
}

func shellMethod(method string) string {
	switch method {
	case "", "GET":
		return ""
	case "HEAD":
		return " --head"
	}
	return " -X " + shellWord(method)
}

// shellText is one word of the shell, variables filled in. What no URL and no
// header can hold shows as an escape.
func shellText(t text) string {
	return t.fill(func(s string) string {
		if strings.ContainsFunc(s, odd) {
			s = words.Visible(s)
		}
		return shellWord(s)
	}, func(p piece) string {
		switch {
		case p.variable == base:
			return `"$SCIM_BASE_URL"`
		case p.escaped:
			return `"$(escape "$` + p.variable + `")"`
		}
		return `"$` + p.variable + `"`
	})
}

// shellBody prints a body. Where it has bytes that no terminal should see, and
// no argument can hold, the literals are written in octal.
func shellBody(t text) string {
	if !slices.ContainsFunc(t, func(p piece) bool { return strings.ContainsFunc(p.literal, odd) }) {
		return "printf '%s' " + shellText(t)
	}
	return "{ " + t.fill(func(s string) string {
		var b strings.Builder
		for i := range len(s) {
			fmt.Fprintf(&b, `\%03o`, s[i])
		}
		return "printf '" + b.String() + "'; "
	}, func(p piece) string { return "printf '%s' " + shellText(text{p}) + "; " }) + "}"
}

func odd(r rune) bool {
	return r == utf8.RuneError || r != '\n' && r != '\t' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

func shellWord(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
