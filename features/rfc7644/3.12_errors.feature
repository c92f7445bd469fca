Feature: RFC 7644, 3.12 Status and errors
  The requests that have to be refused are: a second user of the same name, JSON that ends too early,
  a user without a userName, filters without a value and on a password, no credentials and a wrong token,
  and reading, replacing, patching and deleting what does not exist or was deleted.

  @RFC7644-3.12-01 @MUST
  Rule: An error has a JSON body
    Section 3.12.

    Example: all errors
      When the client makes requests that have to be refused
      Then each error has a JSON object as its body

  @RFC7644-3.12-02 @IMPLIED
  Rule: An error names the schema of errors
    Section 3.12. An error is nothing else beside. One without a JSON object is told as that alone.

    Example: all errors
      When the client makes requests that have to be refused
      Then each error has "urn:ietf:params:scim:api:messages:2.0:Error" alone in its "schemas"

  @RFC7644-3.12-03 @REQUIRED
  Rule: An error has its HTTP status as a text
    Section 3.12: status is a string and equals the status of the answer. One without a JSON object is
    told as that alone.

    Example: all errors
      When the client makes requests that have to be refused
      Then each error has its HTTP status as a string in "status"

  @RFC7644-3.12-04 @OPTIONAL
  Rule: The keyword of an error is one of the standard's and fits the status
    Section 3.12, table 9, and RFC 9865. None is fine.

    Example: all errors
      When the client makes requests that have to be refused
      Then each "scimType" of an error is one that the standard names for its status

  @RFC7644-3.12-05 @OPTIONAL
  Rule: The detail of an error is for people, and keeps the inside of the server hidden
    Section 3.12. Stack traces, statements of databases, and secrets are for the server's log.

    Example: each error has a readable detail or none
      When the client makes requests that have to be refused
      Then each "detail" of an error is a text that is not empty

    Example: no error shows the inside
      When the client makes requests that have to be refused
      Then no error shows a stack trace, a database statement, the token or the password

    Example: an injection shows nothing of the inside
      When the client sends each of
        | GET | /Users/{marker}' OR '1'='1                   |
        | GET | /Users?filter=userName eq "x' OR '1'='1" and |
        | GET | /Users?count=%27x                            |
        | GET | /{marker}                                    |
      Then no error shows a stack trace, a database statement, the token or the password

  @RFC7644-3.12-06 @IMPLIED
  Rule: An internal error is a SCIM error
    Section 3.12 makes no exception for 5xx; there should be none to begin with. No request of this Rule is a reason for
    one: what a server does not understand, it refuses.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      And the client makes requests that have to be refused
      Then each answer is no server error
      And each server error is a SCIM error

    Example: odd parameters
      When the client sends each of
        | GET | /Users?startIndex=x                             |
        | GET | /Users?count=x                                  |
        | GET | /Users?count=99999999999999999999               |
        | GET | /Users?startIndex=99999999999999999999          |
        | GET | /Users?filter=)(                                |
        | GET | /Users?attributes=,,,                           |
        | GET | /Users?excludedAttributes={marker}              |
        | GET | /Users?sortBy={marker}&sortOrder=sideways       |
        | GET | /Users?filter=userName eq "{marker}&count=1     |
        | GET | /Users?sduoUnknown=1                            |
      Then each answer is no server error
      And each server error is a SCIM error

    @requires.patch @requires.enterprise
    Scenario Outline: <op> at the URN of an extension
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "<op>", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", "value": {"department": "Sales"}}]
        """
      Then the answer is a success, or a refusal that ends the example

      Examples:
        | op      |
        | add     |
        | replace |

    @abuse
    Example: each wrong JSON type in a new user
      When the client sends POST /Users with each wrong JSON type at each member of
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user new}", "externalId": "{marker}", "displayName": "{marker}",
         "active": true, "name": {"givenName": "Ann"}, "emails": [{"value": "{user new}", "type": "work", "primary": true}]}
        """
      Then each answer is no server error

    @abuse
    Example: each wrong JSON type in a user who is replaced
      Given a user "A"
      When the client sends PUT /Users/{A.id} with each wrong JSON type at each member of
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{A.userName}", "externalId": "{marker}", "displayName": "{marker}",
         "active": true, "name": {"givenName": "Ann"}, "emails": [{"value": "{user mail}", "type": "work", "primary": true}]}
        """
      Then each answer is no server error

    @abuse @requires.groups
    Example: each wrong JSON type in a group that is replaced
      Given a user "A"
      And a group "G" with the members "A"
      When the client sends PUT /Groups/{G.id} with each wrong JSON type at each member of
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "{G.displayName}", "externalId": "{marker}", "members": [{"value": "{A.id}"}]}
        """
      Then each answer is no server error

    @abuse @requires.patch
    Example: each wrong JSON type in a change of a user
      Given a user "A"
      When the client sends PATCH /Users/{A.id} with each wrong JSON type at each member of
        """json
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [
          {"op": "replace", "path": "active", "value": true},
          {"op": "add", "path": "emails", "value": [{"value": "{user mail}", "type": "work"}]},
          {"op": "replace", "value": {"name": {"givenName": "Ann"}}}]}
        """
      Then each answer is no server error

    @abuse @requires.patch @requires.groups
    Example: each wrong JSON type in a change of a group
      Given a user "A"
      And a group "G"
      When the client sends PATCH /Groups/{G.id} with each wrong JSON type at each member of
        """json
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [
          {"op": "add", "path": "members", "value": [{"value": "{A.id}"}]}, {"op": "replace", "value": {"externalId": "{marker}"}}]}
        """
      Then each answer is no server error

    @abuse
    Example: each wrong JSON type in a search
      When the client sends POST /Users/.search with each wrong JSON type at each member of
        """json
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "filter": "userName eq \"{user new}\"", "attributes": ["userName"],
         "sortBy": "userName", "sortOrder": "ascending", "startIndex": 1, "count": 1}
        """
      Then each answer is no server error

    @abuse @requires.bulk
    Example: each wrong JSON type in a bulk request
      When the client sends POST /Bulk with each wrong JSON type at each member of
        """json
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "failOnErrors": 1, "Operations": [
          {"method": "POST", "path": "/Users", "bulkId": "{marker}",
           "data": {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user new}", "externalId": "{marker}"}}]}
        """
      Then each answer is no server error
