// Package laws has what must hold of every answer, as functions of the answers alone: a
// Law judges many together, a Check one. They ask nothing, and know no scenario.
package laws
