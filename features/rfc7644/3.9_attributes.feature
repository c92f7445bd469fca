Feature: RFC 7644, 3.9 Additional operation response parameters

  Background:
    Given a stored user "A" with
      """json
      {"displayName": "{marker} Ann",
       "name": {"givenName": "Ann", "familyName": "Smith"},
       "emails": [{"value": "{user}", "type": "work", "primary": true}]}
      """

  @RFC7644-3.9-01 @SHALL
  Rule: attributes replaces the default set by the minimum set and what is named
    Nothing that is named is missing, nothing else is left over.

    Example: userName
      When the client sends GET /Users/{A.id}?attributes=userName
      Then it shows "id, schemas, userName"
      And it shows nothing but "userName"

    Example: everything that was stored, by name
      When the client sends GET /Users/{A.id}?attributes=userName,displayName,name,emails
      Then it shows "id, schemas, userName, displayName, name.givenName, name.familyName, emails.value, emails.type"
      And it shows nothing but "userName, displayName, name, emails"

    Example: with spaces after the commas
      When the client sends GET /Users/{A.id} with the query
        | attributes | userName, displayName |
      Then it shows "id, userName, displayName", or the request is refused
      And it shows nothing but "userName, displayName", or the request is refused

    Example: twice the same name
      When the client sends GET /Users/{A.id}?attributes=userName,userName
      Then it shows "id, userName"
      And it shows nothing but "userName"

    Example: an attribute and a part of it
      When the client sends GET /Users/{A.id}?attributes=name,name.givenName
      Then it shows "id, name.givenName"
      And it shows nothing but "name"

  @RFC7644-3.9-02 @IMPLIED
  Rule: The choice of attributes applies to the answers of POST, PUT and PATCH too
    Wherever these answer with the resource; an answer without it shows nothing too much.

    Example: attributes when a user is created
      When the client sends POST /Users?attributes=userName with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user new}",
         "displayName": "{marker} New", "name": {"givenName": "New", "familyName": "Smith"}}
        """
      Then it shows "id"
      And it shows nothing but "userName"

    Example: excludedAttributes when a user is created
      When the client sends POST /Users?excludedAttributes=displayName,name with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user new}",
         "displayName": "{marker} New", "name": {"givenName": "New", "familyName": "Smith"}}
        """
      Then it shows "id"
      And it does not show "displayName, name"

    Example: attributes when a user is replaced
      When the client sends PUT /Users/{A.id}?attributes=displayName with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{A.userName}",
         "displayName": "{marker} Anne", "name": {"givenName": "Anne", "familyName": "Smith"}}
        """
      Then it shows "id, displayName"
      And it shows nothing but "displayName"

    Example: excludedAttributes when a user is replaced
      When the client sends PUT /Users/{A.id}?excludedAttributes=name with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{A.userName}",
         "displayName": "{marker} Anne", "name": {"givenName": "Anne", "familyName": "Smith"}}
        """
      Then it shows "id, userName, displayName"
      And it does not show "name"

    @requires.patch
    Example: attributes when a user is patched
      When the client sends PATCH /Users/{A.id}?attributes=displayName with
        """json
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
         "Operations": [{"op": "replace", "path": "displayName", "value": "{marker} Anna"}]}
        """
      Then it shows "id, displayName"
      And it shows nothing but "displayName"

    @requires.patch
    Example: excludedAttributes when a user is patched
      When the client sends PATCH /Users/{A.id}?excludedAttributes=name,emails with
        """json
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
         "Operations": [{"op": "replace", "path": "displayName", "value": "{marker} Anna"}]}
        """
      Then it shows "id, userName"
      And it does not show "name, emails"

    @requires.patch @requires.groups
    Example: excludedAttributes when a group is patched
      Given a group "G" with the members "A"
      When the client sends PATCH /Groups/{G.id}?excludedAttributes=members with
        """json
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
         "Operations": [{"op": "replace", "path": "displayName", "value": "{group new}"}]}
        """
      Then it shows "id, displayName"
      And it does not show "members"

    Example: what is not shown is stored all the same
      When the client sends PUT /Users/{A.id}?attributes=userName with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{A.userName}",
         "displayName": "{marker} Anne", "name": {"givenName": "Anne", "familyName": "Jones"}}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"displayName": "{marker} Anne", "name": {"givenName": "Anne", "familyName": "Jones"}}
        """

  @RFC7644-3.9-03 @IMPLIED
  Rule: attributes together with excludedAttributes is refused, or resolved without harm
    They exclude each other. Whatever the target makes of both, the id stays, and nothing is shown that neither permits.

    Example: of one user
      When the client sends GET /Users/{A.id}?attributes=userName,displayName&excludedAttributes=name
      Then it shows "id", or the request is refused

    Example: of one user, about the same attribute
      When the client sends GET /Users/{A.id}?attributes=displayName&excludedAttributes=displayName
      Then it shows "id", or the request is refused

    @requires.filter
    Example: in a list
      When the client sends GET /Users with the query
        | filter             | userName eq "{A.userName}" |
        | attributes         | userName                   |
        | excludedAttributes | name                       |
      Then every resource in it shows "id", or the request is refused

  @RFC7644-3.9-04 @MUST
  Rule: The minimum set is in every answer that shows a resource
    The id and the schemas, whatever was asked for.

    Scenario Outline: <choice>
      When the client sends GET /Users/{A.id}?<choice>
      Then it shows "id, schemas"

      Examples:
        | choice                          |
        | attributes=displayName          |
        | attributes=name.familyName      |
        | attributes=emails               |
        | attributes=meta                 |
        | excludedAttributes=displayName  |
        | excludedAttributes=schemas      |
        | excludedAttributes=id,meta,name |

    @requires.filter
    Example: in a list
      When the client sends GET /Users with the query
        | filter     | userName eq "{A.userName}" |
        | attributes | emails.value               |
      Then every resource in it shows "id, schemas"
