@requires.patch
Feature: RFC 7644, 3.5.2 Modifying with PATCH

  @RFC7644-3.5.2-01 @MUST
  Rule: A PATCH without the schema of PatchOp is refused
    The body says by its "schemas" what it is.

    Scenario Outline: <what>
      Given a stored user "A" with
        """json
        {"displayName": "Before"}
        """
      When the client sends PATCH /Users/{A.id} with
        """json
        {<schemas>"Operations": [{"op": "replace", "path": "displayName", "value": "After"}]}
        """
      Then the answer is 400 with scimType invalidSyntax or invalidValue or none
      And "A" is as before

      Examples:
        | what                 | schemas                                                              |
        | no schemas           |                                                                      |
        | an empty list        | "schemas": [],                                                       |
        | null                 | "schemas": null,                                                     |
        | a list with a null   | "schemas": [null],                                                   |
        | a number             | "schemas": 7,                                                        |
        | the schema of a user | "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],           |
        | the schema of a list | "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],   |

    @requires.groups
    Example: no schemas for a group
      Given a group "G"
      When the client sends PATCH /Groups/{G.id} with
        """json
        {"Operations": [{"op": "replace", "path": "displayName", "value": "{group renamed}"}]}
        """
      Then the answer is 400 with scimType invalidSyntax or invalidValue or none
      And "G" is as before

  @RFC7644-3.5.2-02 @MUST
  Rule: A PATCH without an operation is refused
    "Operations" is a list of one operation or more.

    Scenario Outline: <what>
      Given a stored user "A" with
        """json
        {"displayName": "Before"}
        """
      When the client sends PATCH /Users/{A.id} with
        """json
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"]<operations>}
        """
      Then the answer is 400 with scimType invalidSyntax or invalidValue or none
      And "A" is as before

      Examples:
        | what                    | operations                                                   |
        | no Operations           |                                                              |
        | an empty list           | , "Operations": []                                           |
        | null                    | , "Operations": null                                         |
        | a text                  | , "Operations": "replace"                                    |
        | a number                | , "Operations": 7                                            |
        | a list with a null      | , "Operations": [null]                                       |
        | a list in a list        | , "Operations": [[]]                                         |
        | an operation of no kind | , "Operations": ["replace"]                                  |
        | Operation in the singular | , "Operation": [{"op": "replace", "path": "displayName", "value": "x"}] |

  @RFC7644-3.5.2-03 @MUST
  Rule: Every operation has an op out of add, remove and replace
    The operations of JSON Patch beside these three do not exist in SCIM.

    Scenario Outline: <what>
      Given a stored user "A" with
        """json
        {"displayName": "Before"}
        """
      When the client patches "A" with
        """json
        [{<op>"path": "displayName", "value": "After"}]
        """
      Then the answer is 400 with scimType invalidSyntax or invalidValue or none
      And "A" is as before

      Examples:
        | what                | op                                    |
        | no op               |                                       |
        | null                | "op": null,                           |
        | an empty text       | "op": "",                             |
        | a number            | "op": 1,                              |
        | true                | "op": true,                           |
        | a list              | "op": ["replace"],                    |
        | an object           | "op": {"replace": true},              |
        | move                | "op": "move", "from": "userName",     |
        | copy                | "op": "copy", "from": "userName",     |
        | test                | "op": "test",                         |
        | an unknown word     | "op": "update",                       |

    Example: the second operation without an op
      Given a stored user "A" with
        """json
        {"displayName": "Before"}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "displayName", "value": "After"}, {"path": "displayName", "value": "Later"}]
        """
      Then the answer is 400 with scimType invalidSyntax or invalidValue or none
      And "A" is as before

    @requires.groups
    Example: an unknown op for a group
      Given a group "G"
      When the client patches "G" with
        """json
        [{"op": "update", "path": "displayName", "value": "{group renamed}"}]
        """
      Then the answer is 400 with scimType invalidSyntax or invalidValue or none
      And "G" is as before

  @RFC7644-3.5.2-04 @RECOMMENDED
  Rule: The op is matched without regard to case
    The standard does not say it. Microsoft Entra ID sends "Add", "Replace" and
    "Remove", and a target that takes only small letters cannot be provisioned by it.

    Scenario Outline: <op>
      Given a stored user "A" with
        """json
        {"displayName": "Before", "externalId": "{marker}-1"}
        """
      When the client patches "A" with
        """json
        [{"op": "<op>", "path": "<path>"<value>}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"<path>": <then>}
        """

      Examples:
        | op      | path        | value              | then    |
        | Add     | displayName | , "value": "After" | "After" |
        | Replace | displayName | , "value": "After" | "After" |
        | Remove  | externalId    |                    | null    |
        | REPLACE | displayName | , "value": "After" | "After" |

    @requires.groups
    Scenario Outline: <op> for the members of a group
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A"
      And the members of "G" are "A"
      When the client patches "G" with
        """json
        [{"op": "<op>", "path": "<path>"<value>}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "<then>"

      Examples:
        | op      | path                            | value                             | then |
        | Add     | members                         | , "value": [{"value": "{B.id}"}]  | A, B |
        | Remove  | members[value eq \"{A.id}\"]    |                                   |      |
        | Replace | members                         | , "value": [{"value": "{B.id}"}]  | B    |

  @RFC7644-3.5.2-05 @REQUIRED
  Rule: remove needs a path
    Without one it is refused as noTarget, and nothing is removed.

    Scenario Outline: <what>
      Given a stored user "A" with
        """json
        {"displayName": "Before"}
        """
      When the client patches "A" with
        """json
        [{"op": "remove"<value>}]
        """
      Then the answer is 400 with scimType noTarget
      And "A" is as before

      Examples:
        | what            | value                                 |
        | nothing else    |                                       |
        | with a value    | , "value": {"displayName": "Before"}  |

    @requires.groups
    Example: from a group
      Given a user "A"
      And a group "G" with the members "A"
      When the client patches "G" with
        """json
        [{"op": "remove", "value": {"members": [{"value": "{A.id}"}]}}]
        """
      Then the answer is 400 with scimType noTarget
      And the members of "G" are "A"

  @RFC7644-3.5.2-06 @IMPLIED
  Rule: A malformed path is refused
    A path is an attribute, with a filter and a sub-attribute or without; whatever
    does not fit Figure 7 of the standard is nothing of the kind.

    Scenario Outline: <what>
      Given a stored user "A" with
        """json
        {"displayName": "Before", "emails": [{"value": "{user work}", "type": "work"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "<path>", "value": "After"}]
        """
      Then the answer is 400 with scimType invalidPath or invalidFilter or invalidSyntax or invalidValue or noTarget or none
      And "A" is as before

      Examples:
        | what                              | path                                |
        | a bracket that is never closed    | emails[type eq \"work\"             |
        | a filter without a value          | emails[type eq ].value              |
        | an empty filter                   | emails[].value                      |
        | an operator that does not exist   | emails[type is \"work\"].value      |
        | a text that is never closed       | emails[type eq \"work].value        |
        | two dots                          | name..familyName                    |
        | a dot at the end                  | name.                               |
        | an index as in JSON Patch         | emails[0].value                     |
        | a pointer as in JSON Patch        | /displayName                        |
        | two words                         | display Name                        |
        | half of a condition               | emails[type eq \"work\" and].value  |

    Example: a path that is no text
      Given a stored user "A" with
        """json
        {"displayName": "Before"}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": 7, "value": "After"}]
        """
      Then the answer is 400
      And "A" is as before

    Scenario Outline: a path that is <what>
      Given a stored user "A" with
        """json
        {"displayName": "Before"}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": <path>, "value": "After"}]
        """
      Then the answer is 400
      And "A" is as before

      Examples:
        | what      | path                      |
        | true      | true                      |
        | a list    | ["displayName"]           |
        | an object | {"path": "displayName"}   |

  @RFC7644-3.5.2-07 @SHALL
  Rule: A path to an attribute that does not exist is refused
    An operation that does not fit the schema is answered with an error.

    Scenario Outline: <op> <path>
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "<op>", "path": "<path>", "value": "x"}]
        """
      Then the answer is 400 with scimType invalidPath or noTarget or invalidValue or invalidSyntax or none
      And "A" is as before

      Examples:
        | op      | path                                              |
        | add     | sduoNoSuchAttribute                               |
        | replace | sduoNoSuchAttribute                               |
        | remove  | sduoNoSuchAttribute                               |
        | add     | name.sduoNoSuchPart                               |
        | replace | name.sduoNoSuchPart                               |
        | add     | urn:sduo:no:such:schema:1.0:User:attribute        |
        | replace | urn:sduo:no:such:schema:1.0:User:attribute        |

    @requires.groups
    Scenario Outline: <op> of a group
      Given a group "G"
      When the client patches "G" with
        """json
        [{"op": "<op>", "path": "sduoNoSuchAttribute", "value": "x"}]
        """
      Then the answer is 400 with scimType invalidPath or noTarget or invalidValue or invalidSyntax or none
      And "G" is as before

      Examples:
        | op      |
        | add     |
        | replace |
        | remove  |

  @RFC7644-3.5.2-08 @MUST
  Rule: A readOnly attribute is not changed by an operation on it
    The answer is an error, not silence: whoever names the attribute by its path
    wants just this.

    Scenario Outline: <op> <path>
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "<op>", "path": "<path>"<value>}]
        """
      Then the answer is 400 with scimType mutability or none
      And "A" is as before

      Examples:
        | op      | path              | value                                |
        | add     | id                | , "value": "{marker}-another"        |
        | replace | id                | , "value": "{marker}-another"        |
        | add     | meta.created      | , "value": "2001-02-03T04:05:06Z"    |
        | replace | meta.created      | , "value": "2001-02-03T04:05:06Z"    |
        | replace | meta.lastModified | , "value": "2001-02-03T04:05:06Z"    |
        | replace | meta.resourceType | , "value": "Group"                   |

    Example: a readOnly attribute after one that can be changed
      Given a stored user "A" with
        """json
        {"displayName": "Before"}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "displayName", "value": "After"}, {"op": "replace", "path": "id", "value": "{marker}-another"}]
        """
      Then the answer is 400 with scimType mutability or none
      And "A" is as before

    @requires.groups
    Scenario Outline: <op> the groups of a user
      Given a user "A"
      And a group "G"
      When the client patches "A" with
        """json
        [{"op": "<op>", "path": "groups", "value": [{"value": "{G.id}"}]}]
        """
      Then the answer is 400 with scimType mutability or invalidPath or noTarget or none
      And the members of "G" are ""

      Examples:
        | op      |
        | add     |
        | replace |

    @requires.groups
    Example: the id of a group
      Given a group "G"
      When the client patches "G" with
        """json
        [{"op": "replace", "path": "id", "value": "{marker}-another"}]
        """
      Then the answer is 400 with scimType mutability or none
      And "G" is as before

    Example: an id among other attributes changes no id
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "replace", "value": {"id": "{marker}-another", "displayName": "After"}}]
        """
      Then the answer is no server error
      And "A" now has
        """json
        {"id": "{A.id}", "userName": "{A.userName}"}
        """

  @RFC7644-3.5.2-09 @MAY
  Rule: add may give an immutable attribute its first value
    The parts of a member of a group are immutable.

    @requires.groups
    Example: the first member with all its parts
      Given a user "A"
      And a group "G"
      When the client patches "G" with
        """json
        [{"op": "add", "path": "members", "value": [{"value": "{A.id}", "type": "User", "$ref": "{A.meta.location}"}]}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "A"

  @RFC7644-3.5.2-10 @SHALL
  Rule: A value that does not fit the schema is refused
    The answer is an error, and nothing is stored. A list of one for a single value is not tried: clients send such, and
    many servers take its element, by which nobody is hurt. Of two values none is the one that was meant.

    Scenario Outline: <op> <what>
      Given a stored user "A" with
        """json
        {"displayName": "Before", "active": true}
        """
      When the client patches "A" with
        """json
        [{"op": "<op>", "path": "<path>", "value": <value>}]
        """
      Then the answer is 400 with scimType invalidValue or invalidSyntax or none
      And "A" is as before

      Examples:
        | op      | what                                | path            | value                |
        | replace | a word for a boolean                | active          | "maybe"              |
        | add     | a word for a boolean                | active          | "maybe"              |
        | replace | a list for a boolean                | active          | [true, false]        |
        | replace | an object for a text                | displayName     | {"text": "After"}    |
        | add     | a list for a text                   | displayName     | ["After", "Later"]   |
        | replace | a text for a complex value          | name            | "Alder"              |
        | replace | a list for a part                   | name.familyName | ["Alder", "Birch"]   |
        | add     | a number for an element of a list   | emails          | [7]                  |

    Example: a wrong type without a path
      Given a stored user "A" with
        """json
        {"displayName": "Before", "active": true}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "value": {"displayName": "After", "active": "maybe"}}]
        """
      Then the answer is 400 with scimType invalidValue or invalidSyntax or none
      And "A" is as before

  @RFC7644-3.5.2-11 @SHALL
  Rule: To make one value primary takes the mark from the others
    An element without a mark is as good as one with false.

    Scenario Outline: <what>
      Given a stored user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work", "primary": true}, {"value": "{user home}", "type": "home"}]}
        """
      When the client patches "A" with
        """json
        [<operation>]
        """
      Then the answer is 200 or 204
      And only "<primary>" is primary among the "emails" of "A"

      Examples:
        | what                             | primary      | operation |
        | add of a primary value           | {user other} | {"op": "add", "path": "emails", "value": [{"value": "{user other}", "type": "other", "primary": true}]} |
        | add of one without a path        | {user other} | {"op": "add", "value": {"emails": [{"value": "{user other}", "type": "other", "primary": true}]}} |
        | replace of the mark              | {user home}  | {"op": "replace", "path": "emails[type eq \"home\"].primary", "value": true} |
        | add of the mark                  | {user home}  | {"op": "add", "path": "emails[type eq \"home\"].primary", "value": true} |
        | replace of an element            | {user other} | {"op": "replace", "path": "emails[type eq \"home\"]", "value": {"value": "{user other}", "type": "home", "primary": true}} |

    Example: the values themselves stay
      Given a stored user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work", "primary": true}, {"value": "{user home}", "type": "home"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "emails[type eq \"home\"].primary", "value": true}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"emails": [{"value": "{user work}", "type": "work"}, {"value": "{user home}", "type": "home", "primary": true}]}
        """

  @RFC7644-3.5.2-12 @SHALL @data
  Rule: A PATCH is atomic
    One operation that cannot be done undoes all of them, wherever it stands, and
    the whole is answered with an error.

    Scenario Outline: <what>
      Given a stored user "A" with
        """json
        {"displayName": "Before", "externalId": "{marker}-1", "emails": [{"value": "{user work}", "type": "work"}]}
        """
      When the client patches "A" with
        """json
        [<operations>]
        """
      Then the answer is a refusal
      And "A" is as before

      Examples:
        | what                                        | operations |
        | a missing target first                      | {"op": "replace", "path": "emails[type eq \"other\"].value", "value": "{user other}"}, {"op": "replace", "path": "displayName", "value": "After"}, {"op": "replace", "path": "externalId", "value": "{marker}-2"} |
        | a missing target in the middle              | {"op": "replace", "path": "displayName", "value": "After"}, {"op": "replace", "path": "emails[type eq \"other\"].value", "value": "{user other}"}, {"op": "replace", "path": "externalId", "value": "{marker}-2"} |
        | a missing target last                       | {"op": "replace", "path": "displayName", "value": "After"}, {"op": "remove", "path": "externalId"}, {"op": "replace", "path": "emails[type eq \"other\"].value", "value": "{user other}"} |
        | a remove without a path last                | {"op": "add", "path": "emails", "value": [{"value": "{user other}", "type": "other"}]}, {"op": "remove"} |
        | a remove without a path first               | {"op": "remove"}, {"op": "add", "path": "emails", "value": [{"value": "{user other}", "type": "other"}]} |
        | an unknown op last                          | {"op": "remove", "path": "emails[type eq \"work\"]"}, {"op": "update", "path": "displayName", "value": "After"} |
        | an unknown op first                         | {"op": "update", "path": "displayName", "value": "After"}, {"op": "replace", "path": "externalId", "value": "{marker}-2"} |
        | a readOnly attribute last                   | {"op": "replace", "path": "displayName", "value": "After"}, {"op": "replace", "path": "id", "value": "{marker}-another"} |
        | an unknown attribute in the middle          | {"op": "replace", "path": "displayName", "value": "After"}, {"op": "replace", "path": "sduoNoSuchAttribute", "value": "x"}, {"op": "remove", "path": "externalId"} |
        | a wrong type last                           | {"op": "replace", "path": "displayName", "value": "After"}, {"op": "replace", "path": "active", "value": "maybe"} |
        | the removal of a required attribute last    | {"op": "replace", "path": "displayName", "value": "After"}, {"op": "remove", "path": "userName"} |

    @requires.groups
    Scenario Outline: <what> of a group
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A"
      And the members of "G" are "A"
      When the client patches "G" with
        """json
        [<operations>]
        """
      Then the answer is a refusal
      And the members of "G" are "A"
      And "G" is as before

      Examples:
        | what                              | operations |
        | an addition before the bad one    | {"op": "add", "path": "members", "value": [{"value": "{B.id}"}]}, {"op": "remove"} |
        | a removal before the bad one      | {"op": "remove", "path": "members[value eq \"{A.id}\"]"}, {"op": "update", "path": "displayName", "value": "x"} |
        | an addition after the bad one     | {"op": "remove"}, {"op": "add", "path": "members", "value": [{"value": "{B.id}"}]} |
        | a new name before the bad one     | {"op": "replace", "path": "displayName", "value": "{group renamed}"}, {"op": "replace", "path": "id", "value": "{marker}-another"} |

  @RFC7644-3.5.2-13 @SHALL
  Rule: Operations apply in their order, each to the result of the one before
    Section 3.5.2: the resulting resource is the target of the next operation.

    Scenario Outline: <what>
      Given a stored user "A" with
        """json
        {"displayName": "Before", "emails": [{"value": "{user work}", "type": "work"}]}
        """
      When the client patches "A" with
        """json
        [<operations>]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        <then>
        """

      Examples:
        | what                                 | operations | then |
        | the last of two values stays         | {"op": "replace", "path": "displayName", "value": "First"}, {"op": "replace", "path": "displayName", "value": "Second"} | {"displayName": "Second"} |
        | the last of three values stays       | {"op": "add", "path": "displayName", "value": "First"}, {"op": "replace", "path": "displayName", "value": "Second"}, {"op": "add", "path": "displayName", "value": "Third"} | {"displayName": "Third"} |
        | removed, then added                  | {"op": "remove", "path": "emails"}, {"op": "add", "path": "emails", "value": [{"value": "{user home}", "type": "home"}]} | {"emails": [{"value": "{user home}", "type": "home"}]} |
        | added, then selected                 | {"op": "add", "path": "emails", "value": [{"value": "{user home}", "type": "home"}]}, {"op": "replace", "path": "emails[type eq \"home\"].value", "value": "{user other}"} | {"emails": [{"value": "{user work}", "type": "work"}, {"value": "{user other}", "type": "home"}]} |
        | added, then removed                  | {"op": "add", "path": "emails", "value": [{"value": "{user home}", "type": "home"}]}, {"op": "remove", "path": "emails[type eq \"home\"]"} | {"emails": [{"value": "{user work}", "type": "work"}]} |
        | changed, then selected by the change | {"op": "replace", "path": "emails[type eq \"work\"].type", "value": "home"}, {"op": "replace", "path": "emails[type eq \"home\"].value", "value": "{user other}"} | {"emails": [{"value": "{user other}", "type": "home"}]} |

    @requires.groups
    Scenario Outline: <what> in a group
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A"
      And the members of "G" are "A"
      When the client patches "G" with
        """json
        [<operations>]
        """
      Then the answer is 200 or 204
      And the members of "G" are "<then>"

      Examples:
        | what                                | then | operations |
        | one removed and another added       | B    | {"op": "remove", "path": "members[value eq \"{A.id}\"]"}, {"op": "add", "path": "members", "value": [{"value": "{B.id}"}]} |
        | all removed and two added           | A, B | {"op": "remove", "path": "members"}, {"op": "add", "path": "members", "value": [{"value": "{A.id}"}, {"value": "{B.id}"}]} |
        | one added and all removed           |      | {"op": "add", "path": "members", "value": [{"value": "{B.id}"}]}, {"op": "remove", "path": "members"} |
        | one removed and added again         | A    | {"op": "remove", "path": "members[value eq \"{A.id}\"]"}, {"op": "add", "path": "members", "value": [{"value": "{A.id}"}]} |

  @RFC7644-3.5.2-14 @MUST
  Rule: A successful PATCH answers 200 with the whole resource, or 204 without a body
    Both are right. What a 200 shows is what a GET shows afterwards.

    Scenario Outline: <what>
      Given a stored user "A" with
        """json
        {"displayName": "Before", "externalId": "{marker}-1", "emails": [{"value": "{user work}", "type": "work"}]}
        """
      When the client patches "A" with
        """json
        [<operations>]
        """
      Then the answer is 200 or 204
      And the answer shows "A" as it is read now

      Examples:
        | what                 | operations |
        | a replaced value     | {"op": "replace", "path": "displayName", "value": "After"} |
        | an added element     | {"op": "add", "path": "emails", "value": [{"value": "{user home}", "type": "home"}]} |
        | a removed value      | {"op": "remove", "path": "externalId"} |
        | two operations       | {"op": "replace", "path": "displayName", "value": "After"}, {"op": "replace", "path": "externalId", "value": "{marker}-2"} |
        | without a path       | {"op": "replace", "value": {"displayName": "After", "externalId": "{marker}-2"}} |
        | nothing new          | {"op": "replace", "path": "displayName", "value": "Before"} |
        | a removed element    | {"op": "remove", "path": "emails[type eq \"work\"]"} |
        | a present element    | {"op": "add", "path": "emails", "value": [{"value": "{user work}", "type": "work"}]} |
        | a replaced list      | {"op": "replace", "path": "emails", "value": [{"value": "{user home}", "type": "home"}]} |
        | a part of an element | {"op": "replace", "path": "emails[type eq \"work\"].value", "value": "{user b}"} |
        | a new complex value  | {"op": "add", "path": "name", "value": {"givenName": "Bea", "familyName": "Birch"}} |
        | a deactivation       | {"op": "replace", "path": "active", "value": false} |
        | a new name           | {"op": "replace", "path": "userName", "value": "{user renamed}"} |

    @requires.groups
    Scenario Outline: <what> of a group
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A"
      When the client patches "G" with
        """json
        [<operations>]
        """
      Then the answer is 200 or 204
      And the answer shows "G" as it is read now

      Examples:
        | what             | operations |
        | a new name       | {"op": "replace", "path": "displayName", "value": "{group renamed}"} |
        | a new member     | {"op": "add", "path": "members", "value": [{"value": "{B.id}"}]} |
        | a removed member | {"op": "remove", "path": "members[value eq \"{A.id}\"]"} |
        | a present member | {"op": "add", "path": "members", "value": [{"value": "{A.id}"}]} |
        | other members    | {"op": "replace", "path": "members", "value": [{"value": "{B.id}"}]} |
        | the same members | {"op": "replace", "path": "members", "value": [{"value": "{A.id}"}]} |
        | no members       | {"op": "remove", "path": "members"} |
        | a name without a path | {"op": "replace", "value": {"displayName": "{group renamed}"}} |
        | one member in the place of another | {"op": "remove", "path": "members[value eq \"{A.id}\"]"}, {"op": "add", "path": "members", "value": [{"value": "{B.id}"}]} |

  @RFC7644-3.5.2-15 @MUST
  Rule: A PATCH with the attributes parameter answers 200 with just those
    Beside the attributes that are always returned.

    Example: one attribute of a user
      Given a stored user "A" with
        """json
        {"displayName": "Before", "externalId": "{marker}-1"}
        """
      When the client sends PATCH /Users/{A.id}?attributes=displayName with
        """json
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{"op": "replace", "path": "displayName", "value": "After"}]}
        """
      Then the answer is 200
      And the answer has
        """json
        {"id": "{A.id}", "displayName": "After"}
        """
      And its "externalId" is absent

    Example: another attribute than the changed one
      Given a stored user "A" with
        """json
        {"displayName": "Before", "externalId": "{marker}-1"}
        """
      When the client sends PATCH /Users/{A.id}?attributes=externalId with
        """json
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{"op": "replace", "path": "displayName", "value": "After"}]}
        """
      Then the answer is 200
      And the answer has
        """json
        {"id": "{A.id}", "externalId": "{marker}-1"}
        """
      And its "displayName" is absent
      And "A" now has
        """json
        {"displayName": "After", "externalId": "{marker}-1"}
        """

    @requires.groups
    Example: the members of a group
      Given a user "A"
      And a group "G"
      When the client sends PATCH /Groups/{G.id}?attributes=members with
        """json
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{"op": "add", "path": "members", "value": [{"value": "{A.id}"}]}]}
        """
      Then the answer is 200
      And the answer has
        """json
        {"id": "{G.id}", "members": [{"value": "{A.id}"}]}
        """

    Example: all but one attribute
      Given a stored user "A" with
        """json
        {"displayName": "Before", "externalId": "{marker}-1"}
        """
      When the client sends PATCH /Users/{A.id}?excludedAttributes=externalId with
        """json
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{"op": "replace", "path": "displayName", "value": "After"}]}
        """
      Then the answer is 200 or 204
      And its "externalId", if it has a body, is absent
      And "A" now has
        """json
        {"displayName": "After", "externalId": "{marker}-1"}
        """

  @RFC7644-3.5.2-16 @IMPLIED
  Rule: A path takes every form that the grammar gives it
    Attribute, sub-attribute, selected value, sub-attribute of selected values,
    each with the URN of its schema or without (section 3.10).

    Scenario Outline: <path>
      Given a stored user "A" with
        """json
        {"displayName": "Before", "name": {"givenName": "Ann", "familyName": "Alder"}, "emails": [{"value": "{user work}", "type": "work"}, {"value": "{user home}", "type": "home"}]}
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
        | path                                                                  | value     | then |
        | displayName                                                           | "After"   | {"displayName": "After"} |
        | name.familyName                                                       | "Birch"   | {"name": {"givenName": "Ann", "familyName": "Birch"}} |
        | emails[type eq \"work\"].value                                        | "{user b}" | {"emails": [{"value": "{user b}", "type": "work"}, {"value": "{user home}", "type": "home"}]} |
        | emails[type eq \"work\"]                                              | {"value": "{user b}", "type": "work"} | {"emails": [{"value": "{user b}", "type": "work"}, {"value": "{user home}", "type": "home"}]} |
        | emails                                                                | [{"value": "{user b}", "type": "work"}] | {"emails": [{"value": "{user b}", "type": "work"}]} |
        | urn:ietf:params:scim:schemas:core:2.0:User:displayName                | "After"   | {"displayName": "After"} |
        | urn:ietf:params:scim:schemas:core:2.0:User:name.familyName            | "Birch"   | {"name": {"givenName": "Ann", "familyName": "Birch"}} |
        | urn:ietf:params:scim:schemas:core:2.0:User:emails[type eq \"work\"].value | "{user b}" | {"emails": [{"value": "{user b}", "type": "work"}, {"value": "{user home}", "type": "home"}]} |
        | emails[value eq \"{user work}\"]                                      | {"value": "{user b}", "type": "work"} | {"emails": [{"value": "{user b}", "type": "work"}, {"value": "{user home}", "type": "home"}]} |
        | emails[value eq \"{user work}\"].value                                | "{user b}" | {"emails": [{"value": "{user b}", "type": "work"}, {"value": "{user home}", "type": "home"}]} |
        | emails[type eq \"work\"].type                                         | "other"   | {"emails": [{"value": "{user work}", "type": "other"}, {"value": "{user home}", "type": "home"}]} |
        | emails[type eq \"work\"].primary                                      | true      | {"emails": [{"value": "{user work}", "type": "work", "primary": true}, {"value": "{user home}", "type": "home"}]} |

    Scenario Outline: <op> at <path>
      Given a stored user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work"}, {"value": "{user home}", "type": "home"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "<op>", "path": "<path>"<value>}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"emails": <then>}
        """

      Examples:
        | op     | path                                   | value                   | then |
        | remove | emails[type eq \"work\"]               |                         | [{"value": "{user home}", "type": "home"}] |
        | remove | emails[value eq \"{user work}\"]       |                         | [{"value": "{user home}", "type": "home"}] |
        | add    | emails[type eq \"work\"].value         | , "value": "{user b}"   | [{"value": "{user b}", "type": "work"}, {"value": "{user home}", "type": "home"}] |
        | add    | emails[value eq \"{user work}\"].value | , "value": "{user b}"   | [{"value": "{user b}", "type": "work"}, {"value": "{user home}", "type": "home"}] |
        | add    | emails[type eq \"work\"].primary       | , "value": true         | [{"value": "{user work}", "type": "work", "primary": true}, {"value": "{user home}", "type": "home"}] |

    @requires.enterprise
    Scenario Outline: <op> of an attribute of an extension
      Given a stored user "A" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales", "costCenter": "4711"}}
        """
      When the client patches "A" with
        """json
        [{"op": "<op>", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"<value>}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": <then>, "costCenter": "4711"}}
        """

      Examples:
        | op      | value                | then      |
        | add     | , "value": "Support" | "Support" |
        | replace | , "value": "Support" | "Support" |
        | remove  |                      | null      |

    @requires.enterprise
    Example: a part of a complex attribute of an extension
      Given a user "M"
      And a user "N"
      And a stored user "A" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "{M.id}"}}}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value", "value": "{N.id}"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "{N.id}"}}}
        """

    @requires.groups
    Scenario Outline: <path> of a group
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A, B"
      And the members of "G" are "A, B"
      When the client patches "G" with
        """json
        [{"op": "remove", "path": "<path>"}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "<then>"

      Examples:
        | path                                                                          | then |
        | members                                                                       |      |
        | members[value eq \"{A.id}\"]                                                  | B    |
        | urn:ietf:params:scim:schemas:core:2.0:Group:members                           |      |
        | urn:ietf:params:scim:schemas:core:2.0:Group:members[value eq \"{A.id}\"]      | B    |

  @RFC7644-3.5.2-17 @IMPLIED
  Rule: A path is matched without regard to case
    Section 3.10: neither the URN nor the attribute nor its parts have a case. Nor
    have the operators of filters, and the values of what is not caseExact.

    Scenario Outline: <path>
      Given a stored user "A" with
        """json
        {"displayName": "Before", "name": {"givenName": "Ann", "familyName": "Alder"}, "emails": [{"value": "{user work}", "type": "work"}, {"value": "{user home}", "type": "home"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "<path>", "value": "<value>"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        <then>
        """

      Examples:
        | path                                                   | value    | then |
        | DISPLAYNAME                                            | After    | {"displayName": "After"} |
        | displayname                                            | After    | {"displayName": "After"} |
        | Name.FamilyName                                        | Birch    | {"name": {"givenName": "Ann", "familyName": "Birch"}} |
        | EMAILS[type eq \"work\"].value                         | {user b} | {"emails": [{"value": "{user b}", "type": "work"}, {"value": "{user home}", "type": "home"}]} |
        | emails[TYPE eq \"work\"].Value                         | {user b} | {"emails": [{"value": "{user b}", "type": "work"}, {"value": "{user home}", "type": "home"}]} |
        | emails[type eq \"WORK\"].value                         | {user b} | {"emails": [{"value": "{user b}", "type": "work"}, {"value": "{user home}", "type": "home"}]} |
        | emails[type EQ \"work\"].value                         | {user b} | {"emails": [{"value": "{user b}", "type": "work"}, {"value": "{user home}", "type": "home"}]} |
        | URN:IETF:params:scim:schemas:CORE:2.0:user:displayName | After    | {"displayName": "After"} |

    Example: names without a path
      Given a stored user "A" with
        """json
        {"displayName": "Before"}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "value": {"DisplayName": "After"}}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"displayName": "After"}
        """

    @requires.groups
    Example: the members of a group
      Given a user "A"
      And a group "G"
      When the client patches "G" with
        """json
        [{"op": "add", "path": "Members", "value": [{"value": "{A.id}"}]}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "A"

  @RFC7644-3.5.2-18 @SHALL @requires.enterprise
  Rule: An extension that a PATCH brings in is listed in schemas
    Its URN is added without the client naming "schemas".

    Scenario Outline: <op> <what>
      Given a stored user "B" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales"}}
        """
      And a user "A"
      When the client patches "A" with
        """json
        [{"op": "<op>"<path>, "value": <value>}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales"}}
        """
      When the client reads "A"
      Then its "schemas" contains "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
      And its "schemas" contains "urn:ietf:params:scim:schemas:core:2.0:User"

      Examples:
        | op      | what            | path                                                                                      | value   |
        | add     | by a path       | , "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"         | "Sales" |
        | replace | by a path       | , "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"         | "Sales" |
        | add     | without a path  |                                                                                           | {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales"}} |
        | replace | without a path  |                                                                                           | {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales"}} |

  @RFC7644-3.5.2-19 @IMPLIED
  Rule: A PATCH of a resource that does not exist answers 404
    Section 3.12; and it creates nothing.

    Example: a deleted user
      Given a user "A"
      When the client deletes "A"
      And the client sends PATCH /Users/{A.id} with
        """json
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{"op": "replace", "path": "displayName", "value": "After"}]}
        """
      Then the answer is 404
      And "A" is gone

    @requires.groups
    Example: a deleted group
      Given a user "A"
      And a group "G"
      When the client deletes "G"
      And the client sends PATCH /Groups/{G.id} with
        """json
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{"op": "add", "path": "members", "value": [{"value": "{A.id}"}]}]}
        """
      Then the answer is 404
      And "G" is gone

    Example: a made-up id
      When the client sends PATCH /Users/{marker}-no-such-id with
        """json
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{"op": "replace", "path": "displayName", "value": "After"}]}
        """
      Then the answer is a refusal

  @RFC7644-3.5.2-20 @IMPLIED
  Rule: A PATCH that changes something changes meta.lastModified and the version
    RFC 7643 section 3.1. A version only where the target has any.

    Scenario Outline: <what>
      Given a stored user "A" with
        """json
        {"displayName": "Before", "externalId": "{marker}-1"}
        """
      And a moment has passed since "A" was changed
      When the client patches "A" with
        """json
        [<operation>]
        """
      Then the answer is 200 or 204
      And the modification time of "A" is new

      Examples:
        | what               | operation |
        | a replaced value   | {"op": "replace", "path": "displayName", "value": "After"} |
        | a removed value    | {"op": "remove", "path": "externalId"} |
        | an added element   | {"op": "add", "path": "emails", "value": [{"value": "{user work}", "type": "work"}]} |

    @requires.groups
    Scenario Outline: <what> of a group
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A"
      And a moment has passed since "G" was changed
      When the client patches "G" with
        """json
        [<operation>]
        """
      Then the answer is 200 or 204
      And the modification time of "G" is new

      Examples:
        | what             | operation |
        | a new member     | {"op": "add", "path": "members", "value": [{"value": "{B.id}"}]} |
        | a removed member | {"op": "remove", "path": "members[value eq \"{A.id}\"]"} |

  @RFC7644-3.5.2-21 @IMPLIED @requires.filter
  Rule: The filter of a path may use every operator
    The grammar of a path takes its filter from section 3.4.2.2.

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

      Examples:
        | filter                                                         | then |
        | type eq \"work\"                                               | {"type": "home"}, {"type": "other"} |
        | type ne \"work\"                                               | {"type": "work"} |
        | value eq \"{user home}\"                                       | {"type": "work"}, {"type": "other"} |
        | value co \"-home@\"                                            | {"type": "work"}, {"type": "other"} |
        | value sw \"{marker}-work\"                                     | {"type": "home"}, {"type": "other"} |
        | type ew \"me\"                                                 | {"type": "work"}, {"type": "other"} |
        | type eq \"work\" or type eq \"home\"                           | {"type": "other"} |
        | type eq \"work\" and value eq \"{user work}\"                  | {"type": "home"}, {"type": "other"} |
        | not (type eq \"work\")                                         | {"type": "work"} |
        | type eq \"work\" or type eq \"home\" and value co \"-home@\"   | {"type": "other"} |
        | (type eq \"work\" or type eq \"home\") and value co \"-home@\" | {"type": "work"}, {"type": "other"} |

    Example: and that holds for no element removes nothing
      Given a stored user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work"}, {"value": "{user home}", "type": "home"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "remove", "path": "emails[type eq \"work\" and value eq \"{user home}\"]"}]
        """
      Then the answer is no server error
      And "A" is as before except for "meta"

    Scenario Outline: a value with <what>
      Given a stored user "A" with
        """json
        {"emails": [{"value": "{user one}", "type": "work", "display": "<text>"}, {"value": "{user two}", "type": "home", "display": "Other"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "remove", "path": "emails[display eq \"<quoted>\"]"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"emails": [{"value": "{user two}", "type": "home", "display": "Other"}]}
        """

      Examples:
        | what                | text             | quoted               |
        | a bracket           | Home] 1          | Home] 1              |
        | two brackets        | [Home]           | [Home]               |
        | a dot               | a.b              | a.b                  |
        | words of the filter | this and that eq | this and that eq     |
        | round brackets      | not (now)        | not (now)            |
        | an apostrophe       | Ann's            | Ann's                |
        | a comma             | Alder, Ann       | Alder, Ann           |
        | quotes              | \\"Ann\\"        | \\\\\\"Ann\\\\\\"    |

  @RFC7644-3.5.2-22 @SHALL
  Rule: Random operations come to what the standard defines
    Seeded random lists of operations go to the target and to our own model of
    section 3.5.2, within what the standard leaves no choice about; both have to
    come to the same. What goes wrong is shrunk to the smallest request that still
    does.

    Scenario Outline: fifteen requests to a user, seed <seed>
      When the client sends 15 random PATCH requests to a user, of the seed <seed>
      Then after each request the user is as RFC 7644 section 3.5.2 defines it

      Examples:
        | seed |
        | 11   |
        | 12   |
        | 13   |
        | 14   |

    @requires.groups
    Scenario Outline: fifteen requests to a group, seed <seed>
      When the client sends 15 random PATCH requests to a group, of the seed <seed>
      Then after each request the group is as RFC 7644 section 3.5.2 defines it

      Examples:
        | seed |
        | 21   |
        | 22   |

  @RFC7644-3.5.2-23 @IMPLIED @data
  Rule: A PATCH leaves alone what it does not name
    That is what partial modification is for.

    Scenario Outline: <what>
      Given a stored user "A" with
        """json
        {"displayName": "Before", "externalId": "{marker}-1", "active": true, "name": {"givenName": "Ann", "familyName": "Alder"}, "emails": [{"value": "{user work}", "type": "work", "primary": true}, {"value": "{user home}", "type": "home"}]}
        """
      When the client patches "A" with
        """json
        [<operation>]
        """
      Then the answer is 200 or 204
      And "A" is as before except for "<changed>"

      Examples:
        | what                             | changed     | operation |
        | replace of a value               | externalId    | {"op": "replace", "path": "externalId", "value": "{marker}-2"} |
        | add of a value                   | externalId    | {"op": "add", "path": "externalId", "value": "{marker}-2"} |
        | remove of a value                | externalId    | {"op": "remove", "path": "externalId"} |
        | replace without a path           | externalId    | {"op": "replace", "value": {"externalId": "{marker}-2"}} |
        | add without a path               | externalId    | {"op": "add", "value": {"externalId": "{marker}-2"}} |
        | replace of active                | active      | {"op": "replace", "path": "active", "value": false} |
        | add of an element                | emails      | {"op": "add", "path": "emails", "value": [{"value": "{user other}", "type": "other"}]} |
        | replace of a list                | emails      | {"op": "replace", "path": "emails", "value": [{"value": "{user other}", "type": "other"}]} |
        | replace of a selected value      | emails      | {"op": "replace", "path": "emails[type eq \"work\"].value", "value": "{user other}"} |
        | remove of a selected element     | emails      | {"op": "remove", "path": "emails[type eq \"home\"]"} |

    Example: all else that a user may have
      When the client creates the user "F" with
        """json
        {"userName": "{user full}", "displayName": "{marker} Fay", "externalId": "{marker}-full", "title": "Analyst", "nickName": "Fay", "active": true,
         "name": {"givenName": "Fay", "middleName": "Jo", "familyName": "Gray"}, "locale": "en-US", "userType": "Employee", "profileUrl": "https://example.com/fay",
         "preferredLanguage": "en", "timezone": "Europe/Paris", "emails": [{"value": "{user full}", "type": "work", "primary": true}],
         "phoneNumbers": [{"value": "tel:+12015550123", "type": "work"}], "ims": [{"value": "fay", "type": "xmpp"}],
         "photos": [{"value": "https://photos.example.com/fay.jpg", "type": "photo"}], "roles": [{"value": "alpha"}], "entitlements": [{"value": "beta"}],
         "addresses": [{"type": "work", "streetAddress": "1 Main Street", "locality": "Springfield", "country": "US"}],
         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales", "division": "North", "employeeNumber": "{marker}-7"}}
        """
      Then the answer is a success, or a refusal that ends the example
      When the client patches "F" with
        """json
        [{"op": "replace", "path": "title", "value": "Author"}]
        """
      Then the answer is a success, or a refusal that ends the example
      And "F" is as before except for "title"

    Example: the metadata of the creation
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "displayName", "value": "After"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"id": "{A.id}", "meta": {"resourceType": "User", "created": "{A.meta.created}", "location": "{A.meta.location}"}}
        """

    @requires.groups
    Scenario Outline: <what> of a group
      Given a user "A"
      And a user "B"
      And a group "G" with
        """json
        {"externalId": "{marker}", "members": [{"value": "{A.id}"}]}
        """
      When the client patches "G" with
        """json
        [<operation>]
        """
      Then the answer is 200 or 204
      And "G" is as before except for "<changed>"

      Examples:
        | what             | changed     | operation |
        | a new name       | displayName | {"op": "replace", "path": "displayName", "value": "{group renamed}"} |
        | a new externalId | externalId  | {"op": "replace", "path": "externalId", "value": "{marker}-2"} |
        | a new member     | members     | {"op": "add", "path": "members", "value": [{"value": "{B.id}"}]} |
        | a removed member | members     | {"op": "remove", "path": "members[value eq \"{A.id}\"]"} |
        | no members       | members     | {"op": "remove", "path": "members"} |

    @requires.groups
    Example: the members of another group
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
      And "A" still exists

    Example: a second request keeps what the first has changed
      Given a stored user "A" with
        """json
        {"displayName": "Before", "externalId": "{marker}-1"}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "displayName", "value": "After"}]
        """
      And the client patches "A" with
        """json
        [{"op": "replace", "path": "externalId", "value": "{marker}-2"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"displayName": "After", "externalId": "{marker}-2"}
        """

    @requires.groups
    Example: a second request keeps the new name of a group
      Given a user "A"
      And a group "G"
      When the client patches "G" with
        """json
        [{"op": "replace", "path": "displayName", "value": "{group renamed}"}]
        """
      And the client patches "G" with
        """json
        [{"op": "add", "path": "members", "value": [{"value": "{A.id}"}]}]
        """
      Then the answer is 200 or 204
      And "G" now has
        """json
        {"displayName": "{group renamed}", "members": [{"value": "{A.id}"}]}
        """

    @requires.groups
    Example: the groups of a user who is renamed
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A, B"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "userName", "value": "{user renamed}"}]
        """
      Then the answer is a success, or a refusal that ends the example
      And the members of "G" are "A, B"

    @requires.groups
    Example: the groups of a user who is deactivated
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A, B"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "active", "value": false}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "A, B"

    Example: a deactivated user stays so
      Given a stored user "A" with
        """json
        {"displayName": "Before", "active": false}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "displayName", "value": "After"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"displayName": "After", "active": false}
        """

  @RFC7644-3.5.2-24 @IMPLIED
  Rule: A PATCH cannot take the userName of another user
    Uniqueness holds for changes as for creations (section 3.12, "uniqueness").

    Scenario Outline: <what>
      Given a user "A"
      And a user "B"
      When the client patches "A" with
        """json
        [{"op": "replace"<operation>}]
        """
      Then the answer is 409 or 400 with scimType uniqueness or none
      And "A" is as before
      And "B" is as before

      Examples:
        | what           | operation                                      |
        | by a path      | , "path": "userName", "value": "{B.userName}"  |
        | without a path | , "value": {"userName": "{B.userName}"}        |

  @RFC7644-3.5.2-25 @SHALL
  Rule: A refused PATCH is answered by a SCIM error
    A status and a body as section 3.12 has them.

    Scenario Outline: <what>
      Given a user "A"
      When the client patches "A" with
        """json
        [<operation>]
        """
      Then the answer is a refusal
      And the answer is a SCIM error

      Examples:
        | what                  | operation |
        | an unknown op         | {"op": "update", "path": "displayName", "value": "x"} |
        | no path for a removal | {"op": "remove"} |
        | a readOnly attribute  | {"op": "replace", "path": "id", "value": "{marker}-another"} |
        | a missing target      | {"op": "replace", "path": "emails[type eq \"other\"].value", "value": "{user b}"} |
        | an unknown attribute  | {"op": "replace", "path": "sduoNoSuchAttribute", "value": "x"} |
        | a wrong type          | {"op": "replace", "path": "active", "value": "maybe"} |

  @RFC7644-3.5.2-26 @IMPLIED @requires.filter
  Rule: A PATCH counts for queries at once
    The resource is found by what it has now, and no longer by what it had.

    Example: a renamed user
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "userName", "value": "{user renamed}"}]
        """
      And the client sends GET /Users with the query
        | filter | userName eq "{user renamed}" |
      Then exactly "A" is found
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then nothing is found

    Example: a freed user name can be taken
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "userName", "value": "{user renamed}"}]
        """
      And the client creates the user "B" with
        """json
        {"userName": "{A.userName}"}
        """
      Then the answer is 201

    @requires.groups
    Example: a renamed group
      Given a group "G"
      When the client patches "G" with
        """json
        [{"op": "replace", "path": "displayName", "value": "{group renamed}"}]
        """
      And the client sends GET /Groups with the query
        | filter | displayName eq "{group renamed}" |
      Then exactly "G" is found
      When the client sends GET /Groups with the query
        | filter | displayName eq "{G.displayName}" |
      Then nothing is found

  @RFC7644-3.5.2-27 @IMPLIED
  Rule: The answer to a change names the resource and its version
    Where it names them at all: Location and meta.location are one, and so are
    ETag and meta.version.

    Example: a user
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "displayName", "value": "After"}]
        """
      Then the answer is 200 or 204
      And the headers of the answer agree with "A" as it is read now

  @RFC7644-3.5.2-28 @SHALL
  Rule: A body that is no JSON object is refused
    Section 3.12, "invalidSyntax"; nothing is changed.

    Scenario Outline: <what>
      Given a stored user "A" with
        """json
        {"displayName": "Before"}
        """
      When the client sends PATCH /Users/{A.id} with
        """
        <body>
        """
      Then the answer is 400 with scimType invalidSyntax or invalidValue or none
      And the answer is a SCIM error
      And "A" is as before

      Examples:
        | what                       | body |
        | an object that is cut off  | {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{"op": "replace", "path": "displayName", "value": "After"} |
        | a list of operations       | [{"op": "replace", "path": "displayName", "value": "After"}] |
        | a text                     | "replace" |
        | null                       | null |
        | a number                   | 7 |
        | no JSON at all             | op=replace&path=displayName&value=After |

  @RFC7644-3.5.2-29 @MUST @security @requires.changePassword
  Rule: A password that a PATCH sets is shown nowhere
    RFC 7643 section 7: it is never returned. A target may refuse the password.

    Scenario Outline: <what>
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "<op>"<operation>}]
        """
      Then the answer is no server error
      And its "password", if it has a body, is absent
      And "A" now has no "password"

      Examples:
        | what            | op      | operation                                     |
        | by a path       | replace | , "path": "password", "value": "{password b}" |
        | added by a path | add     | , "path": "password", "value": "{password b}" |
        | without a path  | replace | , "value": {"password": "{password b}"}       |
