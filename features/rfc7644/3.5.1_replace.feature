Feature: RFC 7644, 3.5.1 Replacing with PUT

  @RFC7644-3.5.1-01 @SHALL
  Rule: The values that a PUT sends replace those that are there
    Of whatever kind the attribute is. What the PUT leaves out is not judged here.

    Example: a single value
      Given a stored user "A" with
        """json
        {"displayName": "Before"}
        """
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "displayName": "After"}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"userName": "{A.userName}", "displayName": "After"}
        """

    Example: the identifier of the client's
      Given a stored user "A" with
        """json
        {"externalId": "{marker}-before"}
        """
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "externalId": "{marker}-after"}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"externalId": "{marker}-after"}
        """

    Example: a boolean
      Given a stored user "A" with
        """json
        {"active": true}
        """
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "active": false}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"active": false}
        """

    Example: the parts of a complex value
      Given a stored user "A" with
        """json
        {"name": {"givenName": "Ann", "familyName": "Alder"}}
        """
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "name": {"givenName": "Bea", "familyName": "Birch"}}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"name": {"givenName": "Bea", "familyName": "Birch"}}
        """

    Example: a list gets shorter
      Given a stored user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work"}, {"value": "{user home}", "type": "home"}]}
        """
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "emails": [{"value": "{user other}", "type": "other"}]}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"emails": [{"value": "{user other}", "type": "other"}]}
        """

    Example: a list gets longer
      Given a stored user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work"}]}
        """
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "emails": [{"value": "{user home}", "type": "home"}, {"value": "{user other}", "type": "other"}]}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"emails": [{"value": "{user home}", "type": "home"}, {"value": "{user other}", "type": "other"}]}
        """

    Example: the user name
      Given a user "A"
      When the client replaces "A" with
        """json
        {"userName": "{user renamed}"}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"userName": "{user renamed}", "id": "{A.id}"}
        """

    @requires.enterprise
    Example: an attribute of an extension
      Given a stored user "A" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales"}}
        """
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Support"}}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Support"}}
        """

    @requires.groups
    Example: the name of a group
      Given a group "G"
      When the client replaces "G" with
        """json
        {"displayName": "{group renamed}"}
        """
      Then the answer is a success
      And "G" now has
        """json
        {"displayName": "{group renamed}"}
        """

    @requires.groups
    Example: the members of a group
      Given a user "A"
      And a user "B"
      And a user "C"
      And a group "G" with the members "A, B"
      And the members of "G" are "A, B"
      When the client replaces "G" with
        """json
        {"displayName": "{G.displayName}", "members": [{"value": "{B.id}"}, {"value": "{C.id}"}]}
        """
      Then the answer is a success
      And the members of "G" are "B, C"

  @RFC7644-3.5.1-02 @MAY
  Rule: What a PUT leaves out has one and the same fate
    A target may clear it, keep it or give it a default. Whatever it does, it does
    again when the same PUT is sent again, and it shows it in the answer.

    Example: a user without the attributes that it had
      Given a stored user "A" with
        """json
        {"displayName": "Anders", "emails": [{"value": "{user work}", "type": "work"}]}
        """
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}"}
        """
      Then the answer is a success
      And the answer shows "A" as it is read now
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}"}
        """
      Then the answer is a success
      And "A" is as before except for "meta"

    @requires.groups
    Example: a group without the members that it had
      Given a user "A"
      And a group "G" with the members "A"
      And the members of "G" are "A"
      When the client replaces "G" with
        """json
        {"displayName": "{G.displayName}"}
        """
      Then the answer is a success
      And the answer shows "G" as it is read now
      When the client replaces "G" with
        """json
        {"displayName": "{G.displayName}"}
        """
      Then the answer is a success
      And "G" is as before except for "meta"

  @RFC7644-3.5.1-03 @MAY
  Rule: null and the empty list in a PUT clear an attribute
    By them a client clears what the target would else keep or default.

    Example: null for a single value
      Given the target does not require "externalId"
      And a stored user "A" with
        """json
        {"externalId": "{marker}-1"}
        """
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "externalId": "{null}"}
        """
      Then the answer is a success
      And "A" now has no "externalId"

    Example: an empty list for a list
      Given the target does not require "emails"
      And a stored user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work"}]}
        """
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "emails": []}
        """
      Then the answer is a success
      And "A" now has no "emails"

    @requires.groups
    Example: an empty list for the members of a group
      Given a user "A"
      And a group "G" with the members "A"
      And the members of "G" are "A"
      When the client replaces "G" with
        """json
        {"displayName": "{G.displayName}", "members": []}
        """
      Then the answer is a success
      And the members of "G" are ""

  @RFC7644-3.5.1-04 @SHOULD @unobservable
  Rule: A changed immutable value answers 400 mutability
    In the core schemas only the parts of a member of a group are immutable, and
    a PUT that changes one of them names another member: it cannot be told from
    the replacement of the element. Attributes that a target declares immutable
    itself are judged with its schemas.

  @RFC7644-3.5.1-05 @SHALL
  Rule: An immutable attribute that has no value yet takes that of a PUT
    The parts of a member are immutable: they come into being with the element.

    @requires.groups
    Example: the first member of a group
      Given the target knows "members.type" of groups
      And a user "A"
      And a group "G"
      When the client replaces "G" with
        """json
        {"displayName": "{G.displayName}", "members": [{"value": "{A.id}", "type": "User"}]}
        """
      Then the answer is a success
      And the members of "G" are "A"

    @requires.groups
    Example: one more member of a group
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A"
      And the members of "G" are "A"
      When the client replaces "G" with
        """json
        {"displayName": "{G.displayName}", "members": [{"value": "{A.id}"}, {"value": "{B.id}"}]}
        """
      Then the answer is a success
      And the members of "G" are "A, B"

  @RFC7644-3.5.1-06 @SHALL
  Rule: readOnly values in a PUT are ignored
    A client may send back all that it has read, or nonsense in its place: it
    neither changes anything nor is it refused.

    Example: another id
      Given a user "A"
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "id": "{marker}-another-id", "displayName": "Kept"}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"id": "{A.id}", "displayName": "Kept"}
        """

    Example: other metadata
      Given a user "A"
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "displayName": "Kept", "meta": {"resourceType": "Group", "created": "2001-02-03T04:05:06Z", "lastModified": "2001-02-03T04:05:06Z", "location": "https://elsewhere.example.com/v2/Users/1", "version": "W/\"sduo\""}}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"displayName": "Kept", "meta": {"resourceType": "User", "created": "{A.meta.created}", "location": "{A.meta.location}"}}
        """
      And the modification time of "A" is not older

    @requires.groups
    Example: the groups of a user
      Given a user "A"
      And a group "G"
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "displayName": "Kept", "groups": [{"value": "{G.id}"}]}
        """
      Then the answer is a success
      And the members of "G" are ""
      And "A" now has
        """json
        {"displayName": "Kept"}
        """

    @requires.groups
    Example: another id of a group
      Given a group "G"
      When the client replaces "G" with
        """json
        {"id": "{marker}-another-id", "displayName": "{group renamed}"}
        """
      Then the answer is a success
      And "G" now has
        """json
        {"id": "{G.id}", "displayName": "{group renamed}"}
        """

  @RFC7644-3.5.1-07 @MUST
  Rule: A PUT without a required attribute is refused
    A user has a userName, which null does not give.

    Scenario Outline: <what>
      Given a user "A"
      When the client sends PUT /Users/{A.id} with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], <userName>"displayName": "{marker}", "externalId": "{marker}"}
        """
      Then the answer is 400 with scimType invalidValue or invalidSyntax or mutability or none
      And "A" still exists
      And "A" now has
        """json
        {"userName": "{A.userName}"}
        """

      Examples:
        | what                | userName           |
        | no userName         |                    |
        | null for a userName | "userName": null,  |

  @RFC7644-3.5.1-08 @IMPLIED
  Rule: A successful PUT answers 200 with the whole resource
    Section 3.5.1 leaves no other status, unlike that on PATCH. The body is the
    resource as it is now.

    Example: a user
      Given a stored user "A" with
        """json
        {"displayName": "Before", "name": {"givenName": "Ann", "familyName": "Alder"}, "emails": [{"value": "{user work}", "type": "work"}]}
        """
      When the client changes "A" by a PUT with
        """json
        {"displayName": "After", "emails": [{"value": "{user home}", "type": "home"}]}
        """
      Then the answer is 200
      And the answer has
        """json
        {"id": "{A.id}", "userName": "{A.userName}", "displayName": "After"}
        """
      And the answer shows "A" as it is read now

    @requires.groups
    Example: a group
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A"
      When the client replaces "G" with
        """json
        {"displayName": "{group renamed}", "members": [{"value": "{B.id}"}]}
        """
      Then the answer is 200
      And the answer has
        """json
        {"id": "{G.id}", "displayName": "{group renamed}"}
        """
      And the answer shows "G" as it is read now

    Example: a user who loses what the PUT leaves out
      Given a stored user "A" with
        """json
        {"displayName": "Before", "externalId": "{marker}-1", "emails": [{"value": "{user work}", "type": "work"}, {"value": "{user home}", "type": "home"}]}
        """
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "emails": [{"value": "{user home}", "type": "home"}]}
        """
      Then the answer is 200
      And the answer shows "A" as it is read now

    @requires.groups
    Example: a group with one member less, one more, and none
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A, B"
      When the client replaces "G" with
        """json
        {"displayName": "{G.displayName}", "members": [{"value": "{B.id}"}]}
        """
      Then the answer shows "G" as it is read now
      When the client replaces "G" with
        """json
        {"displayName": "{G.displayName}", "members": [{"value": "{B.id}"}, {"value": "{A.id}"}]}
        """
      Then the answer shows "G" as it is read now
      When the client replaces "G" with
        """json
        {"displayName": "{G.displayName}", "members": []}
        """
      Then the answer shows "G" as it is read now

  @RFC7644-3.5.1-09 @IMPLIED
  Rule: A PUT to a resource that does not exist answers 404
    An id that has been given and is gone is certainly well formed.

    Example: a deleted user
      Given a user "A"
      When the client deletes "A"
      And the client sends PUT /Users/{A.id} with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user again}"}
        """
      Then the answer is 404

    @requires.groups
    Example: a deleted group
      Given a group "G"
      When the client deletes "G"
      And the client sends PUT /Groups/{G.id} with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "{group again}"}
        """
      Then the answer is 404

  @RFC7644-3.5.1-10 @IMPLIED
  Rule: The same PUT again changes nothing more
    PUT is idempotent (RFC 7231 section 4.2.2): the effect on the resource is the same. A new modification time or
    version is none that the client asked for, and no section forbids it.

    Example: a user
      Given a user "A"
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "displayName": "Twice", "name": {"givenName": "Ann", "familyName": "Alder"}, "emails": [{"value": "{user work}", "type": "work"}, {"value": "{user home}", "type": "home"}]}
        """
      Then the answer is a success
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "displayName": "Twice", "name": {"givenName": "Ann", "familyName": "Alder"}, "emails": [{"value": "{user work}", "type": "work"}, {"value": "{user home}", "type": "home"}]}
        """
      Then the answer is a success
      And "A" is as before except for "meta"

    @requires.groups
    Example: a group
      Given a user "A"
      And a user "B"
      And a group "G"
      When the client replaces "G" with
        """json
        {"displayName": "{G.displayName}", "members": [{"value": "{A.id}"}, {"value": "{B.id}"}]}
        """
      Then the answer is a success
      When the client replaces "G" with
        """json
        {"displayName": "{G.displayName}", "members": [{"value": "{A.id}"}, {"value": "{B.id}"}]}
        """
      Then the answer is a success
      And "G" is as before except for "meta"
      And the members of "G" are "A, B"

  @RFC7644-3.5.1-11 @IMPLIED
  Rule: What a GET shows can be sent back by a PUT
    Read, modify, write: only the modified attribute is another one afterwards.

    Example: a user
      Given a user "A" with
        """json
        {"displayName": "Before", "name": {"givenName": "Ann", "familyName": "Alder"}, "emails": [{"value": "{user work}", "type": "work", "primary": true}, {"value": "{user home}", "type": "home"}]}
        """
      When the client changes "A" by a PUT with
        """json
        {"displayName": "After"}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"displayName": "After"}
        """
      And "A" is as before except for "displayName"

    @requires.groups
    Example: a member of a group
      Given a user "A" with
        """json
        {"displayName": "Before"}
        """
      And a group "G" with the members "A"
      When the client changes "A" by a PUT with
        """json
        {"displayName": "After"}
        """
      Then the answer is a success
      And "A" is as before except for "displayName"
      And the members of "G" are "A"

    @requires.groups
    Example: a group with its members
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A, B"
      When the client changes "G" by a PUT with
        """json
        {"displayName": "{group renamed}"}
        """
      Then the answer is a success
      And the members of "G" are "A, B"
      And "G" now has
        """json
        {"displayName": "{group renamed}"}
        """

    @requires.enterprise
    Example: a user with an extension
      Given a stored user "A" with
        """json
        {"displayName": "Before", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales", "costCenter": "4711"}}
        """
      When the client changes "A" by a PUT with
        """json
        {"displayName": "After"}
        """
      Then the answer is a success
      And "A" is as before except for "displayName"

  @RFC7644-3.5.1-12 @SHALL
  Rule: Random replacements come to what they send
    Seeded random attributes with random values go to the target and to our own
    model of section 3.5.1. Every value that is sent is there afterwards; what is
    left out is the target's choice and not compared. What goes wrong is shrunk
    to the smallest request that still does.

    Scenario Outline: twelve replacements of a user, seed <seed>
      When the client sends 12 random PUT requests to a user, of the seed <seed>
      Then after each request the user is as RFC 7644 section 3.5.1 defines it

      Examples:
        | seed |
        | 1    |
        | 2    |

    @requires.groups
    Example: ten replacements of a group
      When the client sends 10 random PUT requests to a group, of the seed 3
      Then after each request the group is as RFC 7644 section 3.5.1 defines it

  @RFC7644-3.5.1-13 @MUST-NOT
  Rule: A PUT creates no resource
    Ids are assigned by the service provider: one that a client makes up, or that
    is gone, comes to nothing.

    Example: a made-up id
      When the client sends PUT /Users/{marker}-no-such-id with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user}"}
        """
      Then the answer is a refusal
      When the client sends GET /Users/{marker}-no-such-id
      Then the answer is a refusal

    Example: an id that is gone
      Given a user "A"
      When the client deletes "A"
      And the client sends PUT /Users/{A.id} with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{A.userName}"}
        """
      Then the answer is a refusal
      And "A" is gone

  @RFC7644-3.5.1-14 @IMPLIED
  Rule: A PUT that changes something changes meta.lastModified and the version
    RFC 7643 section 3.1. A version only where the target has any.

    Example: a user
      Given a user "A"
      And a moment has passed since "A" was changed
      When the client changes "A" by a PUT with
        """json
        {"displayName": "Later"}
        """
      Then the answer is a success
      And the modification time of "A" is new

    @requires.groups
    Example: a group
      Given a user "A"
      And a group "G"
      And a moment has passed since "G" was changed
      When the client changes "G" by a PUT with
        """json
        {"members": [{"value": "{A.id}"}]}
        """
      Then the answer is a success
      And the modification time of "G" is new

  @RFC7644-3.5.1-15 @IMPLIED
  Rule: A refused PUT changes nothing
    A value of a type that the schema does not allow, beside others that are right.

    Scenario Outline: <what>
      Given a stored user "A" with
        """json
        {"displayName": "Before", "active": true}
        """
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "displayName": "After", <bad>}
        """
      Then the answer is 400 with scimType invalidValue or invalidSyntax or none
      And the answer is a SCIM error
      And "A" is as before

      Examples:
        | what                         | bad                |
        | a text for a boolean         | "active": "maybe"  |
        | a text for a complex value   | "name": "Alder"    |
        | a number for a list          | "emails": 7        |

  @RFC7644-3.5.1-16 @IMPLIED
  Rule: A PUT cannot take the userName of another user
    Uniqueness holds for changes as for creations (section 3.12, "uniqueness").

    Example: the name of another user
      Given a user "A"
      And a user "B"
      When the client changes "A" by a PUT with
        """json
        {"userName": "{B.userName}"}
        """
      Then the answer is 409 or 400 with scimType uniqueness or none
      And "A" is as before
      And "B" is as before

  @RFC7644-3.5.1-17 @IMPLIED @requires.filter
  Rule: A PUT counts for queries at once
    The resource is found by what it has now, and no longer by what it had.

    Example: a renamed user
      Given a user "A"
      When the client changes "A" by a PUT with
        """json
        {"userName": "{user renamed}"}
        """
      And the client sends GET /Users with the query
        | filter | userName eq "{user renamed}" |
      Then exactly "A" is found
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then nothing is found

    @requires.groups
    Example: a renamed group
      Given a group "G"
      When the client changes "G" by a PUT with
        """json
        {"displayName": "{group renamed}"}
        """
      And the client sends GET /Groups with the query
        | filter | displayName eq "{group renamed}" |
      Then exactly "G" is found
      When the client sends GET /Groups with the query
        | filter | displayName eq "{G.displayName}" |
      Then nothing is found

  @RFC7644-3.5.1-18 @SHALL
  Rule: A body that is no JSON object is refused
    Section 3.12, "invalidSyntax"; nothing is changed.

    Scenario Outline: <what>
      Given a stored user "A" with
        """json
        {"displayName": "Before"}
        """
      When the client sends PUT /Users/{A.id} with
        """
        <body>
        """
      Then the answer is 400 with scimType invalidSyntax or invalidValue or none
      And the answer is a SCIM error
      And "A" is as before

      Examples:
        | what                       | body |
        | an object that is cut off  | {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{A.userName}", "displayName": "{marker}" |
        | a list                     | [{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{A.userName}", "displayName": "{marker}"}] |
        | a text                     | "{marker}" |
        | null                       | null |
        | true                       | true |

  @RFC7644-3.5.1-19 @MUST @security
  Rule: A password that a PUT sets is shown nowhere
    RFC 7643 section 7: it is never returned. A target may refuse the password.

    Example: a password
      Given a user "A"
      When the client changes "A" by a PUT with
        """json
        {"password": "{password b}"}
        """
      Then the answer is no server error
      And its "password", if it has a body, is absent
      And "A" now has no "password"
