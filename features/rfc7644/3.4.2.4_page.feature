Feature: RFC 7644, 3.4.2.4 Pagination
  A page may always be smaller than asked for: the client goes on where it ended.
  What else the target holds is left aside by a filter, except where a list
  without one is the point.

  @RFC7644-3.4.2.4-01 @SHALL @requires.index
  Rule: A startIndex below 1 means 1
    It is neither an error nor an empty page.

    @requires.filter
    Scenario Outline: startIndex <start>
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | filter     | userName sw "{population}-" |
        | startIndex | <start>                     |
        | count      | 3                           |
      Then its "totalResults" is 12, and it shows at most 3 resources
      And the answer is the same as to GET /Users with
        | filter     | userName sw "{population}-" |
        | startIndex | 1                           |
        | count      | 3                           |

      Examples:
        | start |
        | 0     |
        | -1    |
        | -100  |

    @requires.groups @requires.filter
    Example: on groups
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Groups with the query
        | filter     | displayName sw "Group {population}-" |
        | startIndex | 0                                    |
        | count      | 2                                    |
      Then its "totalResults" is 3, and it shows at most 2 resources
      And the answer is the same as to GET /Groups with
        | filter     | displayName sw "Group {population}-" |
        | startIndex | 1                                    |
        | count      | 2                                    |

    @requires.search @requires.filter
    Example: in a search by POST
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends POST /Users/.search with
        """json
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
         "filter": "userName sw \"{population}-\"", "startIndex": -5, "count": 3}
        """
      Then its "totalResults" is 12, and it shows at most 3 resources
      And the answer is the same as to GET /Users with
        | filter     | userName sw "{population}-" |
        | startIndex | 1                           |
        | count      | 3                           |

    @requires.filter
    Example: one user, whom every filter can find
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | filter     | userName eq "{Ada.userName}" |
        | startIndex | 0                            |
      Then its "totalResults" is 1, and it shows 1 resource

    Example: all users, without a filter
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | startIndex | -3 |
        | count      | 2  |
      Then no page of it is larger than 2

  @RFC7644-3.4.2.4-02 @MUST-NOT @requires.index
  Rule: A page never holds more resources than count
    Fewer are allowed at any time.

    Scenario Outline: users, <count> at a time
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" |
        | count  | <count>                     |
      Then no page is larger than asked for

      Examples:
        | count |
        | 1     |
        | 5     |
        | 11    |

    Example: all users, without a filter
      Given a user "A"
      And a user "B"
      And a user "C"
      When the client sends GET /Users with the query
        | count | 2 |
      Then no page of it is larger than 2

    @requires.groups
    Example: all groups, without a filter
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Groups with the query
        | count | 1 |
      Then no page of it is larger than 1

    @requires.groups
    Example: groups
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Groups with
        | filter | displayName sw "Group {population}-" |
        | count  | 2                                    |
      Then no page is larger than asked for

    @requires.search
    Example: a search by POST
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users/.search with
        | filter | userName sw "{population}-" |
        | count  | 4                           |
      Then no page is larger than asked for

    @requires.search
    Example: a search by POST without a filter
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends POST /Users/.search with
        """json
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "count": 2}
        """
      Then no page of it is larger than 2

  @RFC7644-3.4.2.4-03 @SHALL @requires.index
  Rule: A negative count means 0
    The answer counts, and shows nothing.

    @requires.filter
    Scenario Outline: count <count>
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | filter | userName sw "{population}-" |
        | count  | <count>                     |
      Then its "totalResults" is 12, and it shows 0 resources

      Examples:
        | count |
        | -1    |
        | -100  |

    @requires.groups @requires.filter
    Example: on groups
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Groups with the query
        | filter | displayName sw "Group {population}-" |
        | count  | -1                                   |
      Then its "totalResults" is 3, and it shows 0 resources

    @requires.search @requires.filter
    Example: in a search by POST
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends POST /Users/.search with
        """json
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
         "filter": "userName sw \"{population}-\"", "count": -1}
        """
      Then its "totalResults" is 12, and it shows 0 resources

    @requires.filter
    Example: one user, whom every filter can find
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | filter | userName eq "{Ada.userName}" |
        | count  | -1                           |
      Then its "totalResults" is 1, and it shows 0 resources

    Example: all users, without a filter
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | count | -1 |
      Then no page of it is larger than 0

  @RFC7644-3.4.2.4-04 @IMPLIED @requires.index
  Rule: A count of 0 asks for totalResults and no resources
    It is the cheap way to count.

    @requires.filter
    Example: users
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | filter | userName sw "{population}-" |
        | count  | 0                           |
      Then its "totalResults" is 12, and it shows 0 resources

    @requires.filter
    Example: users from a startIndex on
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | filter     | userName sw "{population}-" |
        | startIndex | 3                           |
        | count      | 0                           |
      Then its "totalResults" is 12, and it shows 0 resources

    @requires.filter
    Example: one user
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | filter | userName eq "{Ada.userName}" |
        | count  | 0                            |
      Then its "totalResults" is 1, and it shows 0 resources

    @requires.groups @requires.filter
    Example: groups
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Groups with the query
        | filter | displayName sw "Group {population}-" |
        | count  | 0                                    |
      Then its "totalResults" is 3, and it shows 0 resources

    @requires.search @requires.filter
    Example: a search by POST
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends POST /Users/.search with
        """json
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
         "filter": "userName sw \"{population}-\"", "count": 0}
        """
      Then its "totalResults" is 12, and it shows 0 resources

    Example: all users, without a filter
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | count | 0 |
      Then no page of it is larger than 0

  @RFC7644-3.4.2.4-05 @IMPLIED @requires.index
  Rule: A startIndex past the end gives an empty page
    It still tells how many results there are.

    @requires.filter
    Scenario Outline: startIndex <start> of 12 users
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | filter     | userName sw "{population}-" |
        | startIndex | <start>                     |
        | count      | 5                           |
      Then its "totalResults" is 12, and it shows 0 resources

      Examples:
        | start  |
        | 13     |
        | 100000 |

    @requires.filter
    Example: without a count
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | filter     | userName sw "{population}-" |
        | startIndex | 13                          |
      Then its "totalResults" is 12, and it shows 0 resources

    @requires.groups @requires.filter
    Example: groups
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Groups with the query
        | filter     | displayName sw "Group {population}-" |
        | startIndex | 4                                    |
      Then its "totalResults" is 3, and it shows 0 resources

    @requires.search @requires.filter
    Example: a search by POST
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends POST /Users/.search with
        """json
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
         "filter": "userName sw \"{population}-\"", "startIndex": 13, "count": 5}
        """
      Then its "totalResults" is 12, and it shows 0 resources

    @requires.filter
    Example: past one user, whom every filter can find
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | filter     | userName eq "{Ada.userName}" |
        | startIndex | 2                            |
      Then its "totalResults" is 1, and it shows 0 resources

    Example: past all users, without a filter
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | startIndex | 1000000 |
        | count      | 5       |
      Then no page of it is larger than 0

  @RFC7644-3.4.2.4-06 @IMPLIED @requires.index
  Rule: startIndex and count choose the window that they name
    The second page is not the first, and both ends of the list are where they belong.

    Example: users
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" |
      And the client asks again for pages at the beginning, in the middle and at the end of that list
      Then each of these pages shows what the list has there

    Example: all users, without a filter
      Given a user "A"
      And a user "B"
      And a user "C"
      And a user "D"
      When the client pages through /Users with
        | count | 50 |
      And the client asks again for pages at the beginning, in the middle and at the end of that list
      Then each of these pages shows what the list has there

    @requires.groups
    Example: groups
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Groups with
        | filter | displayName sw "Group {population}-" |
      And the client asks again for pages at the beginning, in the middle and at the end of that list
      Then each of these pages shows what the list has there

    @requires.search
    Example: a search by POST
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users/.search with
        | filter | userName sw "{population}-" |
      And the client asks again for pages at the beginning, in the middle and at the end of that list
      Then each of these pages shows what the list has there

    @requires.filter
    Example: the same page twice
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | filter     | userName sw "{population}-" |
        | startIndex | 4                           |
        | count      | 3                           |
      Then the answer is the same as to GET /Users with
        | filter     | userName sw "{population}-" |
        | startIndex | 4                           |
        | count      | 3                           |

  @RFC7644-3.4.2.4-07 @IMPLIED @requires.index
  Rule: Going through all pages meets every resource once
    As many as totalResults says, as long as nothing changes in between.

    Scenario Outline: users, <count> at a time
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" |
        | count  | <count>                     |
      Then every user of the example is listed once

      Examples:
        | count |
        | 1     |
        | 4     |
        | 5     |
        | 12    |
        | 100   |

    Example: users without a count
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" |
      Then every user of the example is listed once

    Example: all users, without a filter
      Given a user "A"
      And a user "B"
      And a user "C"
      And a user "D"
      And a user "E"
      When the client pages through /Users with
        | count | 2 |
      Then every user of the example is listed once

    @requires.groups
    Example: all groups, without a filter
      Given a group "A"
      And a group "B"
      And a group "C"
      When the client pages through /Groups with
        | count | 2 |
      Then every group of the example is listed once

    @requires.groups
    Example: groups one at a time
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Groups with
        | filter | displayName sw "Group {population}-" |
        | count  | 1                                    |
      Then every group of the example is listed once

    @requires.search
    Example: a search by POST
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users/.search with
        | filter | userName sw "{population}-" |
        | count  | 5                           |
      Then every user of the example is listed once

    @requires.search @requires.groups
    Example: a search of everything by POST
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /.search with
        | filter | userName sw "{population}-" or displayName sw "Group {population}-" |
        | count  | 4                                                                   |
      Then every resource of the example is listed once

    Scenario Outline: users with <parameter>, <count> at a time
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter      | userName sw "{population}-" |
        | count       | <count>                     |
        | <parameter> | <value>                     |
      Then every user of the example is listed once

      Examples:
        | parameter          | value    | count |
        | attributes         | userName | 5     |
        | excludedAttributes | emails   | 6     |

    @requires.filter
    Example: users whom a filter finds in a list of theirs
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" and emails.value co "@" |
        | count  | 2                                                   |
      Then each page has the right "totalResults", "itemsPerPage" and "startIndex"
      And nothing follows the last page

  @RFC7644-3.4.2.4-08 @IMPLIED @requires.index
  Rule: A huge count is capped and not refused
    count is a wish: the server may always return fewer.

    @requires.filter
    Scenario Outline: count <count>
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | filter | userName sw "{population}-" |
        | count  | <count>                     |
      Then its "totalResults" is 12, and it shows at most 12 resources

      Examples:
        | count      |
        | 1000       |
        | 1000000    |
        | 2147483647 |

    @requires.groups @requires.filter
    Example: on groups
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Groups with the query
        | filter | displayName sw "Group {population}-" |
        | count  | 1000000                              |
      Then its "totalResults" is 3, and it shows at most 3 resources

    @requires.search @requires.filter
    Example: in a search by POST
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends POST /Users/.search with
        """json
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
         "filter": "userName sw \"{population}-\"", "count": 1000000}
        """
      Then its "totalResults" is 12, and it shows at most 12 resources

    @requires.filter
    Example: one user, whom every filter can find
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | filter | userName eq "{Ada.userName}" |
        | count  | 1000000                      |
      Then its "totalResults" is 1, and it shows 1 resource

    Example: all users, without a filter
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | count | 1000000 |
      Then the answer is 200 with a list

  @RFC7644-3.4.2.4-09 @IMPLIED
  Rule: A count or startIndex that is no integer is refused or ignored
    Both are integers by definition. What is none is the client's mistake, not the server's.

    Scenario Outline: <parameter> "<value>"
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | <parameter> | <value> |
      Then the answer is no server error

      Examples:
        | parameter  | value                |
        | count      | many                 |
        | count      | 1.5                  |
        | count      |                      |
        | count      | 99999999999999999999 |
        | startIndex | first                |
        | startIndex | 1.5                  |
        | startIndex | 99999999999999999999 |

    @requires.search
    Example: a text in a search by POST
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends POST /Users/.search with
        """json
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "count": "many", "startIndex": "first"}
        """
      Then the answer is no server error

  @RFC7644-3.4.2.4-10 @IMPLIED @requires.index
  Rule: Every page tells the whole number of results, its own size and where it starts
    totalResults counts the matches on all pages; startIndex and itemsPerPage may be absent where one page shows everything.

    Example: users, five at a time
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" |
        | count  | 5                           |
      Then each page has the right "totalResults", "itemsPerPage" and "startIndex"
      And nothing follows the last page

    @requires.filter
    Example: some of the users
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" and active eq true |
        | count  | 3                                              |
      Then each page has the right "totalResults", "itemsPerPage" and "startIndex"
      And nothing follows the last page

    Example: everybody on one page
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" |
        | count  | 100                         |
      Then each page has the right "totalResults", "itemsPerPage" and "startIndex"
      And nothing follows the last page

    @requires.groups
    Example: groups
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Groups with
        | filter | displayName sw "Group {population}-" |
        | count  | 2                                    |
      Then each page has the right "totalResults", "itemsPerPage" and "startIndex"
      And nothing follows the last page

    @requires.search
    Example: a search by POST
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users/.search with
        | filter | userName sw "{population}-" |
        | count  | 5                           |
      Then each page has the right "totalResults", "itemsPerPage" and "startIndex"
      And nothing follows the last page

    @requires.filter
    Example: pages at the end of the list and beyond, empty pages, and none that matches
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends each of
        | GET | /Users?filter=userName sw "{population}-"&startIndex=12&count=5     |
        | GET | /Users?filter=userName sw "{population}-"&startIndex=13&count=5     |
        | GET | /Users?filter=userName sw "{population}-"&startIndex=100000         |
        | GET | /Users?filter=userName sw "{population}-"&startIndex=3&count=0      |
        | GET | /Users?filter=userName sw "{population}-"&startIndex=0&count=4      |
        | GET | /Users?filter=userName sw "{population}-"&count=12                  |
        | GET | /Users?filter=userName eq "{population}-nobody"                     |
        | GET | /Users?filter=userName eq "{population}-nobody"&startIndex=3&count=2 |
      Then each "totalResults", "itemsPerPage" and "startIndex" agrees with the resources of its list

    @requires.groups @requires.filter
    Example: pages of groups at the end and beyond
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends each of
        | GET | /Groups?filter=displayName sw "Group {population}-"&startIndex=3&count=5 |
        | GET | /Groups?filter=displayName sw "Group {population}-"&startIndex=4&count=5 |
        | GET | /Groups?filter=displayName sw "Group {population}-"&count=0              |
        | GET | /Groups?filter=displayName eq "Group {population}-none"                  |
      Then each "totalResults", "itemsPerPage" and "startIndex" agrees with the resources of its list

    @requires.search @requires.filter
    Example: pages of a search by POST at the end and beyond
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends each of
        | POST | /Users/.search | {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "filter": "userName sw \"{population}-\"", "startIndex": 12, "count": 5} |
        | POST | /Users/.search | {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "filter": "userName sw \"{population}-\"", "startIndex": 13, "count": 5} |
        | POST | /Users/.search | {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "filter": "userName sw \"{population}-\"", "count": 0}                   |
        | POST | /Users/.search | {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "filter": "userName eq \"{population}-nobody\""}                        |
      Then each "totalResults", "itemsPerPage" and "startIndex" agrees with the resources of its list

    Example: every other list
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      Then each "totalResults", "itemsPerPage" and "startIndex" agrees with the resources of its list
      And no number in a list that this run has seen disagrees with its resources

    Example: all users, without a filter
      Given a user "A"
      And a user "B"
      And a user "C"
      When the client sends each of
        | GET | /Users?count=2              |
        | GET | /Users?startIndex=2&count=1 |
        | GET | /Users?startIndex=1000000   |
        | GET | /Users?count=0              |
      Then each "totalResults", "itemsPerPage" and "startIndex" agrees with the resources of its list

  @RFC7644-3.4.2.4-11 @IMPLIED @requires.index @requires.filter
  Rule: A long list can be paged through to its depth
    500 users: more than one page for nearly every server. A run creates them only where it may.

    Example: a hundred at a time
      Given 500 users whose userName begins with "{many}"
      When the client pages through /Users with
        | filter | userName sw "{many}" |
        | count  | 100                   |
      Then every user of the example is listed once
      And no page is larger than asked for
      And each page has the right "totalResults", "itemsPerPage" and "startIndex"
      And nothing follows the last page

    Example: as many as the server gives by itself
      Given 500 users whose userName begins with "{many}"
      When the client pages through /Users with
        | filter | userName sw "{many}" |
      Then every user of the example is listed once

    Example: deep into the list
      Given 500 users whose userName begins with "{many}"
      When the client pages through /Users with
        | filter | userName sw "{many}" |
      And the client asks again for pages at the beginning, in the middle and at the end of that list
      Then each of these pages shows what the list has there

    @requires.sort
    Example: sorted
      Given 500 users whose userName begins with "{many}"
      When the client pages through /Users with
        | filter    | userName sw "{many}" |
        | sortBy    | userName              |
        | sortOrder | descending            |
        | count     | 90                    |
      Then every user of the example is listed once

    @requires.cursor
    Example: by cursor
      Given 500 users whose userName begins with "{many}"
      When the client pages through /Users with
        | filter | userName sw "{many}" |
        | cursor |                       |
        | count  | 90                    |
      Then every user of the example is listed once
