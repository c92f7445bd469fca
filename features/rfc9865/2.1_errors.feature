Feature: RFC 9865, 2.1 Pagination errors, 2.2 Sorting, 2.3 and 2.4 Methods, 3 Searches by POST

  @RFC9865-2.1-01 @SHOULD @requires.cursor
  Rule: A cursor that the target never gave answers 400 invalidCursor
    In a SCIM error.

    Scenario Outline: <case>
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | cursor | <cursor> |
        | count  | 3        |
      Then the answer is 400 with scimType invalidCursor
      And the answer is a SCIM error

      Examples:
        | case             | cursor                           |
        | a word           | sduo-no-such-cursor              |
        | a number         | 4                                |
        | encoded nonsense | eyJvZmZzZXQiOjMsInNkdW8iOnRydWV9 |

    @requires.groups
    Example: on groups
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Groups with the query
        | cursor | sduo-no-such-cursor |
      Then the answer is 400 with scimType invalidCursor

    @requires.filter
    Example: a cursor with something behind it
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | 3                           |
      And "nextCursor" of the answer is remembered as "next"
      And the client sends GET /Users with the query
        | filter | userName sw "{population}-" |
        | cursor | {next}sduo                  |
        | count  | 3                           |
      Then the answer is 400 with scimType invalidCursor

  @RFC9865-2.1-02 @SHOULD @requires.cursor @requires.filter
  Rule: An expired cursor answers 400 expiredCursor
    Only where the announced time is short enough to wait for.

    Example: the second page asked for too late
      Given a user "A"
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
      Then the answer is 400 with scimType expiredCursor

  @RFC9865-2.1-03 @SHOULD @requires.cursor @requires.filter
  Rule: A count that is none, or that changes between pages, answers 400 invalidCount
    It has to stay what it was in the first query.

    Scenario Outline: the count changes from <first> to <count>
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | <first>                     |
      And "nextCursor" of the answer is remembered as "next"
      And the client sends GET /Users with the query
        | filter | userName sw "{population}-" |
        | cursor | {next}                      |
        | count  | <count>                     |
      Then the answer is 400 with scimType invalidCount

      Examples:
        | first | count |
        | 3     | 2     |
        | 1     | 2     |

    Example: a count that is no number
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | cursor |      |
        | count  | many |
      Then the answer is 400 with scimType invalidCount

  @RFC9865-2.2-01 @IMPLIED @requires.cursor @requires.sort @requires.filter
  Rule: A sorted result keeps its order across the pages of a cursor
    Also among equal and missing values.

    Scenario Outline: users by <attribute>, <order>
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter    | userName sw "{population}-" |
        | sortBy    | <attribute>                 |
        | sortOrder | <order>                     |
        | cursor    |                             |
        | count     | 3                           |
      Then they are sorted by "<attribute>", <order>
      And every user of the example is listed once

      Examples:
        | attribute       | order      |
        | userName        | ascending  |
        | userName        | descending |
        | name.familyName | ascending  |
        | title           | descending |

    @requires.groups
    Example: groups
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Groups with
        | filter | displayName sw "Group {population}-" |
        | sortBy | displayName                          |
        | cursor |                                      |
        | count  | 1                                    |
      Then they come in the order "Blue, Green, Red"

  @RFC9865-2.3-01 @MAY @requires.cursor @requires.filter
  Rule: A query that names no cursor may be paged by one all the same
    A nextCursor that comes unasked leads on like any other.

    Example: users
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | filter | userName sw "{population}-" |
        | count  | 5                           |
      Then if it has a "nextCursor", the page behind it shows other resources

  @RFC9865-2.4-01 @MUST @requires.cursor @requires.groups
  Rule: A query that asks for no method of paging is always paged by the same one
    By the announced default, where one is announced.

    Example: lists of users and groups
      Given a user "A"
      And a user "B"
      And a group "G"
      And a group "H"
      When the client sends each of
        | GET | /Users?count=1  |
        | GET | /Users?count=1  |
        | GET | /Groups?count=1 |
      Then each answer is paged by the same method, that of "pagination.defaultPaginationMethod" if it is announced

  @RFC9865-2.4-02 @IMPLIED @requires.cursor @requires.filter
  Rule: startIndex together with a cursor is refused, or one of them is followed
    They name two methods at once.

    Example: a startIndex beside an empty cursor
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | filter     | userName sw "{population}-" |
        | cursor     |                             |
        | startIndex | 2                           |
        | count      | 3                           |
      Then the answer is a refusal, or the same as without "startIndex", or the same as without "cursor"

  @RFC9865-3-01 @IMPLIED @requires.cursor @requires.search @requires.filter
  Rule: Cursors work in searches by POST
    An empty text begins, as in the URL.

    Example: users
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users/.search with
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | 5                           |
      Then every user of the example is listed once
      And no page is larger than asked for

    @requires.groups
    Example: groups
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Groups/.search with
        | filter | displayName sw "Group {population}-" |
        | cursor |                                      |
        | count  | 2                                    |
      Then every group of the example is listed once
      And no page is larger than asked for

    Example: an empty cursor gives the next one
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client searches below /Users with
        """json
        {"filter": "userName sw \"{population}-\"", "cursor": "", "count": 3}
        """
      Then its "nextCursor" is a string

    Example: a cursor that never was
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client searches below /Users with
        """json
        {"filter": "userName sw \"{population}-\"", "cursor": "sduo-no-such-cursor", "count": 3}
        """
      Then the answer is a refusal
