Feature: RFC 9865, 2 Cursor-based pagination
  The client begins with an empty cursor and goes on with the one that each page
  gives, until a page gives none. A page may be smaller than asked for.

  @RFC9865-2-01 @MUST @requires.cursor @requires.filter
  Rule: An empty cursor begins a query by cursors
    With and without an equals sign after it.

    Example: cursor=
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | 3                           |
      Then the answer is 200
      And no page of it is larger than 3
      And its "nextCursor" is a string

    Example: a bare cursor
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users?cursor
      Then the answer is 200
      And its "Resources" is an array

    @requires.groups
    Example: on groups
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Groups with the query
        | filter | displayName sw "Group {population}-" |
        | cursor |                                      |
        | count  | 1                                    |
      Then the answer is 200
      And its "nextCursor" is a string

  @RFC9865-2-02 @IMPLIED @requires.cursor @requires.filter
  Rule: Cursors are made of unreserved characters
    They go into a URL as they are.

    Example: users
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | 4                           |
      Then each "nextCursor" and "previousCursor" consists of letters, digits, "-", ".", "_" and "~"

    @requires.groups
    Example: groups
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Groups with
        | filter | displayName sw "Group {population}-" |
        | cursor |                                      |
        | count  | 1                                    |
      Then each "nextCursor" and "previousCursor" consists of letters, digits, "-", ".", "_" and "~"

    @requires.sort
    Example: sorted users
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" |
        | sortBy | displayName                 |
        | cursor |                             |
        | count  | 3                           |
      Then each "nextCursor" and "previousCursor" consists of letters, digits, "-", ".", "_" and "~"

  @RFC9865-2-03 @SHALL @requires.cursor @requires.filter
  Rule: A negative count means 0 with a cursor too
    The answer shows no resources.

    Example: users
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | -1                          |
      Then its "totalResults" is 12 or absent, and it shows 0 resources

    @requires.groups
    Example: groups
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Groups with the query
        | filter | displayName sw "Group {population}-" |
        | cursor |                                      |
        | count  | -7                                   |
      Then its "totalResults" is 3 or absent, and it shows 0 resources

  @RFC9865-2-04 @IMPLIED @requires.cursor @requires.filter
  Rule: A count of 0 shows no resources with a cursor too
    Only totalResults, where the target can tell it.

    Example: users
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | 0                           |
      Then its "totalResults" is 12 or absent, and it shows 0 resources

    @requires.groups
    Example: groups
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Groups with the query
        | filter | displayName sw "Group {population}-" |
        | cursor |                                      |
        | count  | 0                                    |
      Then its "totalResults" is 3 or absent, and it shows 0 resources

  @RFC9865-2-05 @MUST-NOT @requires.cursor @requires.filter
  Rule: No page by cursor holds more resources than count
    The first one and those that follow.

    Scenario Outline: users, <count> at a time
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | <count>                     |
      Then no page is larger than asked for

      Examples:
        | count |
        | 1     |
        | 5     |

    @requires.groups
    Example: groups
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Groups with
        | filter | displayName sw "Group {population}-" |
        | cursor |                                      |
        | count  | 2                                    |
      Then no page is larger than asked for

  @RFC9865-2-06 @MUST @requires.cursor @requires.filter
  Rule: Every page but the last has a nextCursor
    It is the only way on.

    Example: the first page of users
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | 5                           |
      Then its "nextCursor" is a string

    Example: the pages after it
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | 5                           |
      Then every user of the example is listed once

    @requires.groups
    Example: groups
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Groups with
        | filter | displayName sw "Group {population}-" |
        | cursor |                                      |
        | count  | 1                                    |
      Then every group of the example is listed once

  @RFC9865-2-07 @MUST @requires.cursor @requires.filter
  Rule: The last page has no nextCursor
    Its absence says that there is nothing more.

    Example: everything on one page
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | filter | userName eq "{Ada.userName}" |
        | cursor |                              |
        | count  | 5                            |
      Then no page of it is larger than 5
      And if it has a "nextCursor", at most 3 pages follow, all of them empty

    Example: nothing at all
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | filter | userName eq "{population}-nobody" |
        | cursor |                                   |
      Then if it has a "nextCursor", at most 3 pages follow, all of them empty

    Example: the last of several pages
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | 5                           |
      Then every user of the example is listed once

    Example: the last page is full
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | 6                           |
      Then every user of the example is listed once

  @RFC9865-2-08 @OPTIONAL @requires.cursor @requires.filter
  Rule: previousCursor, where it is offered, leads back to the page before
    From every page but the first.

    Example: users
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | 4                           |
      Then each "previousCursor" leads back to the page before

    Example: a short last page
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | 5                           |
      Then each "previousCursor" leads back to the page before

    @requires.sort
    Example: sorted users
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" |
        | sortBy | name.familyName             |
        | cursor |                             |
        | count  | 3                           |
      Then each "previousCursor" leads back to the page before

  @RFC9865-2-09 @MUST-NOT @requires.cursor @requires.filter
  Rule: The first page has no previousCursor
    There is nothing before it.

    Example: users
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | 5                           |
      Then the first page has no "previousCursor", not even when the client comes back to it

    Example: everything on one page
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName eq "{Ada.userName}" |
        | cursor |                              |
      Then the first page has no "previousCursor", not even when the client comes back to it

  @RFC9865-2-10 @IMPLIED @requires.cursor
  Rule: Following nextCursor meets every resource once
    None is lost between two pages, and none comes twice.

    @requires.filter
    Scenario Outline: users, <count> at a time
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | <count>                     |
      Then every user of the example is listed once

      Examples:
        | count |
        | 1     |
        | 3     |
        | 5     |
        | 100   |

    @requires.filter
    Example: users without a count
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" |
        | cursor |                             |
      Then every user of the example is listed once

    Example: all users, without a filter
      Given a user "A"
      And a user "B"
      And a user "C"
      And a user "D"
      When the client pages through /Users with
        | cursor |   |
        | count  | 2 |
      Then every user of the example is listed once

    @requires.groups @requires.filter
    Example: groups
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Groups with
        | filter | displayName sw "Group {population}-" |
        | cursor |                                      |
        | count  | 2                                    |
      Then every group of the example is listed once

    @requires.filter
    Example: the pages belong to their query
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" and active eq true |
        | cursor |                                                |
        | count  | 3                                              |
      Then each page has the right "totalResults", "itemsPerPage" and "startIndex"
      And each resource listed has "active" true

    @requires.filter
    Example: attributes are chosen on every page
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter     | userName sw "{population}-" |
        | attributes | userName                    |
        | cursor     |                             |
        | count      | 5                           |
      Then every user of the example is listed once
      And it shows nothing but "userName"

  @RFC9865-2-11 @IMPLIED @requires.cursor @requires.filter
  Rule: A cursor is good for its own query only
    A client may change nothing else from page to page. Where it does, the target may refuse, go on as it began or
    begin anew, but not answer with a mixture.

    Scenario Outline: another <parameter>, <value>
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | 3                           |
      And the client sends the first "nextCursor" of that list with another "<parameter>", <value>
      Then the answer is a refusal, the rest of that list, or the beginning of the changed one

      Examples:
        | parameter | value                        |
        | filter    | userName eq "{Bob.userName}" |
        | count     | 2                            |
        | count     | 7                            |

    @requires.sort
    Scenario Outline: another <parameter> of a sorted query, <value>
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter    | userName sw "{population}-" |
        | sortBy    | userName                    |
        | sortOrder | ascending                   |
        | cursor    |                             |
        | count     | 3                           |
      And the client sends the first "nextCursor" of that list with another "<parameter>", <value>
      Then the answer is a refusal, the rest of that list, or the beginning of the changed one

      Examples:
        | parameter | value       |
        | sortOrder | descending  |
        | sortBy    | displayName |

  @RFC9865-2-12 @MAY @requires.cursor @requires.filter
  Rule: totalResults may be missing with cursors, but is right where it is there
    A server that cannot tell it leaves it out.

    Example: users
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | 5                           |
      Then each page has the right "totalResults", "itemsPerPage" and "startIndex"

    @requires.groups
    Example: groups
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Groups with
        | filter | displayName sw "Group {population}-" |
        | cursor |                                      |
        | count  | 2                                    |
      Then each page has the right "totalResults", "itemsPerPage" and "startIndex"
