Feature: SCIM Interoperability Profile, draft 01: 6.1 to 6.4 Endpoints, formats, filters, pages

  @INTEROP01-6.1-01 @MUST
  Rule: Each resource type has an endpoint of its own

    Example: each endpoint is there
      When the client sends GET to the "endpoint" of each resource type
      Then each "endpoint" is relative to the base URI, and is answered neither by 404 nor by a server error

    Example: no two are the same
      When the client sends GET /ResourceTypes
      Then no two resources in the list have the same "endpoint"

  @INTEROP01-6.1-02 @MUST-NOT
  Rule: Resources of different types share no endpoint
    RFC 7643 section 6 does not forbid it.

    @requires.groups
    Example: users and groups
      Given a user "A"
      And a group "G"
      When the client sends GET /Users
      Then the answer is 200 with a list
      And it does not list "G"
      When the client sends GET /Groups
      Then the answer is 200 with a list
      And it does not list "A"

    @requires.groups
    Example: a group is not read among the users
      Given a group "G"
      When the client sends GET /Users/{G.id}
      Then the answer is 404

  @INTEROP01-6.1-03 @MAY @unobservable
  Rule: The service root may show resources of several types
    A permission: it has nothing that could be violated.

  @INTEROP01-6.1-04 @MUST
  Rule: A resource is addressed by its endpoint and its id

    Scenario Outline: a <kind>
      Given a <kind> "A"
      When the client sends GET <endpoint>/{A.id}
      Then the answer is 200
      And its "id" is "{A.id}"
      And its "meta.location" is the address of "A" below "<endpoint>"

      Examples:
        | kind | endpoint |
        | user | /Users   |

      @requires.groups
      Examples:
        | kind  | endpoint |
        | group | /Groups  |

  @INTEROP01-6.1-05 @MUST-NOT
  Rule: No other value than the id addresses a resource
    A server whose ids are its user names addresses by the id.

    Example: a user by the userName
      Given a user "A" whose id is not its "userName"
      When the client sends GET /Users/{A.userName}
      Then the answer is 404

    Example: a user by the externalId
      Given a user "A" with
        """json
        {"externalId": "ext-{marker}"}
        """
      When the client sends GET /Users/ext-{marker}
      Then the answer is 404

    @requires.groups
    Example: a group by the displayName
      Given a group "G" whose id is not its "displayName"
      When the client sends GET /Groups/{G.displayName}
      Then the answer is 404

  @INTEROP01-6.2-01 @MUST
  Rule: Bodies are JSON

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      And the client makes requests that have to be refused
      Then each body is JSON

  @INTEROP01-6.2-02 @MUST
  Rule: Bodies are of the media type application/scim+json
    RFC 7644 section 8.1 is content with application/json as well.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      And the client makes requests that have to be refused
      Then each body is of the media type application/scim+json

  @INTEROP01-6.3-01 @MUST
  Rule: Lists can be filtered
    RFC 7644 section 3.4.2.2 makes filters optional.

    Example: it is declared
      When the client sends GET /ServiceProviderConfig
      Then its "filter.supported" is true

    Example: it is done
      Given a user "A"
      And a user "B"
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then exactly "A" is found

  @INTEROP01-6.3-02 @MUST
  Rule: Filters know eq and and

    Example: eq, of a user
      Given a user "A"
      And a user "B"
      When the client sends GET /Users with the query
        | filter | userName eq "{B.userName}" |
      Then exactly "B" is found

    Example: and, with two conditions that hold
      Given a user "A"
      And a user "B"
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" and id eq "{A.id}" |
      Then exactly "A" is found

    Example: and, with one condition that does not hold
      Given a user "A"
      And a user "B"
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" and id eq "{B.id}" |
      Then nothing is found

    @requires.groups
    Example: eq, of a group
      Given a group "G"
      And a group "H"
      When the client sends GET /Groups with the query
        | filter | displayName eq "{H.displayName}" |
      Then exactly "H" is found

  @INTEROP01-6.3-03 @MUST
  Rule: A filter on an undefined attribute is 400 with scimType invalidFilter
    RFC 7644 says so of filters in general (section 3.12) and of an undefined attribute only that it has no value where an
    endpoint has several types (section 3.4.2.1): an empty list is common, and wrong here.

    Scenario Outline: at <endpoint>, <what>
      When the client sends GET <endpoint> with the query
        | filter | <filter> |
      Then the answer is 400 with scimType invalidFilter

      Examples:
        | endpoint | what                          | filter                                                                                |
        | /Users   | an attribute                  | sduoUndefined eq "x"                                                                  |
        | /Users   | a part of a complex attribute | name.sduoUndefined eq "x"                                                             |
        | /Users   | one of two conditions         | userName eq "{marker}" and sduoUndefined eq "x"                                       |
        | /Users   | an undefined extension        | urn:example:params:scim:schemas:extension:sduo:2.0:User:sduoUndefined eq "x"          |

      @requires.groups
      Examples:
        | endpoint | what                  | filter                |
        | /Groups  | an attribute          | sduoUndefined eq "x"  |
        | /Groups  | an attribute of users | userName eq "x"       |

  @INTEROP01-6.4-01 @MUST
  Rule: Lists come in pages, by index or by cursor
    RFC 7644 section 3.4.2.4 makes paging optional.

    Example: users by index
      Given a user "A"
      And a user "B"
      And a user "C"
      When the client sends GET /Users with the query
        | startIndex | 2 |
        | count      | 1 |
      Then the answer is the second page of one by index, or pages by cursor are announced and work

    @requires.groups
    Example: groups by index
      Given a group "G"
      And a group "H"
      And a group "I"
      When the client sends GET /Groups with the query
        | startIndex | 2 |
        | count      | 1 |
      Then the answer is the second page of one by index, or pages by cursor are announced and work

  @INTEROP01-6.4-02 @SHOULD
  Rule: A page without count holds a hundred resources, if there are as many

    Example: 101 users
      Given 101 users
      When the client sends GET /Users
      Then the answer is 200 with a list
      And it shows at least 100 resources

  @INTEROP01-6.4-03 @MUST
  Rule: A page of a hundred can be asked for

    Example: a hundred of 101 users
      Given 101 users
      When the client sends GET /Users with the query
        | count | 100 |
      Then the answer is 200 with a list
      And it shows at least 100 resources

  @INTEROP01-6.4-04 @SHOULD
  Rule: The server limits the size of its pages
    A limit shows in filter.maxResults, or in pagination.maxPageSize of RFC 9865.

    Example: the limit is announced
      When the client sends GET /ServiceProviderConfig
      Then its "filter.maxResults" or "pagination.maxPageSize" is a number above 0

  @INTEROP01-6.4-05 @MUST
  Rule: A page holds no more than the limit, however much is asked for

    Example: one more than the limit
      Given a user "A"
      And a user "B"
      And a user "C"
      When the client asks for one user more than "filter.maxResults" in /ServiceProviderConfig
      Then the answer has at most "filter.maxResults" resources
