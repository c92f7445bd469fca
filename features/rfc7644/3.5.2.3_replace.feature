@requires.patch
Feature: RFC 7644, 3.5.2.3 The replace operation

  @RFC7644-3.5.2.3-01 @IMPLIED
  Rule: replace without a path replaces the attributes of its value only
    Lists are replaced as a whole.

    Example: single values
      Given a stored user "A" with
        """json
        {"displayName": "Before", "active": true, "externalId": "{marker}-1", "emails": [{"value": "{user work}", "type": "work"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "value": {"displayName": "After", "active": false}}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"displayName": "After", "active": false}
        """
      And "A" is as before except for "displayName, active"

    Example: a list
      Given a stored user "A" with
        """json
        {"displayName": "Before", "emails": [{"value": "{user work}", "type": "work"}, {"value": "{user home}", "type": "home"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "value": {"emails": [{"value": "{user other}", "type": "other"}]}}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"displayName": "Before", "emails": [{"value": "{user other}", "type": "other"}]}
        """

    Example: a complex value
      Given a stored user "A" with
        """json
        {"displayName": "Before", "name": {"givenName": "Ann", "familyName": "Alder"}}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "value": {"name": {"givenName": "Bea", "familyName": "Birch"}}}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"displayName": "Before", "name": {"givenName": "Bea", "familyName": "Birch"}}
        """

    @requires.enterprise
    Example: an extension
      Given a stored user "A" with
        """json
        {"displayName": "Before", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales"}}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "value": {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Support"}}}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"displayName": "Before", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Support"}}
        """

    @requires.groups
    Example: the name of a group keeps its members
      Given a user "A"
      And a group "G" with the members "A"
      And the members of "G" are "A"
      When the client patches "G" with
        """json
        [{"op": "replace", "value": {"displayName": "{group renamed}"}}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "A"
      And "G" now has
        """json
        {"displayName": "{group renamed}"}
        """

    @requires.groups
    Example: the members of a group keep its name
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A"
      And the members of "G" are "A"
      When the client patches "G" with
        """json
        [{"op": "replace", "value": {"members": [{"value": "{B.id}"}]}}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "B"
      And "G" is as before except for "members"

  @RFC7644-3.5.2.3-02 @SHALL
  Rule: replace of an attribute without a value adds it
    It is treated as add.

    Scenario Outline: <path>
      Given a stored user "B" with
        """json
        {"externalId": "{marker}-b", "name": {"givenName": "Ann", "familyName": "Alder"}, "emails": [{"value": "{user work}", "type": "work"}]}
        """
      And a user "A"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "<path>", "value": <value>}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        <then>
        """

      Examples:
        | path            | value                                         | then |
        | externalId      | "{marker}-a"                                  | {"externalId": "{marker}-a"} |
        | name.familyName | "Birch"                                       | {"name": {"familyName": "Birch"}} |
        | name            | {"givenName": "Bea", "familyName": "Birch"}   | {"name": {"givenName": "Bea", "familyName": "Birch"}} |
        | emails          | [{"value": "{user home}", "type": "home"}]    | {"emails": [{"value": "{user home}", "type": "home"}]} |

    @requires.enterprise
    Example: an attribute of an extension
      Given a stored user "B" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales"}}
        """
      And a user "A"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "value": "Support"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Support"}}
        """

    @requires.groups
    Example: the members of a group of nobody
      Given a user "A"
      And a group "G"
      When the client patches "G" with
        """json
        [{"op": "replace", "path": "members", "value": [{"value": "{A.id}"}]}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "A"

  @RFC7644-3.5.2.3-03 @SHALL @data
  Rule: replace of a complex attribute keeps the parts that it does not name
    It replaces the parts that it names, and adds those that were not there.

    Scenario Outline: <what>
      Given a stored user "A" with
        """json
        {"name": {"givenName": "Ann", "familyName": "Alder"}}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "<path>", "value": <value>}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"name": <then>}
        """

      Examples:
        | what              | path            | value                    | then |
        | one of two parts  | name            | {"givenName": "Bea"}     | {"givenName": "Bea", "familyName": "Alder"} |
        | the other part    | name            | {"familyName": "Birch"}  | {"givenName": "Ann", "familyName": "Birch"} |
        | by its path       | name.givenName  | "Bea"                    | {"givenName": "Bea", "familyName": "Alder"} |

    Example: a part that was not there
      Given a stored user "B" with
        """json
        {"name": {"givenName": "Ann", "familyName": "Alder"}}
        """
      And a user "A" with
        """json
        {"name": {"familyName": "Alder"}}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "name", "value": {"givenName": "Bea"}}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"name": {"givenName": "Bea", "familyName": "Alder"}}
        """

    Scenario Outline: no part at all, <how>
      Given a stored user "A" with
        """json
        {"displayName": "Before", "name": {"givenName": "Ann", "familyName": "Alder"}}
        """
      When the client patches "A" with
        """json
        [{"op": "replace"<operation>}]
        """
      Then the answer is a success, or a refusal that ends the example
      And "A" now has
        """json
        {"displayName": "Before", "name": {"givenName": "Ann", "familyName": "Alder"}}
        """

      Examples:
        | how            | operation                       |
        | by a path      | , "path": "name", "value": {}   |
        | without a path | , "value": {"name": {}}         |
        | of the user    | , "value": {}                   |

    @requires.enterprise
    Example: no part of an extension
      Given a stored user "A" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales"}}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "value": {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {}}}]
        """
      Then the answer is a success, or a refusal that ends the example
      And "A" now has
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales"}}
        """

  @RFC7644-3.5.2.3-04 @IMPLIED
  Rule: replace of a list without a filter replaces all of it
    Nothing is left of what was there.

    Scenario Outline: <what>
      Given a stored user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work"}, {"value": "{user home}", "type": "home"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "emails", "value": [<value>]}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"emails": [<value>]}
        """

      Examples:
        | what                        | value |
        | another element             | {"value": "{user other}", "type": "other"} |
        | one of its elements         | {"value": "{user home}", "type": "home"} |
        | an element of a type it had | {"value": "{user b}", "type": "work"} |
        | two other elements          | {"value": "{user b}", "type": "work"}, {"value": "{user other}", "type": "other"} |

    @requires.groups
    Scenario Outline: <what> of a group
      Given a user "A"
      And a user "B"
      And a user "C"
      And a group "G" with the members "A, B"
      And the members of "G" are "A, B"
      When the client patches "G" with
        """json
        [{"op": "replace", "path": "members", "value": [<value>]}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "<then>"

      Examples:
        | what                      | then | value |
        | another member            | C    | {"value": "{C.id}"} |
        | one of the members        | B    | {"value": "{B.id}"} |
        | a member and another user | B, C | {"value": "{B.id}"}, {"value": "{C.id}"} |
        | the same members          | A, B | {"value": "{B.id}"}, {"value": "{A.id}"} |

  @RFC7644-3.5.2.3-05 @SHALL @data
  Rule: replace with a filter replaces every value that matches, and no other
    A whole element, or one part of each.

    Scenario Outline: <what>
      Given a stored user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work"}, {"value": "{user home}", "type": "home"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "<path>", "value": <value>}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"emails": [<then>]}
        """

      Examples:
        | what                            | path                                                  | value                                  | then |
        | a part of the first element     | emails[type eq \"work\"].value                        | "{user b}"                             | {"value": "{user b}", "type": "work"}, {"value": "{user home}", "type": "home"} |
        | a part of the second element    | emails[type eq \"home\"].value                        | "{user b}"                             | {"value": "{user work}", "type": "work"}, {"value": "{user b}", "type": "home"} |
        | a part of the selecting value   | emails[value eq \"{user home}\"].value                | "{user b}"                             | {"value": "{user work}", "type": "work"}, {"value": "{user b}", "type": "home"} |
        | the first element               | emails[type eq \"work\"]                              | {"value": "{user b}", "type": "work"}  | {"value": "{user b}", "type": "work"}, {"value": "{user home}", "type": "home"} |
        | the second element              | emails[type eq \"home\"]                              | {"value": "{user b}", "type": "other"} | {"value": "{user work}", "type": "work"}, {"value": "{user b}", "type": "other"} |
        | a part by two conditions        | emails[type eq \"home\" and value eq \"{user home}\"].value | "{user b}"                       | {"value": "{user work}", "type": "work"}, {"value": "{user b}", "type": "home"} |

    Example: a part of every element
      Given a stored user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work", "display": "Before"}, {"value": "{user home}", "type": "home", "display": "Before"}, {"value": "{user other}", "type": "other", "display": "Before"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "emails[type eq \"work\" or type eq \"other\"].display", "value": "After"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"emails": [{"value": "{user work}", "type": "work", "display": "After"}, {"value": "{user home}", "type": "home", "display": "Before"}, {"value": "{user other}", "type": "other", "display": "After"}]}
        """

    Example: a value of several words
      Given a stored user "A" with
        """json
        {"addresses": [{"type": "work", "streetAddress": "1 Old Road", "locality": "Dublin"}, {"type": "home", "locality": "Cork"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "addresses[type eq \"work\"].streetAddress", "value": "2 New Road, East"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"addresses": [{"type": "work", "streetAddress": "2 New Road, East", "locality": "Dublin"}, {"type": "home", "locality": "Cork"}]}
        """

    Example: two elements of one type
      Given a stored user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work"}, {"value": "{user b}", "type": "work"}, {"value": "{user home}", "type": "home"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "emails[type eq \"work\"].type", "value": "other"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"emails": [{"value": "{user work}", "type": "other"}, {"value": "{user b}", "type": "other"}, {"value": "{user home}", "type": "home"}]}
        """

  @RFC7644-3.5.2.3-06 @SHALL
  Rule: replace with a filter that matches nothing answers 400 noTarget
    It neither creates the value nor says nothing.

    Scenario Outline: <what>
      Given a stored user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "<path>", "value": <value>}]
        """
      Then the answer is 400 with scimType noTarget
      And "A" is as before

      Examples:
        | what                          | path                                                   | value |
        | a part of an element          | emails[type eq \"home\"].value                         | "{user home}" |
        | an element                    | emails[type eq \"home\"]                               | {"value": "{user home}", "type": "home"} |
        | by a value                    | emails[value eq \"{user home}\"].type                  | "home" |
        | one half of the conditions    | emails[type eq \"work\" and value eq \"{user home}\"].value | "{user home}" |

    Example: a list without a value
      Given a stored user "B" with
        """json
        {"emails": [{"value": "{user work}", "type": "work"}]}
        """
      And the target does not require "emails"
      And a user "A"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "emails[type eq \"work\"].value", "value": "{user home}"}]
        """
      Then the answer is 400 with scimType noTarget
      And "A" is as before

    @requires.groups
    Example: a member of a group
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A"
      And the members of "G" are "A"
      When the client patches "G" with
        """json
        [{"op": "replace", "path": "members[value eq \"{marker}-no-such-id\"]", "value": {"value": "{B.id}"}}]
        """
      Then the answer is 400 with scimType noTarget
      And the members of "G" are "A"

  @RFC7644-3.5.2.3-07 @IMPLIED
  Rule: replace needs a value
    Its operation says by what the target is replaced; without, it removes nothing.

    Scenario Outline: <what>
      Given a stored user "A" with
        """json
        {"displayName": "Before", "emails": [{"value": "{user work}", "type": "work"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "replace"<path>}]
        """
      Then the answer is 400 with scimType invalidValue or invalidSyntax or noTarget or none
      And "A" is as before

      Examples:
        | what                   | path                              |
        | of a single value      | , "path": "displayName"           |
        | of a list              | , "path": "emails"                |
        | of the resource        |                                   |

    Scenario Outline: <what> for the whole resource
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "replace", "value": <value>}]
        """
      Then the answer is 400 with scimType invalidValue or invalidSyntax or noTarget or invalidPath or none
      And "A" is as before

      Examples:
        | what     | value     |
        | a text   | "After"   |
        | a list   | ["After"] |
        | a number | 7         |

    @requires.groups
    Example: of the members of a group
      Given a user "A"
      And a group "G" with the members "A"
      And the members of "G" are "A"
      When the client patches "G" with
        """json
        [{"op": "replace", "path": "members"}]
        """
      Then the answer is 400 with scimType invalidValue or invalidSyntax or noTarget or none
      And the members of "G" are "A"

  @RFC7644-3.5.2.3-08 @IMPLIED
  Rule: replace of a single value replaces it
    Of whatever type it is.

    Scenario Outline: <path> by <value>
      Given a stored user "A" with
        """json
        {"displayName": "Before", "active": true, "externalId": "{marker}-1", "name": {"givenName": "Ann", "familyName": "Alder"}}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "<path>", "value": <value>}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        <then>
        """

      Examples:
        | path            | value            | then |
        | displayName     | "After"          | {"displayName": "After"} |
        | displayName     | "Ünï \"q\" 漢" | {"displayName": "Ünï \"q\" 漢"} |
        | externalId      | "{marker}-2"     | {"externalId": "{marker}-2"} |
        | userName        | "{user renamed}" | {"userName": "{user renamed}", "id": "{A.id}"} |
        | name.familyName | "Birch"          | {"name": {"givenName": "Ann", "familyName": "Birch"}} |
        | active          | false            | {"active": false} |

    Example: a user is deactivated and activated again
      Given a stored user "A" with
        """json
        {"displayName": "Anders", "active": true}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "active", "value": false}]
        """
      And the client patches "A" with
        """json
        [{"op": "replace", "path": "active", "value": true}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"displayName": "Anders", "active": true}
        """

    @requires.groups
    Example: the name of a group
      Given a user "A"
      And a group "G" with the members "A"
      And the members of "G" are "A"
      When the client patches "G" with
        """json
        [{"op": "replace", "path": "displayName", "value": "{group renamed}"}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "A"
      And "G" now has
        """json
        {"id": "{G.id}", "displayName": "{group renamed}"}
        """

    @requires.groups
    Scenario Outline: the externalId of a group, <how>
      Given a stored group "G" with
        """json
        {"externalId": "{marker}-1"}
        """
      When the client patches "G" with
        """json
        [{"op": "replace"<rest>}]
        """
      Then the answer is 200 or 204
      And "G" now has
        """json
        {"externalId": "{marker}-2"}
        """

      Examples:
        | how            | rest                                          |
        | by a path      | , "path": "externalId", "value": "{marker}-2" |
        | without a path | , "value": {"externalId": "{marker}-2"}       |

  @RFC7644-3.5.2.3-09 @IMPLIED
  Rule: replace by null or by an empty list clears the attribute
    Both are the same as no value (RFC 7643 section 2.5).

    Example: null for a single value
      Given a stored user "A" with
        """json
        {"externalId": "{marker}-1"}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "externalId", "value": null}]
        """
      Then the answer is 200 or 204
      And "A" now has no "externalId"

    Example: an empty list for a list
      Given the target does not require "emails"
      And a stored user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "emails", "value": []}]
        """
      Then the answer is 200 or 204
      And "A" now has no "emails"

    @requires.groups
    Example: an empty list for the members of a group
      Given a user "A"
      And a group "G" with the members "A"
      And the members of "G" are "A"
      When the client patches "G" with
        """json
        [{"op": "replace", "path": "members", "value": []}]
        """
      Then the answer is 200 or 204
      And the members of "G" are ""

    Example: null for a required attribute is refused
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "userName", "value": null}]
        """
      Then the answer is 400 with scimType mutability or invalidValue or invalidSyntax or none
      And "A" is as before

    @requires.groups
    Example: an empty list for the members of a group, without a path
      Given a user "A"
      And a group "G" with the members "A"
      And the members of "G" are "A"
      When the client patches "G" with
        """json
        [{"op": "replace", "value": {"members": []}}]
        """
      Then the answer is 200 or 204
      And the members of "G" are ""

    Example: an empty list for a list, without a path
      Given the target does not require "emails"
      And a stored user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "value": {"emails": []}}]
        """
      Then the answer is 200 or 204
      And "A" now has no "emails"

    Example: null for a single value, without a path
      Given a stored user "A" with
        """json
        {"externalId": "{marker}-1", "displayName": "Before"}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "value": {"externalId": null}}]
        """
      Then the answer is 200 or 204
      And "A" now has no "externalId"
      And "A" now has
        """json
        {"displayName": "Before"}
        """
