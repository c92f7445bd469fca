Feature: RFC 9865, 5 Security considerations

  @RFC9865-5.2-01 @MUST @requires.cursor @requires.secondClient
  Rule: A cursor shows nobody more than they may see
    Whose cursor it is does not matter: what counts is who asks.

    Example: the cursor of another client
      Given a user "A"
      And a user "B"
      And a user "C"
      And the second client may not see "C"
      When the client sends GET /Users with the query
        | cursor |   |
        | count  | 1 |
      And "nextCursor" of the answer is remembered as "next"
      And the second client sends GET /Users?cursor={next}&count=1
      Then the answer shows no "id" and no "userName" of the users of the example

  @RFC9865-5.2-02 @MUST @requires.cursor
  Rule: Every page is asked for with a right of its own
    A cursor is no credential.

    Example: the next page without a token
      Given a user "A"
      And a user "B"
      When the client sends GET /Users with the query
        | cursor |   |
        | count  | 1 |
      And "nextCursor" of the answer is remembered as "next"
      And the next request has no header "Authorization"
      And the client sends GET /Users with the query
        | cursor | {next} |
        | count  | 1      |
      Then the answer is 401
      And the answer shows no "id" and no "userName" of the users of the example

    Example: the next page with a wrong token
      Given a user "A"
      And a user "B"
      When the client sends GET /Users with the query
        | cursor |   |
        | count  | 1 |
      And "nextCursor" of the answer is remembered as "next"
      And the next request has the header "Authorization" with "Bearer sduo-wrong-token"
      And the client sends GET /Users with the query
        | cursor | {next} |
        | count  | 1      |
      Then the answer is 401
      And the answer shows no "id" and no "userName" of the users of the example

  @RFC9865-5.2-03 @SHOULD @unobservable
  Rule: Cursors die when the rights of their client change
    SCIM has no request that changes a client's rights, so no client can bring it about.

  @RFC9865-5.2-04 @MUST @requires.cursor
  Rule: A refusal tells nothing of the data, nor why it was refused
    Another client's cursor is answered like one that never was.

    @requires.secondClient
    Example: another client's cursor
      Given a user "A"
      And a user "B"
      And the second client may not see "B"
      When the client sends GET /Users with the query
        | cursor |   |
        | count  | 1 |
      And "nextCursor" of the answer is remembered as "next"
      And the second client sends GET /Users?cursor={next}&count=1
      Then the answer is the same as to the second client's request with the cursor "sduo-made-up"
      And the answer shows no "id" and no "userName" of the users of the example

    Example: a changed cursor
      Given a user "A"
      And a user "B"
      When the client sends GET /Users with the query
        | cursor |   |
        | count  | 1 |
      And "nextCursor" of the answer is remembered as "next"
      And the client sends GET /Users with the query
        | cursor | {next}sduo |
        | count  | 1          |
      Then the answer shows no "id" and no "userName" of the users of the example

  @RFC9865-5.3-01 @RECOMMENDED @requires.cursor
  Rule: Many queries that are begun and left do not exhaust the target
    It may limit them by 429, or answer tooMany, but it goes on serving.

    Example: sixty first pages
      Given a user "A"
      And a user "B"
      When the client sends GET /Users?cursor=&count=1 60 times
      Then each answer is 200, 429, 503, or 400 with scimType tooMany
