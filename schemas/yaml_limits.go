package schemas

import "github.com/goccy/go-yaml/token"

// Limits on the shape of a YAML file. The library recurses into nested values
// and once more for every further key of an object, and moves the rest of the
// file for every value that is left out; without limits a hostile file of a few
// megabytes exhausts the stack or takes minutes.
const (
	maxFlowDepth   = 32
	maxBlockColumn = 256 // a block nested n deep stands at column n/2 or beyond
	maxKeys        = 1000
	maxValueless   = 100
	maxTokens      = 1 << 20 // words and signs, without comments
)

// shape walks over the tokens of a file and notes what is refused.
type shape struct {
	reader    *yamlReader
	blocks    []block // block mappings around the current token, outermost first
	flows     []flow  // flow collections around the current token, outermost first
	valueless int
}

type block struct{ column, keys int }

type flow struct {
	mapping bool
	keys    int
	colon   bool // the current entry has a colon
}

// tokens refuses what is not supported and what breaks a limit, before the
// parser sees it.
func (r *yamlReader) tokens(all token.Tokens) {
	s := &shape{reader: r}
	tokens := make(token.Tokens, 0, len(all))
	for _, t := range all {
		if t.Type != token.CommentType && t.Position != nil {
			tokens = append(tokens, t)
		}
	}
	if len(tokens) > maxTokens {
		s.fail(tokens[maxTokens], "the file goes on for too long: split it, this is word or sign %d", maxTokens+1)
		return
	}
	for i, t := range tokens {
		var before, after *token.Token
		if i > 0 {
			before = tokens[i-1]
		}
		if i+1 < len(tokens) {
			after = tokens[i+1]
		}
		s.supported(t)
		if len(s.flows) > 0 {
			s.inFlow(t, after)
		} else {
			s.inBlock(t, before, after)
		}
		if !r.ok() {
			return
		}
	}
}

func (s *shape) fail(t *token.Token, format string, args ...any) {
	s.reader.fail(t.Position.Line, t.Position.Column, format, args...)
}

func (s *shape) supported(t *token.Token) {
	switch t.Type {
	case token.AnchorType, token.AliasType, token.MergeKeyType:
		s.fail(t, "anchors, aliases and merge keys are not supported: write the value out where it is used")
	case token.TagType:
		s.fail(t, "tags are not supported: remove %s", quote(t.Value))
	case token.DirectiveType:
		s.fail(t, "directives are not supported: remove the line")
	case token.MappingKeyType:
		s.fail(t, `keys after "?" are not supported: write key: value`)
	}
}

func (s *shape) inBlock(t, before, after *token.Token) {
	switch t.Type {
	case token.SequenceStartType, token.MappingStartType:
		s.open(t)
	case token.SequenceEntryType:
		s.leave(t.Position.Column)
		s.column(t, t.Position.Column)
		if after == nil || after.Position.Line > t.Position.Line && after.Position.Column <= t.Position.Column {
			s.withoutValue(t)
		}
	case token.MappingValueType:
		key := t.Position.Column
		if before != nil && before.Position.Line == t.Position.Line {
			key = before.Position.Column
		}
		s.column(t, key)
		s.key(t, key)
		if after == nil || after.Position.Line > t.Position.Line &&
			(after.Position.Column < key || after.Position.Column == key && after.Type != token.SequenceEntryType) {
			s.withoutValue(t)
		}
	}
}

func (s *shape) column(t *token.Token, column int) {
	if column > maxBlockColumn {
		s.fail(t, "this entry starts beyond column %d: indent less, or put a long text in quotes", maxBlockColumn)
	}
}

// leave ends the block mappings that stand further right than column.
func (s *shape) leave(column int) {
	for len(s.blocks) > 0 && s.blocks[len(s.blocks)-1].column > column {
		s.blocks = s.blocks[:len(s.blocks)-1]
	}
}

func (s *shape) key(t *token.Token, column int) {
	s.leave(column)
	if len(s.blocks) == 0 || s.blocks[len(s.blocks)-1].column < column {
		s.blocks = append(s.blocks, block{column: column})
	}
	s.countKey(t, &s.blocks[len(s.blocks)-1].keys)
}

func (s *shape) countKey(t *token.Token, keys *int) {
	if *keys++; *keys > maxKeys {
		s.fail(t, "more than %d keys in one object", maxKeys)
	}
}

func (s *shape) open(t *token.Token) {
	s.flows = append(s.flows, flow{mapping: t.Type == token.MappingStartType})
	if len(s.flows) > maxFlowDepth {
		s.fail(t, "nested deeper than %d levels", maxFlowDepth)
	}
}

func (s *shape) inFlow(t, after *token.Token) {
	current := &s.flows[len(s.flows)-1]
	switch t.Type {
	case token.SequenceStartType, token.MappingStartType:
		s.open(t)
	case token.MappingValueType:
		current.colon = true
		s.countKey(t, &current.keys)
		if after == nil || ends(after) {
			s.withoutValue(t)
		}
	case token.CollectEntryType:
		s.entry(t, current)
	case token.SequenceEndType, token.MappingEndType:
		s.entry(t, current)
		s.flows = s.flows[:len(s.flows)-1]
	}
}

// entry ends an entry of a flow collection. In a mapping, one without a colon
// is a key without a value.
func (s *shape) entry(t *token.Token, current *flow) {
	if current.mapping && !current.colon {
		s.withoutValue(t)
	}
	if !current.mapping {
		current.keys = 0 // a key in a sequence is an object of its own
	}
	current.colon = false
}

func ends(t *token.Token) bool {
	return t.Type == token.CollectEntryType || t.Type == token.SequenceEndType || t.Type == token.MappingEndType
}

func (s *shape) withoutValue(t *token.Token) {
	if s.valueless++; s.valueless > maxValueless {
		s.fail(t, "more than %d keys and entries without a value: write the values, or remove the keys", maxValueless)
	}
}
