Feature: RFC 9865, 4 Service provider configuration

  @RFC9865-4-01 @SHOULD
  Rule: A target with cursors announces them, and only such a target does
    In /ServiceProviderConfig, by pagination.cursor.

    Example: a list of several users
      Given a user "A"
      And a user "B"
      When the client sends GET /Users with the query
        | cursor |   |
        | count  | 1 |
      Then it has a "nextCursor" if "pagination.cursor" is true in /ServiceProviderConfig, and none otherwise

  @RFC9865-4-02 @REQUIRED
  Rule: pagination says of both methods whether they are supported
    cursor and index are booleans, and never missing.

    Example: cursor
      Given /ServiceProviderConfig has "pagination"
      When the client sends GET /ServiceProviderConfig
      Then its "pagination.cursor" is a boolean

    Example: index
      Given /ServiceProviderConfig has "pagination"
      When the client sends GET /ServiceProviderConfig
      Then its "pagination.index" is a boolean

  @RFC9865-4-03 @OPTIONAL
  Rule: defaultPaginationMethod is one of the two methods
    It may be missing.

    Example: its value
      Given /ServiceProviderConfig has "pagination"
      When the client sends GET /ServiceProviderConfig
      Then its "pagination.defaultPaginationMethod", if there is any, is "cursor" or "index"

  @RFC9865-4-04 @OPTIONAL
  Rule: The announced sizes of pages are positive and kept
    No page is larger than maxPageSize, nor without a count larger than defaultPageSize.

    Scenario Outline: <member>
      Given /ServiceProviderConfig has "pagination"
      When the client sends GET /ServiceProviderConfig
      Then its "pagination.<member>", if there is any, is a positive integer

      Examples:
        | member          |
        | defaultPageSize |
        | maxPageSize     |

    @requires.filter
    Example: maxPageSize is kept
      Given /ServiceProviderConfig has "pagination"
      And the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" |
        | count  | 100000                      |
      Then no page is larger than the announced "maxPageSize"

    @requires.filter
    Example: defaultPageSize is kept
      Given /ServiceProviderConfig has "pagination"
      And the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" |
      Then no page is larger than the announced "defaultPageSize"

    @requires.filter @requires.cursor
    Example: defaultPageSize is kept with a cursor
      Given /ServiceProviderConfig has "pagination"
      And the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" |
        | cursor |                             |
      Then no page is larger than the announced "defaultPageSize"

  @RFC9865-4-05 @OPTIONAL
  Rule: cursorTimeout is positive and kept
    A cursor is good for as long as it is announced.

    Example: its value
      Given /ServiceProviderConfig has "pagination"
      When the client sends GET /ServiceProviderConfig
      Then its "pagination.cursorTimeout", if there is any, is a positive integer

    @requires.cursor @requires.filter
    Example: shortly after
      Given /ServiceProviderConfig has "pagination"
      And the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | 5                           |
      And "nextCursor" of the answer is remembered as "next"
      And the client sends GET /Users with the query
        | filter | userName sw "{population}-" |
        | cursor | {next}                      |
        | count  | 5                           |
      Then the answer is 200
      And its "Resources" is an array

    @requires.cursor @requires.filter
    Example: long after
      Given /ServiceProviderConfig has "pagination"
      And a user "A"
      And a user "B"
      When the client sends GET /Users with the query
        | filter | userName sw "{marker}-" |
        | cursor |                         |
        | count  | 1                       |
      And "nextCursor" of the answer is remembered as "next"
      And the announced "cursorTimeout" has passed
      And the client sends GET /Users with the query
        | filter | userName sw "{marker}-" |
        | cursor | {next}                  |
        | count  | 1                       |
      Then the answer is 200, or 400 with scimType expiredCursor or invalidCursor
