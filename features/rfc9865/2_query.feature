Feature: RFC 9865, 2 Cursor-based pagination
  The client begins with an empty cursor and goes on with the one that each page
  gives, until a page gives none. A page may be smaller than asked for.

  @RFC9865-2-01 @MUST @requires.cursor @requires.filter
  Rule: An empty cursor begins a query by cursors
    With and without an equals sign after it.

    Example: cursor=
      Given the population
      When the client sends GET /Users with the query
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | 3                           |
      Then the answer is 200
      And no page of it is larger than 3
      And its "nextCursor" is a string

    Example: a bare cursor
      Given the population
      When the client sends GET /Users?cursor
      Then the answer is 200
      And its "Resources" is an array

    @requires.groups
    Example: on groups
      Given the population
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
      Given the population
      When the client goes through /Users with
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | 4                           |
      Then it holds that every cursor is of unreserved characters

    @requires.groups
    Example: groups
      Given the population
      When the client goes through /Groups with
        | filter | displayName sw "Group {population}-" |
        | cursor |                                      |
        | count  | 1                                    |
      Then it holds that every cursor is of unreserved characters

    @requires.sort
    Example: sorted users
      Given the population
      When the client goes through /Users with
        | filter | userName sw "{population}-" |
        | sortBy | displayName                 |
        | cursor |                             |
        | count  | 3                           |
      Then it holds that every cursor is of unreserved characters

  @RFC9865-2-03 @SHALL @requires.cursor @requires.filter
  Rule: A negative count means 0 with a cursor too
    The answer shows no resources.

    Example: users
      Given the population
      When the client sends GET /Users with the query
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | -1                          |
      Then it counts 12 results if it counts, and shows 0

    @requires.groups
    Example: groups
      Given the population
      When the client sends GET /Groups with the query
        | filter | displayName sw "Group {population}-" |
        | cursor |                                      |
        | count  | -7                                   |
      Then it counts 3 results if it counts, and shows 0

  @RFC9865-2-04 @IMPLIED @requires.cursor @requires.filter
  Rule: A count of 0 shows no resources with a cursor too
    Only totalResults, where the target can tell it.

    Example: users
      Given the population
      When the client sends GET /Users with the query
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | 0                           |
      Then it counts 12 results if it counts, and shows 0

    @requires.groups
    Example: groups
      Given the population
      When the client sends GET /Groups with the query
        | filter | displayName sw "Group {population}-" |
        | cursor |                                      |
        | count  | 0                                    |
      Then it counts 3 results if it counts, and shows 0

  @RFC9865-2-05 @MUST-NOT @requires.cursor @requires.filter
  Rule: No page by cursor holds more resources than count
    The first one and those that follow.

    Scenario Outline: users, <count> at a time
      Given the population
      When the client goes through /Users with
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
      Given the population
      When the client goes through /Groups with
        | filter | displayName sw "Group {population}-" |
        | cursor |                                      |
        | count  | 2                                    |
      Then no page is larger than asked for

  @RFC9865-2-06 @MUST @requires.cursor @requires.filter
  Rule: Every page but the last has a nextCursor
    It is the only way on.

    Example: the first page of users
      Given the population
      When the client sends GET /Users with the query
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | 5                           |
      Then its "nextCursor" is a string

    Example: the pages after it
      Given the population
      When the client goes through /Users with
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | 5                           |
      Then every user of the example is listed once

    @requires.groups
    Example: groups
      Given the population
      When the client goes through /Groups with
        | filter | displayName sw "Group {population}-" |
        | cursor |                                      |
        | count  | 1                                    |
      Then every group of the example is listed once

  @RFC9865-2-07 @MUST @requires.cursor @requires.filter
  Rule: The last page has no nextCursor
    Its absence says that there is nothing more.

    Example: everything on one page
      Given the population
      When the client sends GET /Users with the query
        | filter | userName eq "{Ada.userName}" |
        | cursor |                              |
        | count  | 5                            |
      Then no page of it is larger than 5
      And it holds that the pages that follow show nothing and come to an end

    Example: nothing at all
      Given the population
      When the client sends GET /Users with the query
        | filter | userName eq "{population}-nobody" |
        | cursor |                                   |
      Then it holds that the pages that follow show nothing and come to an end

    Example: the last of several pages
      Given the population
      When the client goes through /Users with
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | 5                           |
      Then every user of the example is listed once

    Example: the last page is full
      Given the population
      When the client goes through /Users with
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | 6                           |
      Then every user of the example is listed once

  @RFC9865-2-08 @OPTIONAL @requires.cursor @requires.filter
  Rule: previousCursor, where it is offered, leads back to the page before
    From every page but the first.

    Example: users
      Given the population
      When the client goes through /Users with
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | 4                           |
      Then it holds that every previousCursor leads back to the page before

    Example: a short last page
      Given the population
      When the client goes through /Users with
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | 5                           |
      Then it holds that every previousCursor leads back to the page before

    @requires.sort
    Example: sorted users
      Given the population
      When the client goes through /Users with
        | filter | userName sw "{population}-" |
        | sortBy | name.familyName             |
        | cursor |                             |
        | count  | 3                           |
      Then it holds that every previousCursor leads back to the page before

  @RFC9865-2-09 @MUST-NOT @requires.cursor @requires.filter
  Rule: The first page has no previousCursor
    There is nothing before it.

    Example: users
      Given the population
      When the client goes through /Users with
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | 5                           |
      Then it holds that the first page has no previousCursor, however it is reached

    Example: everything on one page
      Given the population
      When the client goes through /Users with
        | filter | userName eq "{Ada.userName}" |
        | cursor |                              |
      Then it holds that the first page has no previousCursor, however it is reached

  @RFC9865-2-10 @IMPLIED @requires.cursor
  Rule: Following nextCursor meets every resource once
    None is lost between two pages, and none comes twice.

    @requires.filter
    Scenario Outline: users, <count> at a time
      Given the population
      When the client goes through /Users with
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
      Given the population
      When the client goes through /Users with
        | filter | userName sw "{population}-" |
        | cursor |                             |
      Then every user of the example is listed once

    Example: all users, without a filter
      Given a user "A"
      And a user "B"
      And a user "C"
      And a user "D"
      When the client goes through /Users with
        | cursor |   |
        | count  | 2 |
      Then every user of the example is listed once

    @requires.groups @requires.filter
    Example: groups
      Given the population
      When the client goes through /Groups with
        | filter | displayName sw "Group {population}-" |
        | cursor |                                      |
        | count  | 2                                    |
      Then every group of the example is listed once

    @requires.filter
    Example: the pages belong to their query
      Given the population
      When the client goes through /Users with
        | filter | userName sw "{population}-" and active eq true |
        | cursor |                                                |
        | count  | 3                                              |
      Then it holds that every page says what is on it
      And it holds that everybody listed is active

    @requires.filter
    Example: attributes are chosen on every page
      Given the population
      When the client goes through /Users with
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
      Given the population
      When the client goes through /Users with
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | 3                           |
      Then its cursor with another "<parameter>" of <value> is refused, or goes on as it began

      Examples:
        | parameter | value                        |
        | filter    | userName eq "{Bob.userName}" |
        | count     | 2                            |
        | count     | 7                            |

    @requires.sort
    Scenario Outline: another <parameter> of a sorted query, <value>
      Given the population
      When the client goes through /Users with
        | filter    | userName sw "{population}-" |
        | sortBy    | userName                    |
        | sortOrder | ascending                   |
        | cursor    |                             |
        | count     | 3                           |
      Then its cursor with another "<parameter>" of <value> is refused, or goes on as it began

      Examples:
        | parameter | value       |
        | sortOrder | descending  |
        | sortBy    | displayName |

  @RFC9865-2-12 @MAY @requires.cursor @requires.filter
  Rule: totalResults may be missing with cursors, but is right where it is there
    A server that cannot tell it leaves it out.

    Example: users
      Given the population
      When the client goes through /Users with
        | filter | userName sw "{population}-" |
        | cursor |                             |
        | count  | 5                           |
      Then it holds that every page says what is on it

    @requires.groups
    Example: groups
      Given the population
      When the client goes through /Groups with
        | filter | displayName sw "Group {population}-" |
        | cursor |                                      |
        | count  | 2                                    |
      Then it holds that every page says what is on it
