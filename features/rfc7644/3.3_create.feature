Feature: RFC 7644, 3.3 Creating resources

  @RFC7644-3.3-01 @SHALL
  Rule: Attributes that are read-only are ignored in a creation
    Section 3.3. They are no reason to refuse the request either.

    Example: an id of the client's
      When the client creates the user "A" with
        """json
        {"id": "{marker}-mine"}
        """
      Then the answer is 201
      And its "id" is not "{marker}-mine"

    Example: the id of another user
      Given a user "B"
      When the client creates the user "A" with
        """json
        {"id": "{B.id}"}
        """
      Then the answer is 201
      And its "id" is not "{B.id}"
      And "B" is as before

    Example: dates of the client's
      When the client creates the user "A" with
        """json
        {"meta": {"created": "2001-01-01T00:00:00Z", "lastModified": "2001-01-01T00:00:00Z"}}
        """
      Then the answer is 201
      And "A" does not have
        | meta.created      | 2001-01-01T00:00:00Z |
        | meta.lastModified | 2001-01-01T00:00:00Z |

    Example: an address and a version of the client's
      When the client creates the user "A" with
        """json
        {"meta": {"location": "https://example.com/Users/{marker}", "version": "W/\"{marker}\""}}
        """
      Then the answer is 201
      And "A" does not have
        | meta.location | https://example.com/Users/{marker} |
        | meta.version  | W/"{marker}"                       |

    Example: a resource type of the client's
      When the client creates the user "A" with
        """json
        {"meta": {"resourceType": "Group"}}
        """
      Then the answer is 201
      And its "meta.resourceType" is "User"

    @requires.groups
    Example: membership of a group
      Given a group "G"
      When the client creates the user "A" with
        """json
        {"groups": [{"value": "{G.id}"}]}
        """
      Then the answer is 201
      And "A" now has no "groups"
      And the members of "G" are ""

    @requires.groups
    Example: a group with an id of the client's
      When the client creates the group "G" with
        """json
        {"id": "{marker}-mine", "meta": {"created": "2001-01-01T00:00:00Z"}}
        """
      Then the answer is 201
      And its "id" is not "{marker}-mine"
      And "G" does not have
        | meta.created | 2001-01-01T00:00:00Z |

  @RFC7644-3.3-02 @MAY
  Rule: null and the empty array stand for no value
    Section 3.3 lets a client clear a default so. Accepted or not, they never become values.

    Example: null for a single-valued attribute
      When the client creates the user "A" from
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user}", "displayName": null}
        """
      Then the answer is 201, or 400 and the example ends
      And "A" has no "displayName"

    Example: an empty array for a multi-valued attribute
      When the client creates the user "A" with
        """json
        {"emails": [], "phoneNumbers": []}
        """
      Then the answer is 201, or 400 and the example ends
      And "A" has no "emails"
      And "A" has no "phoneNumbers"

    Example: null for a multi-valued and a complex attribute
      When the client creates the user "A" from
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user}", "emails": null, "name": null}
        """
      Then the answer is 201, or 400 and the example ends
      And "A" has no "emails"

    @requires.groups
    Example: a group with an empty array of members
      When the client creates the group "G" with
        """json
        {"members": []}
        """
      Then the answer is 201, or 400 and the example ends
      And "G" has no "members"

  @RFC7644-3.3-03 @SHALL
  Rule: A successful creation answers 201
    Section 3.3.

    Example: a user with only the required attributes
      When the client creates the user "A"
      Then the answer is 201

    Example: a user with more
      When the client creates the user "A" with
        """json
        {"displayName": "Ada {marker}", "active": true, "externalId": "{marker}",
         "name": {"givenName": "Ada", "familyName": "Lovelace"},
         "emails": [{"value": "{user}", "type": "work", "primary": true}]}
        """
      Then the answer is 201
      And "A" now has
        """json
        {"displayName": "Ada {marker}", "active": true, "externalId": "{marker}",
         "name": {"givenName": "Ada", "familyName": "Lovelace"}}
        """

    Example: a user who is not active
      When the client creates the user "A" with
        """json
        {"active": false}
        """
      Then the answer is 201
      And "A" now has
        """json
        {"active": false}
        """

    @requires.groups
    Example: a group
      When the client creates the group "G"
      Then the answer is 201

    @requires.groups
    Example: a group with a member
      Given a user "A"
      When the client creates the group "G" with
        """json
        {"members": [{"value": "{A.id}"}]}
        """
      Then the answer is 201
      And the members of "G" are "A"

    Example: two users with the same attributes but the name
      Given a user "B" with
        """json
        {"displayName": "Same {marker}"}
        """
      When the client creates the user "A" with
        """json
        {"displayName": "Same {marker}"}
        """
      Then the answer is 201
      And its "id" is not "{B.id}"

    @requires.groups
    Example: a user and a group of one name
      Given a user "A"
      When the client creates the group "G" with
        """json
        {"displayName": "{A.userName}"}
        """
      Then the answer is 201

  @RFC7644-3.3-04 @SHOULD
  Rule: The answer to a creation contains the new resource
    Section 3.3.

    Example: a user
      When the client creates the user "A" with
        """json
        {"displayName": "Ada {marker}", "name": {"givenName": "Ada", "familyName": "Lovelace"}}
        """
      Then the answer is 201
      And the answer shows all of "A"

    @requires.groups
    Example: a group with a member
      Given a user "A"
      When the client creates the group "G" with
        """json
        {"members": [{"value": "{A.id}"}]}
        """
      Then the answer is 201
      And the answer shows all of "G"

  @RFC7644-3.3-05 @SHALL
  Rule: The answer to a creation tells where the new resource is
    Section 3.3: in the header Location and in meta.location. Both are compared after relative addresses are resolved;
    by what host name a server knows itself does not matter.

    Example: a user
      When the client creates the user "A"
      Then the answer is 201
      And the answer tells where "A" is

    @requires.groups
    Example: a group
      When the client creates the group "G"
      Then the answer is 201
      And the answer tells where "G" is

    Example: the second of two users
      Given a user "B"
      When the client creates the user "A"
      Then the answer tells where "A" is

    @requires.groups
    Example: a group with a member
      Given a user "A"
      When the client creates the group "G" with
        """json
        {"members": [{"value": "{A.id}"}]}
        """
      Then the answer tells where "G" is

    Example: the address stays the same when it is read
      When the client creates the user "A"
      And the client reads "A"
      Then its "meta.location" is "{A.meta.location}"

    Example: the address stays the same when the user is replaced
      Given a user "A"
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "displayName": "Replaced {marker}"}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"meta": {"location": "{A.meta.location}"}}
        """

    @requires.patch
    Example: the address stays the same when the user is changed
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "displayName", "value": "Changed {marker}"}]
        """
      Then the answer is a success
      And "A" now has
        """json
        {"meta": {"location": "{A.meta.location}"}}
        """

    @requires.filter
    Example: the address in a list
      Given a user "A"
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then its "Resources[0].meta.location" is "{A.meta.location}"

  @RFC7644-3.3-06 @MUST
  Rule: A duplicate answers 409 with scimType uniqueness
    Section 3.3. The user name is the one attribute that every server has to keep unique, without regard to case
    (RFC 7643 section 4.1.1).

    Example: the same request twice
      Given a user "A"
      When the client creates the user "A"
      Then the answer is 409 with scimType uniqueness

    Example: the same name for somebody else
      Given a user "A"
      When the client creates the user "B" with
        """json
        {"userName": "{A.userName}", "displayName": "Somebody else {marker}", "externalId": "{marker}-b"}
        """
      Then the answer is 409 with scimType uniqueness

    Example: the same name in capital letters
      Given a user "A"
      When the client creates the user "B" with
        """json
        {"userName": "{upper A.userName}"}
        """
      Then the answer is 409 with scimType uniqueness

    Example: the name of a user who is not active
      Given a user "A" with
        """json
        {"active": false}
        """
      When the client creates the user "B" with
        """json
        {"userName": "{A.userName}"}
        """
      Then the answer is 409 with scimType uniqueness

    Example: the name of a user as a PUT has left it
      Given a user "A"
      When the client replaces "A" with
        """json
        {"userName": "{user renamed}"}
        """
      And the client creates the user "B" with
        """json
        {"userName": "{user renamed}"}
        """
      Then the answer is 409 with scimType uniqueness

    Example: the third time
      Given a user "A"
      When the client creates the user "B" with
        """json
        {"userName": "{A.userName}"}
        """
      And the client creates the user "C" with
        """json
        {"userName": "{A.userName}"}
        """
      Then the answer is 409 with scimType uniqueness

    Example: as one user among several
      Given a user "A"
      And a user "B"
      When the client creates the user "C" with
        """json
        {"userName": "{A.userName}"}
        """
      Then the answer is 409 with scimType uniqueness

  @RFC7644-3.3-07 @IMPLIED
  Rule: A refused duplicate changes nothing
    Table 8 of section 3.12: the server refused to create a duplicate. What was there stays as it was.

    Example: the first user stays as it was
      Given a user "A" with
        """json
        {"displayName": "The first {marker}", "externalId": "{marker}-1", "emails": [{"value": "{user first}", "type": "work"}]}
        """
      When the client creates the user "B" with
        """json
        {"userName": "{A.userName}", "displayName": "The second {marker}"}
        """
      Then the answer is 409
      And "A" is as before

    @requires.filter
    Example: there is one user of the name
      Given a user "A"
      When the client creates the user "B" with
        """json
        {"userName": "{A.userName}", "displayName": "The second {marker}"}
        """
      And the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then its "totalResults" is 1

    @requires.filter
    Example: there is one user of the name in any case
      Given a user "A"
      When the client creates the user "B" with
        """json
        {"userName": "{upper A.userName}"}
        """
      And the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then its "totalResults" is 1

    Example: the refusal is a SCIM error
      Given a user "A"
      When the client creates the user "B" with
        """json
        {"userName": "{A.userName}"}
        """
      Then the answer is 409
      And the answer is a SCIM error

    Example: another name is free afterwards
      Given a user "A"
      When the client creates the user "B" with
        """json
        {"userName": "{A.userName}"}
        """
      And the client creates the user "C"
      Then the answer is 201

  @RFC7644-3.3-08 @IMPLIED
  Rule: A body that is no JSON answers 400
    Table 8 of section 3.12; where a scimType is given it is invalidSyntax (table 9).

    Scenario Outline: creating with <what>
      When the client sends POST /Users with
        """
        <body>
        """
      Then the answer is 400 with scimType invalidSyntax or none
      And the answer is a SCIM error
      And no user is called "{user new}"

      Examples:
        | what              | body                                                                                                                          |
        | half a document   | {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user new}"                                          |
        | an unclosed text  | {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user new}", "displayName": "{marker}}               |
        | an unquoted text  | {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user new}", "displayName": {marker} text}           |
        | no colon          | {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user new}", "displayName" "{marker}"}               |
        | a bare word       | hello {marker}                                                                                                                |
        | a wrong bracket   | {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user new}", "emails": [{"value": "{user x}"]}} |

      @abuse
      Examples:
        | what              | body                                                                                                                          |
        | 10000 open arrays | {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user new}", "sduoDeep": {open arrays 10000}}        |

    @requires.groups
    Example: creating a group
      When the client sends POST /Groups with
        """
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "{group new}"
        """
      Then the answer is 400 with scimType invalidSyntax or none
      And the answer is a SCIM error

    Example: replacing
      Given a user "A"
      When the client sends PUT /Users/{A.id} with
        """
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{A.userName}"
        """
      Then the answer is 400 with scimType invalidSyntax or none
      And "A" is as before

    @requires.patch
    Example: changing
      Given a user "A"
      When the client sends PATCH /Users/{A.id} with
        """
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{"op": "replace", "path": "displayName", "value": "{marker}"}]
        """
      Then the answer is 400 with scimType invalidSyntax or none
      And "A" is as before

    @requires.search
    Example: searching
      When the client sends POST /Users/.search with
        """
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"]
        """
      Then the answer is 400 with scimType invalidSyntax or none

    @requires.bulk
    Example: a bulk request
      When the client sends POST /Bulk with
        """
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user new}"}}
        """
      Then the answer is 400 with scimType invalidSyntax or none
      And no user is called "{user new}"

    Scenario Outline: creating with <what>
      When the client sends POST /Users with
        """
        <body>
        """
      Then the answer is 400 or 415
      And the answer is a SCIM error

      Examples:
        | what      | body                                         |
        | XML       | <User><userName>{user new}</userName></User> |
        | form data | userName={user new}&active=true              |

    Scenario Outline: <what>, which some readers of JSON let pass
      When the client sends POST /Users with
        """
        <body>
        """
      Then the answer is 201 or 400

      Examples:
        | what              | body                                                                                                   |
        | a comma too many  | {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user new}",}                 |
        | a comment         | {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user new}" /* a comment */}  |
        | single quotes     | {'schemas': ['urn:ietf:params:scim:schemas:core:2.0:User'], 'userName': '{user new}'}                  |
        | a byte order mark | {byte order mark}{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user new}"} |

  @RFC7644-3.3-09 @IMPLIED
  Rule: A missing required value answers 400
    Table 9 of section 3.12 has invalidValue for it; invalidSyntax, for a body that does not fit its schema, is near enough.

    Example: no user name
      When the client sends POST /Users with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "displayName": "{marker}", "externalId": "{marker}"}
        """
      Then the answer is 400 with scimType invalidValue or invalidSyntax or none
      And the answer is a SCIM error

    Example: the user name null
      When the client sends POST /Users with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": null, "displayName": "{marker}"}
        """
      Then the answer is 400 with scimType invalidValue or invalidSyntax or none

    Example: an empty user name
      When the client sends POST /Users with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "", "displayName": "{marker}"}
        """
      Then the answer is 400 with scimType invalidValue or invalidSyntax or none

    @requires.groups
    Example: a group without a name
      When the client sends POST /Groups with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "externalId": "{marker}"}
        """
      Then the answer is 400 with scimType invalidValue or invalidSyntax or none
      And the answer is a SCIM error

    @requires.groups
    Example: a group with the name null
      When the client sends POST /Groups with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": null, "externalId": "{marker}"}
        """
      Then the answer is 400 with scimType invalidValue or invalidSyntax or none

  @RFC7644-3.3-10 @IMPLIED @abuse
  Rule: A value of the wrong JSON type is refused or never stored as it is
    Table 9 of section 3.12. Many servers convert between a text and what it stands for, or a single value and an array
    of one, and nobody is hurt; where nothing can be converted, the request is refused.

    Scenario Outline: <what>
      When the client creates the user "A" with
        """json
        {"externalId": "{marker}", "<attribute>": <value>}
        """
      Then the answer is 400 with scimType invalidValue or invalidSyntax or none
      And the answer is a SCIM error

      Examples:
        | what                              | attribute   | value                |
        | an object as a user name          | userName    | {"value": "{user}"}  |
        | an array as a user name           | userName    | ["{user}", "x"]      |
        | an object as a display name       | displayName | {"value": "{marker}"} |
        | an array as a display name        | displayName | ["{marker}", "x"]    |
        | a text as a name                  | name        | "{marker}"           |
        | a number as a name                | name        | 42                   |
        | an object as a boolean            | active      | {"value": true}      |
        | an array as a boolean             | active      | [true, false]        |
        | a text that is no boolean         | active      | "perhaps"            |
        | a number as e-mail addresses      | emails      | 42                   |
        | true as e-mail addresses          | emails      | true                 |
        | numbers as e-mail addresses       | emails      | [1, 2]               |
        | arrays as e-mail addresses        | emails      | [["a"], ["b"]]       |
        | an object in a sub-attribute      | name        | {"givenName": {"a": "b"}} |
        | an object as an e-mail's value    | emails      | [{"value": {"a": "b"}}] |
        | a text as primary                 | emails      | [{"value": "{user}", "primary": "perhaps"}] |

    @requires.groups
    Scenario Outline: a group with <what>
      When the client creates the group "G" with
        """json
        {"externalId": "{marker}", "<attribute>": <value>}
        """
      Then the answer is 400 with scimType invalidValue or invalidSyntax or none
      And the answer is a SCIM error

      Examples:
        | what                  | attribute   | value                 |
        | an object as its name | displayName | {"value": "{marker}"} |
        | a number as members   | members     | 42                    |
        | members that are true | members     | [true]                |

    Scenario Outline: <what>, which can be converted
      When the client creates the user "A" with
        """json
        {"<attribute>": <value>}
        """
      Then the answer is 201, or 400 and the example ends
      And the "<attribute>" of "A" is <type> or absent

      Examples:
        | what                          | attribute   | value              | type      |
        | a text as a boolean           | active      | "true"             | a boolean |
        | a number as a boolean         | active      | 1                  | a boolean |
        | a number as a text            | displayName | 42                 | a string  |
        | a boolean as a text           | displayName | true               | a string  |
        | one address without an array  | emails      | {"value": "{user}"} | an array |
        | a text as e-mail addresses    | emails      | "{user}"           | an array  |

    Scenario Outline: schemas as <what>
      When the client sends POST /Users with
        """json
        {"schemas": <value>, "userName": "{user}"}
        """
      Then the answer is 400

      Examples:
        | what      | value                          |
        | an object | {"value": "{marker}"}          |
        | a number  | 42                             |
        | numbers   | [1, 2]                         |

  @RFC7644-3.3-11 @IMPLIED
  Rule: An attribute that no schema declares is dropped or refused
    Section 3.1: a server interprets a request in the context of its own schema.

    Example: of a user
      When the client creates the user "A" with
        """json
        {"sduoUnknown": "{marker}"}
        """
      Then the answer is 201, or 400 and the example ends
      And "A" has no "sduoUnknown"

    Example: within a complex attribute
      When the client creates the user "A" with
        """json
        {"name": {"familyName": "Lovelace", "sduoUnknown": "x"}}
        """
      Then the answer is 201, or 400 and the example ends
      And "A" has no "name.sduoUnknown"

    Example: of an extension that nobody knows
      When the client creates the user "A" from
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user}",
         "urn:example:params:scim:schemas:extension:sduo:2.0:User": {"sduoUnknown": "x"}}
        """
      Then the answer is 201, or 400 and the example ends
      And "A" has no "urn:example:params:scim:schemas:extension:sduo:2.0:User"

    @requires.groups
    Example: of a group
      When the client creates the group "G" with
        """json
        {"sduoUnknown": "{marker}"}
        """
      Then the answer is 201, or 400 and the example ends
      And "G" has no "sduoUnknown"

    Example: the answer to the creation does not echo it either
      When the client creates the user "A" with
        """json
        {"sduoUnknown": "{marker}"}
        """
      Then the answer is 201 or 400
      And its "sduoUnknown" is absent

    @abuse
    Scenario Outline: <what>
      When the client sends POST /Users with
        """
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user new}", <attribute>}
        """
      Then the answer is 201 or 400 or 413
      And its "admin" is absent

      Examples:
        | what                    | attribute                                        |
        | an empty name           | "": "x"                                          |
        | a name of the runtime's | "__proto__": {"admin": true}, "constructor": "x" |
        | a number beyond all     | "sduoNumber": 1e99999                            |

  @RFC7644-3.3-12 @SHOULD
  Rule: A body that does not name the schema of its resource answers 400
    RFC 7643 section 3 demands the schema; section 3.12 advises 400 for what violates it.

    Scenario Outline: a user with <what>
      When the client sends POST /Users with
        """
        <body>
        """
      Then the answer is 400 with scimType invalidSyntax or invalidValue or none
      And the answer is a SCIM error
      And no user is called "{user new}"

      Examples:
        | what                   | body                                                                                          |
        | no schemas             | {"userName": "{user new}"}                                                                    |
        | null for schemas       | {"schemas": null, "userName": "{user new}"}                                                   |
        | no schema in schemas   | {"schemas": [], "userName": "{user new}"}                                                     |
        | a null in schemas      | {"schemas": [null], "userName": "{user new}"}                                                 |
        | a foreign schema       | {"schemas": ["urn:example:params:scim:schemas:Sduo"], "userName": "{user new}"}               |
        | the schema of messages | {"schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"], "userName": "{user new}"} |
        | the schema of a group  | {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "userName": "{user new}"}        |

    @requires.groups
    Example: a group with the schema of a user
      When the client sends POST /Groups with
        """
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "displayName": "{group new}"}
        """
      Then the answer is 400 with scimType invalidSyntax or invalidValue or none
      And the answer is a SCIM error

  @RFC7644-3.3-13 @IMPLIED
  Rule: A creation without a body answers 400
    Table 8 of section 3.12.

    Example: no body for a user
      When the client sends POST /Users with nothing as its body
      Then the answer is 400 with scimType invalidSyntax or invalidValue or none
      And the answer is a SCIM error

    @requires.groups
    Example: no body for a group
      When the client sends POST /Groups with nothing as its body
      Then the answer is 400 with scimType invalidSyntax or invalidValue or none
      And the answer is a SCIM error

    @requires.patch
    Example: a change without a body
      Given a user "A"
      When the client sends PATCH /Users/{A.id} with nothing as its body
      Then the answer is 400 with scimType invalidSyntax or invalidValue or none
      And "A" is as before

    Scenario Outline: <what> in place of an object
      When the client sends POST /Users with
        """
        <body>
        """
      Then the answer is 400 with scimType invalidSyntax or invalidValue or none
      And the answer is a SCIM error
      And no user is called "{user new}"

      Examples:
        | what             | body                                                                                    |
        | an array         | [{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user new}"}] |
        | a text           | "{marker}"                                                                              |
        | null             | null                                                                                    |
        | a number         | 7                                                                                       |
        | an array of text | ["{marker}"]                                                                            |

    Example: an array in place of a user who is replaced
      Given a user "A"
      When the client sends PUT /Users/{A.id} with
        """
        [{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{A.userName}"}]
        """
      Then the answer is 400 with scimType invalidSyntax or invalidValue or none
      And "A" is as before

    @requires.patch
    Example: an array in place of a change
      Given a user "A"
      When the client sends PATCH /Users/{A.id} with
        """
        [{"op": "replace", "path": "displayName", "value": "{marker}"}]
        """
      Then the answer is 400 with scimType invalidSyntax or invalidValue or none
      And "A" is as before

  @RFC7644-3.3-14 @IMPLIED
  Rule: A body of a foreign media type is no server error
    Section 3.8 names the media types; RFC 9110 has 415 for others, and table 8 400. A server may also read JSON for what it is.

    Scenario Outline: a user as <type>
      Given the next request has the header "Content-Type" with "<type>"
      When the client sends POST /Users with a new user as its body
      Then the answer is 201 or 400 or 415

      Examples:
        | type                              |
        | text/plain                        |
        | application/xml                   |
        | application/x-www-form-urlencoded |
        | multipart/form-data               |
        | image/png                         |
        | no media type                     |

    Example: a user without a media type
      Given the next request has no header "Content-Type"
      When the client sends POST /Users with a new user as its body
      Then the answer is 201 or 400 or 415

    Scenario Outline: <what> as <type>
      Given the next request has the header "Content-Type" with "<type>"
      When the client sends POST /Users with
        """
        <body>
        """
      Then the answer is 400 or 415
      And the answer is a SCIM error
      And no user is called "{user new}"

      Examples:
        | what      | type                              | body                                         |
        | XML       | application/xml                   | <User><userName>{user new}</userName></User> |
        | form data | application/x-www-form-urlencoded | userName={user new}&active=true              |

    @requires.patch
    Example: a change as XML
      Given a user "A"
      And the next request has the header "Content-Type" with "application/xml"
      When the client sends PATCH /Users/{A.id} with
        """
        <PatchOp><path>displayName</path><value>{marker}</value></PatchOp>
        """
      Then the answer is 400 or 415
      And "A" is as before

  @RFC7644-3.3-15 @IMPLIED @abuse
  Rule: A large body is taken or refused, and breaks nothing
    Table 8 of section 3.12 has 413 for it.

    Scenario Outline: <what>
      When the client sends POST /Users with
        """
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user new}", <attributes>}
        """
      Then the answer is 201 or 400 or 413
      And each server error is a SCIM error

      Examples:
        | what               | attributes                      |
        | a megabyte of text | "displayName": "{long 1048576}" |
        | 50000 members      | {unknown attributes 50000}      |

    Example: the server goes on afterwards
      Given a user "A"
      When the client sends POST /Users with
        """
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user new}", "displayName": "{long 1048576}"}
        """
      And the client reads "A"
      Then the answer is 200

  @RFC7644-3.3-16 @IMPLIED @abuse
  Rule: A name that is repeated in one object is refused or read always the same
    RFC 7643 section 2.1: names have no case. What is accepted is one of the values, and the same on every occasion.

    Scenario Outline: <what>
      When the client sends POST /Users with
        """
        <body>
        """
      Then the answer is 201 or 400

      Examples:
        | what                  | body                                                                                                                                             |
        | one name twice        | {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user new}", "displayName": "One", "displayName": "Two"}                |
        | one name in two cases | {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user new}", "displayName": "One", "DISPLAYNAME": "Two"}                |
        | a user name twice     | {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user new}", "username": "{user other}"}                                |
        | the schemas twice     | {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user new}", "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"]} |
        | a schema named twice  | {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user new}"}              |

    Example: the value that is told is the value that is kept
      When the client creates the user "A" from
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user}", "displayName": "One {marker}", "DISPLAYNAME": "Two {marker}"}
        """
      Then the answer is 201, or 400 and the example ends
      And the answer agrees with "A" as it is read now

  @RFC7644-3.3-17 @SHOULD
  Rule: Text behind the document is refused
    RFC 8259: a JSON text is one value. A reader that stops at its end does not notice that a request was broken.

    Scenario Outline: <what>
      When the client sends POST /Users with
        """
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user new}"}<behind>
        """
      Then the answer is 400 with scimType invalidSyntax or none
      And no user is called "{user new}"

      Examples:
        | what                       | behind                                                                                  |
        | text behind the document   | and more                                                                                |
        | a bracket too many         | }                                                                                       |
        | a second document          | {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user other}"} |
        | a text behind the document | "more"                                                                                  |

  @RFC7644-3.3-18 @IMPLIED @abuse
  Rule: Deeply nested JSON breaks nothing
    Table 8 of section 3.12: it may be refused as a client's error.

    Scenario Outline: <what>
      When the client sends POST /Users with
        """
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user new}", <attribute>}
        """
      Then the answer is 201 or 400 or 413

      Examples:
        | what                     | attribute                          |
        | 10000 nested arrays      | "sduoDeep": {nested arrays 10000}  |
        | 10000 nested objects     | "sduoDeep": {nested objects 10000} |
        | a name nested 10000 deep | "name": {nested givenName 10000}   |

    Example: the server goes on afterwards
      Given a user "A"
      When the client sends POST /Users with
        """
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user new}", "sduoDeep": {nested arrays 10000}}
        """
      And the client reads "A"
      Then the answer is 200

  @RFC7644-3.3-19 @IMPLIED @abuse
  Rule: Characters that cannot be stored are refused or kept, and break nothing
    Table 8 of section 3.12 has 400 for what is not acceptable; a server that fails has not looked.

    Scenario Outline: <what>
      When the client sends POST /Users with
        """
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user new}", "displayName": "<text>"}
        """
      Then the answer is 201 or 400
      And each body is UTF-8

      Examples:
        | what                   | text                    |
        | bytes that are no text | a{invalid UTF-8}b       |
        | a NUL character        | a\\u0000b               |
        | half a surrogate       | a\\ud83db               |
        | control characters     | a\\u0001\\u001f\\u007fb |

  @RFC7644-3.3-20 @IMPLIED @abuse
  Rule: What was refused is not stored
    Table 8 of section 3.12. An error says that the request was not carried out.

    Example: a wrong attribute beside good ones
      When the client sends POST /Users with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user}", "name": "no object"}
        """
      Then the answer is 400
      And no user is called "{user}"

    @requires.groups
    Example: a group with a wrong attribute
      When the client sends POST /Groups with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "{group}", "members": 42}
        """
      Then the answer is 400
      And no group is called "{group}"

    Example: the name is free after a refusal
      When the client sends POST /Users with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user A}", "name": "no object"}
        """
      Then the answer is 400
      When the client creates the user "A"
      Then the answer is 201
