package words

import "testing"

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"plain é Ωж 😀":       "plain é Ωж 😀",
		"a\nb\r\tc":          `a\nb\r\tc`,
		"\x1b[31m\x00\x7f":   `\x1b[31m\x00\x7f`,
		"\u0085\u202e\u200b": `\x85\u202e\u200b`,
		"\xff\xc3(":          `\xff\xc3(`,
		"\uFFFD":             "\uFFFD",
		"\U000e0041":         `\U000e0041`,
		"":                   "",
	} {
		if got := Visible(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestShortCutsBetweenCharacters(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"four", "four"},
		{"fives", "five… (5 bytes)"},
		{"abcé", "abc… (5 bytes)"},
		{"\x80\x80\x80\x80\x80\x80", `\x80\x80\x80\x80… (6 bytes)`},
	} {
		if got := Short(test.in, 4); got != test.want {
			t.Errorf("%q: got %q, want %q", test.in, got, test.want)
		}
	}
}
