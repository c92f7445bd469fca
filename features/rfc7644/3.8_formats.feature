Feature: RFC 7644, 3.8 Data formats

  @RFC7644-3.8-01 @MUST
  Rule: Requests and answers are UTF-8
    Section 3.8. What a client writes beyond ASCII, it reads again; a server may compose characters (Unicode NFC) only.

    Scenario Outline: <what>
      When the client creates the user "A" with
        """json
        {"displayName": "<text> {marker}"}
        """
      Then the answer is 201
      And "A" now has
        """json
        {"displayName": "<text> {marker}"}
        """

      Examples:
        | what                       | text           |
        | Latin letters with accents | Zoë Müller-Ñúñez |
        | Greek and Cyrillic         | Ωμέγα Юлия     |
        | Chinese and Japanese       | 山田太郎 王小明 |
        | Arabic and Hebrew          | محمد דוד       |
        | a character beyond 16 bits | 😀 𝒜           |

    Example: escapes of JSON
      When the client creates the user "A" with
        """json
        {"displayName": "Zo\u00eb \ud83d\ude00 \"q\" \\ / {marker}"}
        """
      Then the answer is 201
      And "A" now has
        """json
        {"displayName": "Zoë 😀 \"q\" \\ / {marker}"}
        """

    @requires.groups
    Example: the name of a group
      When the client creates the group "G" with
        """json
        {"displayName": "Gruppe Österreich 山 {marker}"}
        """
      Then the answer is 201
      And "G" now has
        """json
        {"displayName": "Gruppe Österreich 山 {marker}"}
        """

    @requires.patch
    Example: a change
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "displayName", "value": "Größe 山 {marker}"}]
        """
      Then the answer is a success
      And "A" now has
        """json
        {"displayName": "Größe 山 {marker}"}
        """

    @requires.filter
    Example: a filter
      Given a user "A" with
        """json
        {"displayName": "Größe 山 {marker}"}
        """
      And a user "B"
      When the client sends GET /Users with the query
        | filter | displayName eq "Größe 山 {marker}" |
      Then exactly "A" is found

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      And the client makes requests that have to be refused
      Then each body is UTF-8

    Example: the answer about a name beyond ASCII
      When the client creates the user "A" with
        """json
        {"displayName": "Zoë 山 {marker}"}
        """
      And the client reads "A"
      Then each body is UTF-8

  @RFC7644-3.8-02 @MUST
  Rule: SCIM's media type is served to who accepts it
    Section 3.8.

    Example: reading
      Given a user "A"
      And the next request has the header "Accept" with "application/scim+json"
      When the client reads "A"
      Then the answer is 200
      And each body is of the media type application/scim+json

    Example: a list
      Given the next request has the header "Accept" with "application/scim+json"
      When the client sends GET /Users?count=1
      Then the answer is 200
      And each body is of the media type application/scim+json

    Example: creating
      Given the next request has the header "Accept" with "application/scim+json"
      When the client creates the user "A"
      Then the answer is 201

    Example: as one of several, with weights
      Given a user "A"
      And the next request has the header "Accept" with "text/html;q=0.5, application/scim+json;q=0.9, */*;q=0.1"
      When the client reads "A"
      Then the answer is 200

    Example: with a parameter
      Given a user "A"
      And the next request has the header "Accept" with "application/scim+json; charset=utf-8"
      When the client reads "A"
      Then the answer is 200

    Example: in another case
      Given a user "A"
      And the next request has the header "Accept" with "Application/SCIM+JSON"
      When the client reads "A"
      Then the answer is 200

  @RFC7644-3.8-03 @SHOULD
  Rule: Plain JSON is served to who accepts it
    Section 3.8. Under which of the two names does not matter.

    Example: reading
      Given a user "A"
      And the next request has the header "Accept" with "application/json"
      When the client reads "A"
      Then the answer is 200
      And each body is of the media type application/scim+json or application/json

    Example: a list
      Given the next request has the header "Accept" with "application/json"
      When the client sends GET /Users?count=1
      Then the answer is 200
      And each body is of the media type application/scim+json or application/json

    Example: creating
      Given the next request has the header "Accept" with "application/json"
      When the client creates the user "A"
      Then the answer is 201

    Example: an error
      Given the next request has the header "Accept" with "application/json"
      When the client sends GET /Users/{marker}-unknown
      Then the answer is 404
      And each body is of the media type application/scim+json or application/json

  @RFC7644-3.8-04 @IMPLIED
  Rule: JSON is what a client gets that asks for nothing in particular
    Section 3.8: the format defaults to SCIM's.

    Example: no Accept
      Given a user "A"
      And the next request has no header "Accept"
      When the client reads "A"
      Then the answer is 200
      And each body is of the media type application/scim+json or application/json

    Example: anything
      Given a user "A"
      And the next request has the header "Accept" with "*/*"
      When the client reads "A"
      Then the answer is 200
      And each body is of the media type application/scim+json or application/json

    Example: any application
      Given a user "A"
      And the next request has the header "Accept" with "application/*"
      When the client reads "A"
      Then the answer is 200
      And each body is of the media type application/scim+json or application/json

    Example: a list without Accept
      Given the next request has no header "Accept"
      When the client sends GET /Users?count=1
      Then the answer is 200
      And each body is of the media type application/scim+json or application/json

    Example: creating without Accept
      Given the next request has no header "Accept"
      When the client creates the user "A"
      Then the answer is 201

    Example: what cannot be served is refused or answered in JSON
      Given a user "A"
      And the next request has the header "Accept" with "image/png"
      When the client reads "A"
      Then the answer is 200 or 400 or 406
      And each body is of the media type application/scim+json or application/json

  @RFC7644-3.8-05 @IMPLIED
  Rule: A media type may have parameters and any case
    RFC 9110 section 8.3.1. UTF-8 is what SCIM is in anyway.

    Scenario Outline: a creation as <type>
      Given the next request has the header "Content-Type" with "<type>"
      When the client creates the user "A"
      Then the answer is 201

      Examples:
        | type                                  |
        | application/scim+json; charset=utf-8  |
        | application/scim+json;charset=UTF-8   |
        | Application/SCIM+JSON                 |
        | application/json; charset=utf-8       |

    @requires.patch
    Example: a change with a charset
      Given a user "A"
      And the next request has the header "Content-Type" with "application/scim+json; charset=utf-8"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "displayName", "value": "Changed {marker}"}]
        """
      Then the answer is a success

  @RFC7644-3.8-06 @IMPLIED
  Rule: A body may be called plain JSON
    Section 8.1 with section 3.8: older clients do so.

    Example: creating
      Given the next request has the header "Content-Type" with "application/json"
      When the client creates the user "A"
      Then the answer is 201

    @requires.groups
    Example: creating a group
      Given the next request has the header "Content-Type" with "application/json"
      When the client creates the group "G"
      Then the answer is 201

    Example: replacing
      Given a user "A"
      And the next request has the header "Content-Type" with "application/json"
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "displayName": "Replaced {marker}"}
        """
      Then the answer is a success

    @requires.patch
    Example: changing
      Given a user "A"
      And the next request has the header "Content-Type" with "application/json"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "displayName", "value": "Changed {marker}"}]
        """
      Then the answer is a success
      And "A" now has
        """json
        {"displayName": "Changed {marker}"}
        """

    @requires.search
    Example: searching
      Given the next request has the header "Content-Type" with "application/json"
      When the client sends POST /Users/.search with a search request as its body
      Then the answer is 200
