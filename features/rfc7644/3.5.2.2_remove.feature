@requires.patch
Feature: RFC 7644, 3.5.2.2 The remove operation

  @RFC7644-3.5.2.2-01 @SHALL
  Rule: remove of a single value leaves the attribute without one
    Absent and null are the same.

    Scenario Outline: <path>
      Given a stored user "A" with
        """json
        {"externalId": "{marker}-1", "name": {"givenName": "Ann", "familyName": "Alder"}}
        """
      And the target does not require "<attribute>"
      When the client patches "A" with
        """json
        [{"op": "remove", "path": "<path>"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        <then>
        """

      Examples:
        | path            | attribute  | then |
        | externalId      | externalId | {"externalId": null, "name": {"givenName": "Ann", "familyName": "Alder"}} |
        | name.givenName  | name       | {"externalId": "{marker}-1", "name": {"givenName": null, "familyName": "Alder"}} |
        | name            | name       | {"externalId": "{marker}-1", "name": {"givenName": null, "familyName": null}} |

    @requires.enterprise
    Example: an attribute of an extension
      Given a stored user "A" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales", "costCenter": "4711"}}
        """
      When the client patches "A" with
        """json
        [{"op": "remove", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": null, "costCenter": "4711"}}
        """

    @requires.groups
    Example: the externalId of a group
      Given a stored group "G" with
        """json
        {"externalId": "{marker}-1"}
        """
      When the client patches "G" with
        """json
        [{"op": "remove", "path": "externalId"}]
        """
      Then the answer is 200 or 204
      And "G" now has no "externalId"
      And "G" now has
        """json
        {"displayName": "{G.displayName}"}
        """

  @RFC7644-3.5.2.2-02 @SHALL
  Rule: remove of a list without a filter removes all of it
    Absent, null and the empty list are the same.

    Example: the e-mail addresses of a user
      Given the target does not require "emails"
      And a stored user "A" with
        """json
        {"displayName": "Before", "emails": [{"value": "{user work}", "type": "work"}, {"value": "{user home}", "type": "home"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "remove", "path": "emails"}]
        """
      Then the answer is 200 or 204
      And "A" now has no "emails"
      And "A" is as before except for "emails"

    @requires.groups
    Scenario Outline: the members of a group, <members>
      Given a user "A"
      And a user "B"
      And a group "G" with the members "<members>"
      And the members of "G" are "<members>"
      When the client patches "G" with
        """json
        [{"op": "remove", "path": "members"}]
        """
      Then the answer is 200 or 204
      And the members of "G" are ""
      And "G" is as before except for "members"
      And "A" still exists

      Examples:
        | members |
        | A       |
        | A, B    |

  @RFC7644-3.5.2.2-03 @IMPLIED @data
  Rule: remove with a filter removes the values that match, and no others
    Whichever place they have in the list.

    Scenario Outline: <filter>
      Given a stored user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work"}, {"value": "{user home}", "type": "home"}, {"value": "{user other}", "type": "other"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "remove", "path": "emails[<filter>]"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"emails": [<then>]}
        """
      And "A" is as before except for "emails"

      Examples:
        | filter                                         | then |
        | type eq \"work\"                               | {"value": "{user home}", "type": "home"}, {"value": "{user other}", "type": "other"} |
        | type eq \"home\"                               | {"value": "{user work}", "type": "work"}, {"value": "{user other}", "type": "other"} |
        | type eq \"other\"                              | {"value": "{user work}", "type": "work"}, {"value": "{user home}", "type": "home"} |
        | value eq \"{user home}\"                       | {"value": "{user work}", "type": "work"}, {"value": "{user other}", "type": "other"} |
        | type eq \"home\" and value eq \"{user home}\"  | {"value": "{user work}", "type": "work"}, {"value": "{user other}", "type": "other"} |

    @requires.groups
    Scenario Outline: the member <member> of a group
      Given a user "A"
      And a user "B"
      And a user "C"
      And a group "G" with the members "A, B, C"
      And the members of "G" are "A, B, C"
      When the client patches "G" with
        """json
        [{"op": "remove", "path": "members[value eq \"{<member>.id}\"]"}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "<then>"
      And "G" is as before except for "members"

      Examples:
        | member | then |
        | A      | B, C |
        | B      | A, C |
        | C      | A, B |

    @requires.groups
    Scenario Outline: two members of a group by <how>
      Given a user "A"
      And a user "B"
      And a user "C"
      And a group "G" with the members "A, B, C"
      And the members of "G" are "A, B, C"
      When the client patches "G" with
        """json
        [<operations>]
        """
      Then the answer is 200 or 204
      And the members of "G" are "C"

      Examples:
        | how            | operations |
        | one filter     | {"op": "remove", "path": "members[value eq \"{A.id}\" or value eq \"{B.id}\"]"} |
        | two operations | {"op": "remove", "path": "members[value eq \"{A.id}\"]"}, {"op": "remove", "path": "members[value eq \"{B.id}\"]"} |

    @requires.groups
    Example: a member by two conditions
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A, B"
      When the client patches "G" with
        """json
        [{"op": "remove", "path": "members[value eq \"{A.id}\" and value ne \"{B.id}\"]"}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "B"

    Example: two elements of one type
      Given a stored user "A" with
        """json
        {"emails": [{"value": "{user one}", "type": "work"}, {"value": "{user home}", "type": "home"}, {"value": "{user two}", "type": "work"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "remove", "path": "emails[type eq \"work\"]"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"emails": [{"value": "{user home}", "type": "home"}]}
        """

    @requires.groups
    Example: a member of two groups, from one of them
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A, B"
      And a group "H" with the members "A, B"
      When the client patches "G" with
        """json
        [{"op": "remove", "path": "members[value eq \"{A.id}\"]"}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "B"
      And the members of "H" are "A, B"

  @RFC7644-3.5.2.2-04 @SHALL
  Rule: A list whose last value is removed has no value
    Absent, null and the empty list are the same.

    Example: the only e-mail address of a user
      Given the target does not require "emails"
      And a stored user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "remove", "path": "emails[type eq \"work\"]"}]
        """
      Then the answer is 200 or 204
      And "A" now has no "emails"
      And "A" is as before except for "emails"

    @requires.groups
    Example: the only member of a group
      Given a user "A"
      And a group "G" with the members "A"
      And the members of "G" are "A"
      When the client patches "G" with
        """json
        [{"op": "remove", "path": "members[value eq \"{A.id}\"]"}]
        """
      Then the answer is 200 or 204
      And the members of "G" are ""
      And "G" now has no "members"
      And "G" is as before except for "members"

    @requires.groups
    Example: a group that lost its last member takes another one
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A"
      And the members of "G" are "A"
      When the client patches "G" with
        """json
        [{"op": "remove", "path": "members[value eq \"{A.id}\"]"}]
        """
      And the client patches "G" with
        """json
        [{"op": "add", "path": "members", "value": [{"value": "{B.id}"}]}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "B"

  @RFC7644-3.5.2.2-05 @IMPLIED
  Rule: remove of a part of selected values removes this part only
    The elements stay, and those that do not match stay whole.

    Example: the type of one of two e-mail addresses
      Given a stored user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work", "display": "At work"}, {"value": "{user home}", "type": "home", "display": "At home"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "remove", "path": "emails[type eq \"work\"].display"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"emails": [{"value": "{user work}", "type": "work", "display": null}, {"value": "{user home}", "type": "home", "display": "At home"}]}
        """

    Example: a part of an address
      Given a stored user "A" with
        """json
        {"addresses": [{"type": "work", "locality": "Springfield", "postalCode": "12345"}, {"type": "home", "locality": "Shelbyville", "postalCode": "54321"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "remove", "path": "addresses[type eq \"home\"].postalCode"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"addresses": [{"type": "work", "locality": "Springfield", "postalCode": "12345"}, {"type": "home", "locality": "Shelbyville", "postalCode": null}]}
        """

  @RFC7644-3.5.2.2-06 @SHALL
  Rule: remove of a required or readOnly attribute answers 400 mutability
    A user has a userName, and an id and metadata are not the client's.

    Scenario Outline: <path>
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "remove", "path": "<path>"}]
        """
      Then the answer is 400 with scimType mutability
      And "A" is as before

      Examples:
        | path         |
        | userName     |
        | id           |
        | meta         |
        | meta.created |

    Example: in capital letters
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "remove", "path": "USERNAME"}]
        """
      Then the answer is 400 with scimType mutability
      And "A" is as before

    Example: after another operation
      Given a stored user "A" with
        """json
        {"displayName": "Before"}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "displayName", "value": "After"}, {"op": "remove", "path": "userName"}]
        """
      Then the answer is 400 with scimType mutability
      And "A" is as before

    @requires.groups
    Example: the id of a group
      Given a group "G"
      When the client patches "G" with
        """json
        [{"op": "remove", "path": "id"}]
        """
      Then the answer is 400 with scimType mutability
      And "G" is as before

  @RFC7644-3.5.2.2-07 @SHOULD
  Rule: remove of a member who is none succeeds and changes nothing
    Section 3.5.2.2 says so of members, in small letters.

    @requires.groups
    Scenario Outline: <what>
      Given a user "A"
      And a user "B"
      And a group "G" with the members "<members>"
      And the members of "G" are "<members>"
      When the client patches "G" with
        """json
        [{"op": "remove", "path": "members[value eq \"{B.id}\"]"}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "<members>"

      Examples:
        | what                     | members |
        | from a group of others   | A       |
        | from a group of nobody   |         |

    @requires.groups
    Example: twice from the same group
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A, B"
      And the members of "G" are "A, B"
      When the client patches "G" with
        """json
        [{"op": "remove", "path": "members[value eq \"{B.id}\"]"}]
        """
      And the client patches "G" with
        """json
        [{"op": "remove", "path": "members[value eq \"{B.id}\"]"}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "A"

  @RFC7644-3.5.2.2-08 @IMPLIED
  Rule: remove with a filter that matches nothing removes nothing
    A success and noTarget are both right for other lists than members (section
    3.12, Table 9); to remove something else is not. That the modification time stays is demanded of add alone.

    Scenario Outline: <what>
      Given a stored user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work"}, {"value": "{user home}", "type": "home"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "remove", "path": "<path>"}]
        """
      Then the answer is 200 or 204 or 400
      And "A" is as before except for "meta"

      Examples:
        | what                        | path                                                  |
        | no element of the type      | emails[type eq \"other\"]                             |
        | no element of the value     | emails[value eq \"{user other}\"]                     |
        | one half of the conditions  | emails[type eq \"work\" and value eq \"{user home}\"] |
        | a part of no element        | emails[type eq \"other\"].display                     |

    @requires.groups
    Example: a member of an unknown id
      Given a user "A"
      And a group "G" with the members "A"
      And the members of "G" are "A"
      When the client patches "G" with
        """json
        [{"op": "remove", "path": "members[value eq \"{marker}-no-such-id\"]"}]
        """
      Then the answer is 200 or 204 or 400
      And the members of "G" are "A"

  @RFC7644-3.5.2.2-09 @IMPLIED
  Rule: A member who is removed from a group is still a user
    The group refers to users; it does not hold them.

    @requires.groups
    Scenario Outline: <path>
      Given a user "A"
      And a group "G" with the members "A"
      And the members of "G" are "A"
      When the client patches "G" with
        """json
        [{"op": "remove", "path": "<path>"}]
        """
      Then the answer is 200 or 204
      And "A" still exists
      And the members of "G" are ""

      Examples:
        | path                         |
        | members                      |
        | members[value eq \"{A.id}\"] |

  @RFC7644-3.5.2.2-10 @SHALL @security
  Rule: Who is not active does not become so by losing the value
    Section 3.5.2.2: an attribute whose value is removed is unassigned, and RFC 7643 section 2.5 says the same of null.
    Unassigned is not true: who was off-boarded must not come back by a clean-up. A target may refuse the request.

    Scenario Outline: active is <how>
      Given a stored user "A" with
        """json
        {"active": false}
        """
      When the client patches "A" with
        """json
        [{<operation>}]
        """
      Then the answer is a success, or a refusal that ends the example
      And "A" does not have
        | active | true |

      Examples:
        | how                     | operation                                        |
        | removed                 | "op": "remove", "path": "active"                 |
        | replaced by null        | "op": "replace", "path": "active", "value": null |
        | null in a list of parts | "op": "replace", "value": {"active": null}       |

    Example: active is removed, and the user is changed afterwards
      Given a stored user "A" with
        """json
        {"active": false, "displayName": "{marker} Ann"}
        """
      When the client patches "A" with
        """json
        [{"op": "remove", "path": "active"}]
        """
      Then the answer is a success, or a refusal that ends the example
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "displayName", "value": "{marker} Bea"}]
        """
      Then "A" does not have
        | active | true |
