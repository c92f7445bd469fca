Feature: RFC 7644, 3.4.1 Retrieving a known resource

  @RFC7644-3.4.1-01 @IMPLIED
  Rule: A resource is read by its id
    Section 3.4.1.

    Example: a user
      Given a user "A" with
        """json
        {"displayName": "Ada {marker}"}
        """
      When the client reads "A"
      Then the answer is 200
      And the answer has
        """json
        {"id": "{A.id}", "userName": "{A.userName}", "displayName": "Ada {marker}"}
        """
      And its "schemas" contains "urn:ietf:params:scim:schemas:core:2.0:User"

    Example: the other of two users
      Given a user "A"
      And a user "B"
      When the client reads "B"
      Then the answer is 200
      And the answer has
        """json
        {"id": "{B.id}", "userName": "{B.userName}"}
        """

    Example: the first of two users, again
      Given a user "A"
      And a user "B"
      When the client reads "B"
      And the client reads "A"
      Then the answer has
        """json
        {"id": "{A.id}", "userName": "{A.userName}"}
        """

    @requires.groups
    Example: a group
      Given a group "G"
      When the client reads "G"
      Then the answer is 200
      And the answer has
        """json
        {"id": "{G.id}", "displayName": "{G.displayName}"}
        """
      And its "schemas" contains "urn:ietf:params:scim:schemas:core:2.0:Group"

    Example: its address is the one that its creation told
      Given a user "A"
      When the client reads "A"
      Then its "meta.location" is "{A.meta.location}"

    Example: a single resource is no list
      Given a user "A"
      When the client reads "A"
      Then the answer is 200
      And its "Resources" is absent
      And its "totalResults" is absent

    Example: twice the same
      Given a user "A" with
        """json
        {"displayName": "Ada {marker}"}
        """
      When the client reads "A"
      And the client reads "A"
      Then the answer is 200
      And "A" is as before

  @RFC7644-3.4.1-02 @IMPLIED
  Rule: An unknown id answers 404 with a SCIM error
    Table 8 of section 3.12.

    Scenario Outline: <method> at <endpoint>
      When the client sends <method> /<endpoint>/{marker}-unknown
      Then the answer is 404
      And the answer is a SCIM error

      Examples:
        | method | endpoint      |
        | GET    | Users         |
        | DELETE | Users         |
        | GET    | Schemas       |
        | GET    | ResourceTypes |

    @requires.groups
    Scenario Outline: <method> at Groups
      When the client sends <method> /Groups/{marker}-unknown
      Then the answer is 404
      And the answer is a SCIM error

      Examples:
        | method |
        | GET    |
        | DELETE |

    Example: PUT
      When the client sends PUT /Users/{marker}-unknown with a new user as its body
      Then the answer is 404
      And the answer is a SCIM error

    @requires.patch
    Example: PATCH
      When the client sends PATCH /Users/{marker}-unknown with a PATCH of displayName as its body
      Then the answer is 404
      And the answer is a SCIM error

    @requires.groups
    Example: the id of a user at the groups
      Given a user "A"
      When the client sends GET /Groups/{A.id}
      Then the answer is 404
      And the answer is a SCIM error

    @requires.groups
    Example: the id of a group at the users
      Given a group "G"
      When the client sends GET /Users/{G.id}
      Then the answer is 404
      And the answer is a SCIM error

    Example: an id with something behind it
      Given a user "A"
      When the client sends GET /Users/{A.id}x
      Then the answer is 404

    Example: a deleted user
      Given a user "A"
      When the client deletes "A"
      And the client reads "A"
      Then the answer is 404
      And the answer is a SCIM error

  @RFC7644-3.4.1-03 @IMPLIED
  Rule: An odd id is refused and breaks nothing
    Whatever stands in a path is a client's error at worst (table 8 of section 3.12).

    Scenario Outline: <what>
      When the client sends GET /Users/<id>
      Then the answer is 400 or 403 or 404 or 414

      Examples:
        | what                  | id                            |
        | a hash                | %23{marker}                   |
        | a space               | {marker}%20x                  |
        | a slash               | {marker}%2Fx                  |
        | a question mark       | {marker}%3Fx                  |
        | a percent sign        | {marker}%25x                  |
        | a plus sign           | {marker}+x                    |
        | a quotation mark      | {marker}%22x                  |
        | an apostrophe         | {marker}'%20OR%20'1'='1       |
        | a semicolon           | {marker};x                    |
        | a backslash           | {marker}%5Cx                  |
        | letters beyond ASCII  | {marker}%C3%A9%E2%82%AC       |
        | a star                | *{marker}                     |
        | a placeholder         | ${{marker}}                   |
        | minus one             | -1                            |
        | a number beyond all   | 99999999999999999999999999999 |
        | null                  | null                          |
        | undefined             | undefined                     |
        | a broken UUID         | 6f9619ff-8b86-4011-b42d       |
        | a UUID of nobody      | 00000000-0000-0000-0000-000000000000 |

    Example: 1000 characters
      When the client sends each of
        | GET | /Users/{long 1000} |
      Then each answer is 400 or 403 or 404 or 414
