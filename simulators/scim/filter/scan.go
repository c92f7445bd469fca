package filter

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// isSpace reports whether c is white space between the words of a filter.
func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

func (p *parser) done() bool { return p.at >= len(p.text) }

func (p *parser) skip() {
	for !p.done() && isSpace(p.text[p.at]) {
		p.at++
	}
}

// take reads the character c if it is next.
func (p *parser) take(c byte) bool {
	if p.done() || p.text[p.at] != c {
		return false
	}
	p.at++
	return true
}

// word reads the characters up to white space, a quote or a bracket. A dot that
// follows a closing bracket has been taken before.
func (p *parser) word() string {
	start := p.at
	for !p.done() && !isSpace(p.text[p.at]) && !strings.ContainsRune(`"()[]`, rune(p.text[p.at])) {
		p.at++
	}
	return p.text[start:p.at]
}

// keyword reads the word and or or if it is next.
func (p *parser) keyword(want string) bool {
	start := p.at
	p.skip()
	if strings.EqualFold(p.word(), want) {
		return true
	}
	p.at = start
	return false
}

// position is the parser's position, in characters from 1.
func (p *parser) position() int {
	return utf8.RuneCountInString(p.text[:min(p.at, len(p.text))]) + 1
}

// found names the text at the parser's position, for messages.
func (p *parser) found() string {
	if p.done() {
		return "the end"
	}
	start := p.at
	word := p.word()
	p.at = start
	if word == "" {
		_, size := utf8.DecodeRuneInString(p.text[start:])
		word = p.text[start : start+size]
	}
	return fmt.Sprintf("%.40q", word)
}

// expected says what the grammar wants at the parser's position.
func (p *parser) expected(what string) error {
	return p.fail("%s was expected, found %s", what, p.found())
}

// fail is an error at the parser's position.
func (p *parser) fail(format string, args ...any) error {
	return scim.InvalidFilter("position %d of the %s: %s", p.position(), p.what, fmt.Sprintf(format, args...))
}
