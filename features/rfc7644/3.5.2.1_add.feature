@requires.patch
Feature: RFC 7644, 3.5.2.1 The add operation

  @RFC7644-3.5.2.1-01 @MUST
  Rule: add needs a value
    With a path or without.

    Scenario Outline: <what>
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "add"<path>}]
        """
      Then the answer is 400 with scimType invalidValue or invalidSyntax or noTarget or none
      And "A" is as before

      Examples:
        | what                       | path                                       |
        | to a single value          | , "path": "displayName"                    |
        | to a list                  | , "path": "emails"                         |
        | to a part                  | , "path": "name.familyName"                |
        | to the resource            |                                            |

    @requires.groups
    Example: to the members of a group
      Given a group "G"
      When the client patches "G" with
        """json
        [{"op": "add", "path": "members"}]
        """
      Then the answer is 400 with scimType invalidValue or invalidSyntax or noTarget or none
      And "G" is as before

  @RFC7644-3.5.2.1-02 @IMPLIED
  Rule: add without a path adds each attribute of its value
    As by one operation for each: to lists it adds, single values it replaces.

    Example: a single value and an element
      Given a stored user "A" with
        """json
        {"displayName": "Before", "emails": [{"value": "{user work}", "type": "work"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "add", "value": {"displayName": "After", "emails": [{"value": "{user home}", "type": "home"}]}}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"displayName": "After", "emails": [{"value": "{user work}", "type": "work"}, {"value": "{user home}", "type": "home"}]}
        """
      And "A" is as before except for "displayName, emails"

    Example: values that were not there
      Given a stored user "B" with
        """json
        {"externalId": "{marker}-b", "name": {"givenName": "Ann", "familyName": "Alder"}}
        """
      And a user "A"
      When the client patches "A" with
        """json
        [{"op": "add", "value": {"externalId": "{marker}-a", "name": {"givenName": "Bea", "familyName": "Birch"}}}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"userName": "{A.userName}", "externalId": "{marker}-a", "name": {"givenName": "Bea", "familyName": "Birch"}}
        """

    Example: a part of a complex value that was not there
      Given a stored user "A" with
        """json
        {"name": {"givenName": "Ann", "familyName": "Alder"}, "active": true}
        """
      When the client patches "A" with
        """json
        [{"op": "add", "value": {"active": false}}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"name": {"givenName": "Ann", "familyName": "Alder"}, "active": false}
        """

    @requires.enterprise
    Example: an attribute of an extension
      Given a stored user "B" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales"}}
        """
      And a user "A"
      When the client patches "A" with
        """json
        [{"op": "add", "value": {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Support"}}}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Support"}}
        """

    @requires.groups
    Example: a member of a group
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A"
      And the members of "G" are "A"
      When the client patches "G" with
        """json
        [{"op": "add", "value": {"members": [{"value": "{B.id}"}]}}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "A, B"

  @RFC7644-3.5.2.1-03 @IMPLIED @data
  Rule: add to a list adds to what is there
    The values that are there stay.

    Scenario Outline: <what>
      Given a stored user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "add", "path": "emails", "value": <value>}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"emails": [{"value": "{user work}", "type": "work"}, <then>]}
        """

      Examples:
        | what         | value                                                                                              | then |
        | one element  | [{"value": "{user home}", "type": "home"}]                                                         | {"value": "{user home}", "type": "home"} |
        | two elements | [{"value": "{user home}", "type": "home"}, {"value": "{user other}", "type": "other"}]             | {"value": "{user home}", "type": "home"}, {"value": "{user other}", "type": "other"} |

    Example: the primary element stays so
      Given a stored user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work", "primary": true}]}
        """
      When the client patches "A" with
        """json
        [{"op": "add", "path": "emails", "value": [{"value": "{user home}", "type": "home"}]}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"emails": [{"value": "{user work}", "type": "work", "primary": true}, {"value": "{user home}", "type": "home"}]}
        """

    Example: the first element
      Given a stored user "B" with
        """json
        {"emails": [{"value": "{user work}", "type": "work"}]}
        """
      And a user "A"
      When the client patches "A" with
        """json
        [{"op": "add", "path": "emails", "value": [{"value": "{user home}", "type": "home"}]}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"emails": [{"value": "{user home}", "type": "home"}]}
        """

    Example: two operations
      Given a stored user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "add", "path": "emails", "value": [{"value": "{user home}", "type": "home"}]}, {"op": "add", "path": "emails", "value": [{"value": "{user other}", "type": "other"}]}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"emails": [{"value": "{user work}", "type": "work"}, {"value": "{user home}", "type": "home"}, {"value": "{user other}", "type": "other"}]}
        """

    @requires.groups
    Scenario Outline: <what> of a group
      Given a user "A"
      And a user "B"
      And a user "C"
      And a group "G" with the members "<before>"
      And the members of "G" are "<before>"
      When the client patches "G" with
        """json
        [{"op": "add", "path": "members", "value": [<value>]}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "<then>"

      Examples:
        | what             | before | value                                      | then    |
        | the first member |        | {"value": "{A.id}"}                        | A       |
        | one more member  | A      | {"value": "{B.id}"}                        | A, B    |
        | two more members | A      | {"value": "{B.id}"}, {"value": "{C.id}"}   | A, B, C |

    @requires.groups
    Example: two requests for two members of a group
      Given a user "A"
      And a user "B"
      And a group "G"
      When the client patches "G" with
        """json
        [{"op": "add", "path": "members", "value": [{"value": "{A.id}"}]}]
        """
      And the client patches "G" with
        """json
        [{"op": "add", "path": "members", "value": [{"value": "{B.id}"}]}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "A, B"

  @RFC7644-3.5.2.1-04 @IMPLIED
  Rule: add to a single value replaces it
    And gives it where there was none.

    Scenario Outline: <path>
      Given a stored user "A" with
        """json
        {"displayName": "Before", "active": true, "externalId": "{marker}-1", "name": {"givenName": "Ann", "familyName": "Alder"}}
        """
      When the client patches "A" with
        """json
        [{"op": "add", "path": "<path>", "value": <value>}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        <then>
        """

      Examples:
        | path            | value          | then |
        | displayName     | "After"        | {"displayName": "After"} |
        | externalId      | "{marker}-2"   | {"externalId": "{marker}-2"} |
        | active          | false          | {"active": false} |
        | name.familyName | "Birch"        | {"name": {"givenName": "Ann", "familyName": "Birch"}} |

    Example: a value that was not there
      Given a stored user "B" with
        """json
        {"externalId": "{marker}-b"}
        """
      And a user "A"
      When the client patches "A" with
        """json
        [{"op": "add", "path": "externalId", "value": "{marker}-a"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"externalId": "{marker}-a"}
        """

    Example: a part of a complex value that was not there
      Given a stored user "B" with
        """json
        {"name": {"givenName": "Ann", "familyName": "Alder"}}
        """
      And a user "A"
      When the client patches "A" with
        """json
        [{"op": "add", "path": "name.familyName", "value": "Birch"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"name": {"familyName": "Birch"}}
        """

    @requires.groups
    Example: the name of a group
      Given a group "G"
      When the client patches "G" with
        """json
        [{"op": "add", "path": "displayName", "value": "{group renamed}"}]
        """
      Then the answer is 200 or 204
      And "G" now has
        """json
        {"displayName": "{group renamed}"}
        """

  @RFC7644-3.5.2.1-05 @SHALL
  Rule: add to a complex attribute takes an object of its parts
    What is no such object is refused.

    Example: an object
      Given a stored user "B" with
        """json
        {"name": {"givenName": "Ann", "familyName": "Alder"}}
        """
      And a user "A"
      When the client patches "A" with
        """json
        [{"op": "add", "path": "name", "value": {"givenName": "Bea", "familyName": "Birch"}}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"name": {"givenName": "Bea", "familyName": "Birch"}}
        """

    Example: an object in the place of values
      Given a stored user "A" with
        """json
        {"name": {"givenName": "Ann", "familyName": "Alder"}}
        """
      When the client patches "A" with
        """json
        [{"op": "add", "path": "name", "value": {"givenName": "Bea", "familyName": "Birch"}}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"name": {"givenName": "Bea", "familyName": "Birch"}}
        """

    Scenario Outline: <what>
      Given a stored user "A" with
        """json
        {"name": {"givenName": "Ann", "familyName": "Alder"}}
        """
      When the client patches "A" with
        """json
        [{"op": "add", "path": "name", "value": <value>}]
        """
      Then the answer is 400 with scimType invalidValue or invalidSyntax or none
      And "A" is as before

      Examples:
        | what      | value       |
        | a text    | "Bea Birch" |
        | a boolean | true        |
        | a list    | ["Birch"]   |

  @RFC7644-3.5.2.1-06 @SHOULD
  Rule: add of what is there succeeds and changes nothing
    No element is there twice afterwards.

    Scenario Outline: <what>
      Given a stored user "A" with
        """json
        {"displayName": "Before", "emails": [{"value": "{user work}", "type": "work"}, {"value": "{user home}", "type": "home"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "add"<operation>}]
        """
      Then the answer is 200 or 204
      And "A" is as before except for "meta"

      Examples:
        | what                       | operation |
        | a single value             | , "path": "displayName", "value": "Before" |
        | an element                 | , "path": "emails", "value": [{"value": "{user work}", "type": "work"}] |
        | all elements               | , "path": "emails", "value": [{"value": "{user home}", "type": "home"}, {"value": "{user work}", "type": "work"}] |
        | an element without a path  | , "value": {"emails": [{"value": "{user work}", "type": "work"}]} |

    Example: a telephone number that is there
      Given a stored user "A" with
        """json
        {"phoneNumbers": [{"value": "+1-555-0100", "type": "work"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "add", "path": "phoneNumbers", "value": [{"value": "+1-555-0100", "type": "work"}]}]
        """
      Then the answer is 200 or 204
      And "A" is as before except for "meta"

    Example: an element that is there and one that is not
      Given a stored user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "add", "path": "emails", "value": [{"value": "{user work}", "type": "work"}, {"value": "{user home}", "type": "home"}]}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"emails": [{"value": "{user work}", "type": "work"}, {"value": "{user home}", "type": "home"}]}
        """

    @requires.groups
    Scenario Outline: <what> of a group
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A"
      And the members of "G" are "A"
      When the client patches "G" with
        """json
        [{"op": "add"<operation>}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "<then>"

      Examples:
        | what                        | then | operation |
        | a member                    | A    | , "path": "members", "value": [{"value": "{A.id}"}] |
        | a member and another user   | A, B | , "path": "members", "value": [{"value": "{A.id}"}, {"value": "{B.id}"}] |
        | a member without a path     | A    | , "value": {"members": [{"value": "{A.id}"}]} |

  @RFC7644-3.5.2.1-07 @SHALL-NOT
  Rule: add of what is there leaves meta.lastModified alone
    Unless another operation changes something.

    Scenario Outline: <what>
      Given a stored user "A" with
        """json
        {"displayName": "Before", "emails": [{"value": "{user work}", "type": "work"}]}
        """
      And a moment has passed since "A" was changed
      When the client patches "A" with
        """json
        [{"op": "add", "path": "<path>", "value": <value>}]
        """
      Then the answer is no server error
      And the modification time of "A" is as before

      Examples:
        | what           | path        | value |
        | a single value | displayName | "Before" |
        | an element     | emails      | [{"value": "{user work}", "type": "work"}] |

    @requires.groups
    Example: a member of a group
      Given a user "A"
      And a group "G" with the members "A"
      And a moment has passed since "G" was changed
      When the client patches "G" with
        """json
        [{"op": "add", "path": "members", "value": [{"value": "{A.id}"}]}]
        """
      Then the answer is no server error
      And the modification time of "G" is as before

  @RFC7644-3.5.2.1-08 @IMPLIED
  Rule: add to a list takes one value as well as a list of them
    The value may be an object of the parts of the attribute that the path names.

    Example: one e-mail address
      Given a stored user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "add", "path": "emails", "value": {"value": "{user home}", "type": "home"}}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"emails": [{"value": "{user work}", "type": "work"}, {"value": "{user home}", "type": "home"}]}
        """

    @requires.groups
    Example: one member of a group
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A"
      And the members of "G" are "A"
      When the client patches "G" with
        """json
        [{"op": "add", "path": "members", "value": {"value": "{B.id}"}}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "A, B"

  @RFC7644-3.5.2.1-09 @IMPLIED
  Rule: add to a part of selected values changes just these
    The target location exists: the value there is replaced.

    Scenario Outline: <path>
      Given a stored user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work"}, {"value": "{user home}", "type": "home"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "add", "path": "<path>", "value": "{user b}"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"emails": [<then>]}
        """

      Examples:
        | path                                   | then |
        | emails[type eq \"work\"].value         | {"value": "{user b}", "type": "work"}, {"value": "{user home}", "type": "home"} |
        | emails[type eq \"home\"].value         | {"value": "{user work}", "type": "work"}, {"value": "{user b}", "type": "home"} |
        | emails[value eq \"{user home}\"].value | {"value": "{user work}", "type": "work"}, {"value": "{user b}", "type": "home"} |

    Example: several parts of one selected value
      Given a stored user "A" with
        """json
        {"addresses": [{"type": "work", "locality": "Springfield"}, {"type": "home", "locality": "Shelbyville"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "add", "path": "addresses[type eq \"work\"].streetAddress", "value": "1 Main Street"},
         {"op": "add", "path": "addresses[type eq \"work\"].postalCode", "value": "12345"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"addresses": [{"type": "work", "locality": "Springfield", "streetAddress": "1 Main Street", "postalCode": "12345"}, {"type": "home", "locality": "Shelbyville", "streetAddress": null}]}
        """
