@draft.interop01
Feature: Clients under the SCIM Interoperability Profile, draft 01
  Judged when it is asked for (judge-client --profile interop). What the profile demands of clients contradicts what Okta,
  Entra ID and many others send, and what RFC 7644 permits.
  Source: draft-zollner-scim-interop-profile-01 of 15 April 2026, in the section that a Rule names.

  @CLIENT-INTEROP01-01 @MUST
  Rule: Values have types that the endpoint declares
    Section 5.4.

    Example: every creation, replacement and PATCH
      When the client sends changes
      Then each uses types of values that the schemas declare

  @CLIENT-INTEROP01-02 @MUST
  Rule: What is known is addressed by its id, and nothing else stands in a path
    Section 6.1.

    Example: every request
      When the client sends requests
      Then each addresses something by an id of the target

  @CLIENT-INTEROP01-03 @MUST
  Rule: What is looked for by another attribute is looked for by a filter
    Section 6.1.

    Example: a user who is there already
      When the client is asked to provision a user whom the target has
      Then it looks for users by a filter

  @CLIENT-INTEROP01-04 @MUST
  Rule: Bodies are JSON
    Section 6.2.

    Example: every body
      When the client sends bodies
      Then each is one JSON object

  @CLIENT-INTEROP01-05 @MUST
  Rule: Bodies are declared as application/scim+json
    Section 6.2. RFC 7644 lets a client say application/json.

    Example: every body
      When the client sends bodies
      Then each is declared as application/scim+json alone

  @CLIENT-INTEROP01-06 @MUST
  Rule: A request says who sends it
    Section 6.2. The User-Agent "should be meaningful", in small letters.

    Example: every request
      When the client sends requests
      Then each has a User-Agent

  @CLIENT-INTEROP01-07 @MUST-NOT
  Rule: A filter has no operators but eq and and
    Section 6.3.

    Example: every filter
      When the client sends filters
      Then each has the operators eq and and alone

  @CLIENT-INTEROP01-08 @MUST-NOT
  Rule: A filter stands in the address of reads alone
    Section 6.3.

    Example: every other request
      When the client sends changes
      Then none has a filter in its address

  @CLIENT-INTEROP01-09 @MUST
  Rule: Resources are changed by PATCH
    Section 6.5.

    Example: a user's display name
      When the client is asked to change a user whose id has to be escaped
      Then it sends a PATCH

  @CLIENT-INTEROP01-10 @SHALL-NOT
  Rule: Nothing is changed by PUT
    Section 6.5. Okta changes users and groups by PUT.

    Example: every change
      When the client sends changes
      Then none is a PUT

  @CLIENT-INTEROP01-11 @MUST
  Rule: Every operation has a path
    Section 6.5.1.1, which says it twice.

    Example: every PATCH
      When the client sends PATCH requests
      Then each has a path in every operation

  @CLIENT-INTEROP01-12 @MUST
  Rule: Each attribute that is changed has an operation of its own
    Section 6.5.1.2.

    Example: every PATCH
      When the client sends PATCH requests
      Then each changes one attribute by each operation

  @CLIENT-INTEROP01-13 @SHOULD @unobservable
  Rule: A single part of a complex attribute is named by its path
    Section 6.5.2.1. Whether a client meant the whole or the part cannot be seen in what it sends.

  @CLIENT-INTEROP01-14 @MUST
  Rule: A complex attribute is given an object
    Section 6.5.2.1, of add and of replace.

    Example: every PATCH
      When the client sends PATCH requests
      Then each gives a complex attribute an object

  @CLIENT-INTEROP01-15 @MUST
  Rule: A multi-valued attribute is given an array
    Section 6.5.2.2, of add and of replace. RFC 7644 section 3.5.2.1 permits a single value.

    Example: every PATCH
      When the client sends PATCH requests
      Then each gives a multi-valued attribute an array

  @CLIENT-INTEROP01-16 @MUST-NOT
  Rule: A path with a filter names a part of what it selects
    Section 6.5.2.2: the whole value is "PROHIBITED". The removal of one member by members[value eq "…"], as RFC 7644 has it,
    is such a path.

    Example: every PATCH
      When the client sends PATCH requests
      Then none selects a whole value by a filter

  @CLIENT-INTEROP01-17 @MUST-NOT
  Rule: Requests have no preconditions
    Section 6.7. RFC 7644 section 3.14 has them.

    Example: every request
      When the client sends requests
      Then none has a precondition

  @CLIENT-INTEROP01-18 @SHOULD-NOT @security
  Rule: Nobody comes by HTTP Basic
    Section 7.2: not recommended.

    Example: every request
      When the client sends requests
      Then none authenticates by HTTP Basic
