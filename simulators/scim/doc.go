// Package scim holds the terms that both sides of the simulation share: SCIM
// 2.0 resources as ordered JSON objects, schemas and checks against them (RFC
// 7643), lists and errors (RFC 7644).
//
// The packages below it build on these terms: filter reads and evaluates filters
// and paths, patch applies PATCH operations, and wire sends requests and records
// exchanges. None of them knows Duo or Secure Access, and none judges a server.
package scim
