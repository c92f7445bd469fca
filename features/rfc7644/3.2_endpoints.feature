Feature: RFC 7644, 3.2 Endpoints and methods

  @RFC7644-3.2-01 @MUST-NOT
  Rule: A PUT to an unknown id creates nothing
    Table 1 of section 3.2: PUT is not for creating. Whether a server answers 404, 403 or 405 is its own affair.

    Example: a user
      When the client sends PUT /Users/{marker}-unknown with a new user as its body
      Then the answer is a refusal
      And no user is called "{user new}"

    Example: the id is as unknown as before
      When the client sends PUT /Users/{marker}-unknown with a new user as its body
      And the client sends GET /Users/{marker}-unknown
      Then the answer is 404

    @requires.groups
    Example: a group
      When the client sends PUT /Groups/{marker}-unknown with a new group as its body
      Then the answer is a refusal
      And no group is called "{group new}"

    Example: a UUID that the client made up
      When the client sends PUT /Users/6f9619ff-8b86-4011-b42d-{marker} with a new user as its body
      Then the answer is a refusal
      And no user is called "{user new}"

    Example: a user who was deleted
      Given a user "A"
      When the client deletes "A"
      And the client sends PUT /Users/{A.id} with the user A renamed as its body
      Then the answer is a refusal
      And "A" is gone

  @RFC7644-3.2-02 @IMPLIED
  Rule: A method that an endpoint does not know is refused and does nothing
    Table 2 of section 3.2 with RFC 9110: 405 with the header Allow, or 501; 404 where a server routes by method.

    Example: POST to a user
      Given a user "A"
      When the client sends POST /Users/{A.id} with the user A renamed as its body
      Then the answer is 404 or 405 or 501
      And the answer is a SCIM error
      And each 405 has the header Allow, without the method that was refused
      And "A" is as before

    @requires.groups
    Example: POST to a group
      Given a group "G"
      When the client sends POST /Groups/{G.id} with the group G renamed as its body
      Then the answer is 404 or 405 or 501
      And the answer is a SCIM error
      And each 405 has the header Allow, without the method that was refused
      And "G" is as before

    Scenario Outline: POST to <path>
      When the client sends POST <path> with a new user as its body
      Then the answer is 403 or 404 or 405 or 501
      And the answer is a SCIM error
      And each 405 has the header Allow, without the method that was refused

      Examples:
        | path                   |
        | /ServiceProviderConfig |
        | /Schemas               |
        | /ResourceTypes         |

    Scenario Outline: <method> to <endpoint>
      When the client sends <method> /<endpoint>/{marker}
      Then the answer is 400 or 403 or 404 or 405 or 501
      And the answer is a SCIM error

      Examples:
        | method | endpoint      |
        | DELETE | Schemas       |
        | DELETE | ResourceTypes |

    Example: GET of /Bulk
      When the client sends GET /Bulk
      Then the answer is 404 or 405 or 501
      And the answer is a SCIM error
      And each 405 has the header Allow, without the method that was refused

    Example: GET of a search
      When the client sends GET /Users/.search
      Then the answer is 400 or 404 or 405 or 501
      And the answer is a SCIM error
      And each 405 has the header Allow, without the method that was refused

  @RFC7644-3.2-03 @SHOULD
  Rule: An error is told by the HTTP status and in the body
    Section 3.2.

    Example: no error message under another status
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      And the client makes requests that have to be refused
      Then no success has the schema of errors

    Example: no error without a message
      When the client makes requests that have to be refused
      Then each error has a JSON object as its body

    Example: no list and no resource for an id that does not exist
      When the client sends GET /Users/{marker}-unknown
      Then each answer with the schema of errors has a status of 400 or more

  @RFC7644-3.2-04 @IMPLIED
  Rule: An unknown endpoint answers 404 with a SCIM error
    Table 8 of section 3.12.

    Example: reading and writing
      When the client sends each of
        | GET    | /{marker}            |            |
        | GET    | /{marker}/{marker}   |            |
        | POST   | /{marker}            | a new user |
        | DELETE | /{marker}/{marker}   |            |
        | PUT    | /{marker}/{marker}   | a new user |
        | PATCH  | /{marker}/{marker}   | a PATCH of displayName |
      Then each answer is 404
      And each answer is a SCIM error

    Example: below a user
      Given a user "A"
      When the client sends GET /Users/{A.id}/{marker}
      Then the answer is 400 or 404
      And the answer is a SCIM error

    Example: a name that begins like an endpoint
      When the client sends GET /UsersX{marker}
      Then the answer is 404
      And the answer is a SCIM error
