package schemas

import (
	"slices"
	"testing"

	"github.com/goccy/go-yaml/token"
)

// A file of a million words takes the lexer seconds, so the limit is tried on
// tokens that are there already.
func TestAFileOfMoreThanAMillionWordsIsRefused(t *testing.T) {
	word := token.New("b", "b", &token.Position{Line: 3, Column: 7})
	r := &yamlReader{}
	r.tokens(slices.Repeat(token.Tokens{word}, maxTokens))
	if !r.ok() {
		t.Fatalf("a file at the limit is refused: %+v", r.problems)
	}
	r.tokens(slices.Repeat(token.Tokens{word}, maxTokens+1))
	want := Problem{Line: 3, Column: 7, Message: "the file goes on for too long: split it, this is word or sign 1048577"}
	if len(r.problems) != 1 || r.problems[0] != want {
		t.Errorf("got %+v, want %+v", r.problems, want)
	}
}
