Feature: RFC 7644, 3.4.3 Querying resources by POST
  What a query says in the URL, a search says in its body.

  @RFC7644-3.4.3-01 @SHALL
  Rule: A POST to .search below a type of resource is a query
    It answers 200 with a list, and creates nothing. No section says that a target has to offer searches, nor how it
    says that it has none: 501 is unsupported, 404 and 405 are a warning, as a client cannot tell them from a wrong address.

    @requires.filter
    Example: a search for one user
      Given a user "A"
      And a user "B"
      When the client searches below /Users with
        """json
        {"filter": "userName eq \"{A.userName}\""}
        """
      Then its "totalResults" is 1, and it shows 1 resource
      And exactly "A" is found

    @requires.groups @requires.filter
    Example: a search for one group
      Given a group "G"
      And a group "H"
      When the client searches below /Groups with
        """json
        {"filter": "displayName eq \"{H.displayName}\""}
        """
      Then its "totalResults" is 1, and it shows 1 resource
      And exactly "H" is found

    Example: a search for anybody
      Given a user "A"
      When the client searches below /Users with
        """json
        {"count": 1}
        """
      Then the answer is 200 with a list
      And its "schemas" contains "urn:ietf:params:scim:api:messages:2.0:ListResponse"
      And no page of it is larger than 1

    @requires.filter
    Example: a search that finds nobody
      When the client searches below /Users with
        """json
        {"filter": "userName eq \"{user nobody}\""}
        """
      Then its "totalResults" is 0, and it shows 0 resources

  @RFC7644-3.4.3-02 @SHALL @requires.groups
  Rule: A search below the service root covers all types
    Users and groups in one list. A target need not offer queries of its root.

    @requires.filter
    Example: a user and a group
      Given a user "A"
      And a group "G"
      When the client pages through /.search with
        | filter | id eq "{A.id}" or id eq "{G.id}" |
      Then every resource of the example is listed once
      And its "totalResults" is 2, and it shows at most 2 resources

    @requires.filter
    Example: by attributes of both
      Given a user "A"
      And a group "G"
      When the client pages through /.search with
        | filter | userName eq "{A.userName}" or displayName eq "{G.displayName}" |
      Then every resource of the example is listed once
      And its "totalResults" is 2, and it shows at most 2 resources

    @requires.filter
    Example: with a choice of attributes
      Given a user "A"
      And a group "G"
      When the client searches below / with
        """json
        {"filter": "id eq \"{A.id}\" or id eq \"{G.id}\"", "attributes": ["userName", "displayName"]}
        """
      Then every resource in it shows "id"
      And every resource in it shows nothing but "userName, displayName"

    Example: without a filter
      Given a user "A"
      And a group "G"
      When the client pages through /.search with
        | count | 50 |
      Then every resource of the example is listed once

  @RFC7644-3.4.3-03 @MUST @requires.search
  Rule: A search has to name the SearchRequest schema
    It is what identifies the request.

    Example: no schemas
      When the client sends POST /Users/.search with
        """json
        {"count": 1}
        """
      Then the answer is a refusal

    Example: an empty list of schemas
      When the client sends POST /Users/.search with
        """json
        {"schemas": [], "count": 1}
        """
      Then the answer is a refusal

    Example: the schema of another message
      When the client sends POST /Users/.search with
        """json
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"], "count": 1}
        """
      Then the answer is a refusal

    @requires.groups
    Example: no schemas in a search for groups
      When the client sends POST /Groups/.search with
        """json
        {"count": 1}
        """
      Then the answer is a refusal

    Scenario Outline: schemas as <value>
      When the client sends POST /Users/.search with
        """json
        {"schemas": <value>, "count": 1}
        """
      Then the answer is a refusal

      Examples:
        | value  |
        | null   |
        | [null] |
        | 7      |

  @RFC7644-3.4.3-04 @IMPLIED @requires.search
  Rule: Every parameter of a query works in the body of a search
    With the same effect as in the URL.

    Background:
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"

    @requires.filter
    Example: filter
      When the client searches below /Users with
        """json
        {"filter": "userName eq \"{Bob.userName}\" or userName eq \"{Cy.userName}\""}
        """
      Then its "totalResults" is 2, and it shows at most 2 resources

    @requires.sort
    Example: sortBy
      When the client pages through /Users/.search with
        | filter | userName sw "{population}-" |
        | sortBy | name.familyName             |
      Then they are sorted by "name.familyName", ascending

    @requires.sort
    Example: sortOrder
      When the client pages through /Users/.search with
        | filter    | userName sw "{population}-" |
        | sortBy    | userName                    |
        | sortOrder | descending                  |
      Then they are sorted by "userName", descending

    @requires.filter
    Example: count
      When the client searches below /Users with
        """json
        {"filter": "userName sw \"{population}-\"", "count": 2}
        """
      Then its "totalResults" is 12, and it shows at most 2 resources

    @requires.index @requires.filter
    Example: startIndex
      When the client searches below /Users with
        """json
        {"filter": "userName sw \"{population}-\"", "startIndex": 4, "count": 3}
        """
      Then its "totalResults" is 12, and it shows at most 3 resources
      And the answer is the same as to GET /Users with
        | filter     | userName sw "{population}-" |
        | startIndex | 4                           |
        | count      | 3                           |

    @requires.filter
    Example: attributes
      Given the target keeps "name.givenName" of "Ada"
      When the client searches below /Users with
        """json
        {"filter": "userName eq \"{Ada.userName}\"", "attributes": ["userName", "name.givenName"]}
        """
      Then every resource in it shows "id, userName, name.givenName"
      And every resource in it shows nothing but "userName, name.givenName"

    @requires.filter
    Example: excludedAttributes
      When the client searches below /Users with
        """json
        {"filter": "userName eq \"{Ada.userName}\"", "excludedAttributes": ["name", "emails"]}
        """
      Then every resource in it does not show "name, emails"
      And every resource in it shows "id, userName"

    @requires.groups @requires.filter
    Example: a filter on groups
      When the client searches below /Groups with
        """json
        {"filter": "members.value eq \"{Bob.id}\""}
        """
      Then exactly "Red" is found

    @requires.groups @requires.filter
    Example: excludedAttributes on groups
      When the client searches below /Groups with
        """json
        {"filter": "displayName eq \"{Red.displayName}\"", "excludedAttributes": ["members"]}
        """
      Then every resource in it does not show "members"
      And every resource in it shows "id, displayName"

    @requires.groups @requires.filter
    Example: attributes on groups
      When the client searches below /Groups with
        """json
        {"filter": "displayName eq \"{Red.displayName}\"", "attributes": ["displayName"]}
        """
      Then every resource in it shows "id, displayName"
      And every resource in it shows nothing but "displayName"

  @RFC7644-3.4.3-05 @IMPLIED @requires.search
  Rule: A search that cannot be read answers 400
    With a SCIM error; what its scimType says, if there is one, fits the mistake.

    Example: broken JSON
      When the client sends POST /Users/.search with
        """json
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "count":
        """
      Then the answer is 400, with scimType invalidSyntax if any

    Example: a list instead of an object
      When the client sends POST /Users/.search with
        """json
        ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"]
        """
      Then the answer is 400, with scimType invalidSyntax if any

    Example: no body
      When the client sends POST /Users/.search with
        """json
        """
      Then the answer is 400, with scimType invalidSyntax if any

    @requires.filter
    Example: a filter that means nothing
      When the client searches below /Users with
        """json
        {"filter": "userName eq"}
        """
      Then the answer is 400, with scimType invalidFilter if any

    @requires.filter
    Example: a filter with an operator that does not exist
      When the client searches below /Users with
        """json
        {"filter": "userName resembles \"x\""}
        """
      Then the answer is 400, with scimType invalidFilter if any

    @requires.filter @requires.groups
    Example: a filter on groups that means nothing
      When the client searches below /Groups with
        """json
        {"filter": "displayName eq \"x\" and"}
        """
      Then the answer is 400, with scimType invalidFilter if any

  @RFC7644-3.4.3-06 @IMPLIED @requires.search
  Rule: A parameter of the wrong type is refused or ignored
    It is the client's mistake, and no reason for the server to fail.

    Scenario Outline: <parameter> as <value>
      When the client searches below /Users with
        """json
        {"<parameter>": <value>}
        """
      Then the answer is no server error

      Examples:
        | parameter          | value      |
        | filter             | 7          |
        | filter             | "{null}"   |
        | filter             | {}         |
        | startIndex         | "{null}"   |
        | count              | "{null}"   |
        | count              | 1.5        |
        | attributes         | "{null}"   |
        | attributes         | [null]     |
        | sortBy             | "{null}"   |
        | filter             | ["x"]      |
        | startIndex         | "one"      |
        | startIndex         | {}         |
        | count              | [1]        |
        | count              | true       |
        | attributes         | "userName" |
        | attributes         | [1]        |
        | excludedAttributes | {"a": 1}   |
        | sortBy             | {}         |
        | sortOrder          | 1          |

  @RFC7644-3.4.3-07 @IMPLIED @requires.search
  Rule: A search answers as the same query by GET does
    With the same resources, as they are shown there.

    Background:
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"

    @requires.filter
    Example: users
      When the client searches below /Users with
        """json
        {"filter": "userName eq \"{Ada.userName}\" or userName eq \"{Joy.userName}\""}
        """
      Then its "totalResults" is 2, and it shows at most 2 resources
      And the answer is the same as to GET /Users with
        | filter | userName eq "{Ada.userName}" or userName eq "{Joy.userName}" |

    @requires.groups @requires.filter
    Example: groups
      When the client searches below /Groups with
        """json
        {"filter": "displayName eq \"{Red.displayName}\""}
        """
      Then its "totalResults" is 1, and it shows 1 resource
      And the answer is the same as to GET /Groups with
        | filter | displayName eq "{Red.displayName}" |
