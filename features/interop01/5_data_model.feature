Feature: SCIM Interoperability Profile, draft 01: 5 Data model

  @INTEROP01-5.1-01 @MUST
  Rule: The three discovery endpoints are there

    Example: /ServiceProviderConfig
      When the client sends GET /ServiceProviderConfig
      Then the answer is 200
      And its "schemas" contains "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"

    Scenario Outline: <endpoint>
      When the client sends GET <endpoint>
      Then the answer is 200 with a list
      And its "Resources[0]" is present

      Examples:
        | endpoint       |
        | /Schemas       |
        | /ResourceTypes |

  @INTEROP01-5.1-02 @MUST
  Rule: /Schemas describes exactly what the server has
    Nothing is shown that is not described, and what is described and taken is kept.

    Example: nothing is shown that is not described
      Given the target publishes its schemas
      And a user and a group with a value for every attribute that a client can write
      When the client reads, lists, searches, replaces and patches both of them
      Then no answer shows an attribute that the schemas of its resource type do not declare

    Example: what is described is kept, of a user
      Given the target publishes its schemas
      And a user "A"
      When the client creates a resource like "A", sending a value for every writable attribute
      Then each value that was accepted is read back

    @requires.groups
    Example: what is described is kept, of a group
      Given the target publishes its schemas
      And a user "A"
      And a group "G"
      When the client creates a resource like "G", sending a value for every writable attribute
      Then each value that was accepted is read back

  @INTEROP01-5.1-03 @MUST
  Rule: Each schema that a resource type names is at /Schemas

    Example: the base schemas
      When the client sends GET /ResourceTypes
      Then every "Resources[].schema" of the answer is the id of a schema

    Example: the extensions
      When the client sends GET /ResourceTypes
      Then every "Resources[].schemaExtensions[].schema" of the answer is the id of a schema

  @INTEROP01-5.1-04 @MAY @unobservable
  Rule: The discovery resources need not describe themselves
    A permission: with them and without them /Schemas and /ResourceTypes are right.

  @INTEROP01-5.1-05 @MUST
  Rule: Each resource type has an id
    RFC 7643 section 6 makes the id of a resource type optional.

    Example: the ids
      When the client sends GET /ResourceTypes
      Then every "Resources[].id" of the answer is a text

  @INTEROP01-5.1-06 @MUST
  Rule: The id of a resource type is its name
    RFC 7643 section 6 recommends no more than that they are often the same.

    Example: the ids and the names
      When the client sends GET /ResourceTypes
      Then the "id" of each resource in the list is its "name"

  @INTEROP01-5.2-01 @MUST @requires.filter
  Rule: Filters and uniqueness see the same letters as different
    Judged at userName, the one attribute that is unique everywhere.

    Example: a new user with the name in other letters
      Given a user "A" with
        """json
        {"userName": "case-{user}"}
        """
      When the client creates the user "B" with
        """json
        {"userName": "CASE-{user}"}
        """
      Then the answer is a refusal if the filter userName eq "CASE-{user}" finds "A", and a success otherwise

    Example: a new user with the same name
      Given a user "A" with
        """json
        {"userName": "Case-{user}"}
        """
      When the client creates the user "B" with
        """json
        {"userName": "Case-{user}"}
        """
      Then the answer is a refusal if the filter userName eq "Case-{user}" finds "A", and a success otherwise

  @INTEROP01-5.2-02 @MUST @requires.filter
  Rule: For POST and for PATCH the rules of case are those of filters

    Example: a user takes the name of another in other letters
      Given a user "A" with
        """json
        {"userName": "case-{user}"}
        """
      And a user "B"
      When the client patches "B" with
        """json
        [{"op": "replace", "path": "userName", "value": "CASE-{user}"}]
        """
      Then the answer is a refusal if the filter userName eq "CASE-{user}" finds "A", and a success otherwise

    Example: a user is created with the name of another in other letters
      Given a user "A" with
        """json
        {"userName": "CASE-{user}"}
        """
      When the client creates the user "B" with
        """json
        {"userName": "case-{user}"}
        """
      Then the answer is a refusal if the filter userName eq "case-{user}" finds "A", and a success otherwise

  @INTEROP01-5.2-03 @MUST
  Rule: Ids in other letters are other ids

    Example: a user is read by the id in other letters
      Given a user "A"
      When the client reads "A" by its id in other letters
      Then the answer is 404

  @INTEROP01-5.2-04 @MUST @requires.filter
  Rule: External ids in other letters are other external ids
    Where the server has them.

    Example: a filter in other letters
      Given a user "A" with
        """json
        {"externalId": "case-{marker}"}
        """
      And the target keeps "externalId" of "A"
      When the client sends GET /Users with the query
        | filter | externalId eq "CASE-{marker}" |
      Then nothing is found

    Example: a second user with the external id in other letters
      Given a user "A" with
        """json
        {"externalId": "case-{marker}"}
        """
      And the target keeps "externalId" of "A"
      When the client creates the user "B" with
        """json
        {"externalId": "CASE-{marker}"}
        """
      Then the answer is 201
      And "B" has
        """json
        {"externalId": "CASE-{marker}"}
        """

  @INTEROP01-5.2-05 @MUST
  Rule: User names in other letters are the same user names

    @requires.filter
    Example: a filter in other letters
      Given a user "A" with
        """json
        {"userName": "case-{user}"}
        """
      When the client sends GET /Users with the query
        | filter | userName eq "CASE-{user}" |
      Then exactly "A" is found

    Example: a second user with the name in other letters
      Given a user "A" with
        """json
        {"userName": "case-{user}"}
        """
      When the client creates the user "B" with
        """json
        {"userName": "CASE-{user}"}
        """
      Then the answer is a refusal

  @INTEROP01-5.3-01 @MUST
  Rule: Of a request with something undefined nothing is done
    The strict model is there to prevent loss and corruption. RFC 7644 (section 3.1) has a server interpret a request
    in the context of its own schema, and most servers leave out what they do not know: they break this rule and keep to that RFC.

    Example: a user who is refused is not there
      When the client creates the user "A" with
        """json
        {"userName": "{user}", "sduoUndefined": "{marker}"}
        """
      And the client sends GET /Users with the query
        | filter | userName eq "{user}" |
      Then nothing is found

    @requires.patch
    Example: a defined operation beside an undefined one
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "userName", "value": "{user new}"}, {"op": "add", "path": "sduoUndefined", "value": "x"}]
        """
      Then the answer is a refusal
      And "A" is as before

  @INTEROP01-5.3-02 @MUST
  Rule: A request with an undefined attribute or schema is rejected
    This contradicts what RFC 7644 is read to permit: an attribute that no schema declares may be dropped there (see
    RFC7644-3.3-11). Okta and Entra ID send attributes that not every server has.

    Scenario Outline: POST with <what>
      When the client creates the user "A" with
        """json
        <document>
        """
      Then the answer is a refusal

      Examples:
        | what                             | document                                                             |
        | an attribute                     | {"sduoUndefined": "{marker}"}                                        |
        | a part of a complex attribute    | {"name": {"familyName": "Lovelace", "sduoUndefined": "x"}}           |
        | a part of an element             | {"emails": [{"value": "{user}", "type": "work", "sduoUndefined": "x"}]} |

    Example: POST with the values of an undefined extension
      When the client creates the user "A" from
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user}",
         "urn:example:params:scim:schemas:extension:sduo:2.0:User": {"sduoUndefined": "x"}}
        """
      Then the answer is a refusal

    Example: POST with the URI of an undefined schema
      When the client creates the user "A" from
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:example:params:scim:schemas:extension:sduo:2.0:User"],
         "userName": "{user}"}
        """
      Then the answer is a refusal

    Example: POST with an attribute of the standard's that the server does not define
      When the client creates a user with an attribute of RFC 7643 that the schemas of the target do not define, if there is any
      Then the answer is a refusal

    @requires.groups
    Example: POST of a group with an attribute
      When the client creates the group "G" with
        """json
        {"sduoUndefined": "{marker}"}
        """
      Then the answer is a refusal

    @requires.patch
    Scenario Outline: PATCH with <what>
      Given a user "A"
      When the client patches "A" with
        """json
        [<operation>]
        """
      Then the answer is a refusal

      Examples:
        | what                          | operation                                                                                                  |
        | an attribute                  | {"op": "add", "path": "sduoUndefined", "value": "x"}                                                       |
        | a part of a complex attribute | {"op": "replace", "path": "name.sduoUndefined", "value": "x"}                                              |
        | a part within a value         | {"op": "replace", "path": "name", "value": {"familyName": "Lovelace", "sduoUndefined": "x"}}               |
        | an undefined extension        | {"op": "add", "path": "urn:example:params:scim:schemas:extension:sduo:2.0:User:sduoUndefined", "value": "x"} |

  @INTEROP01-5.3-03 @MUST
  Rule: The rejection is 400 with scimType invalidSyntax
    RFC 7644 (section 3.12) has invalidPath for a PATCH whose path names no attribute, which this rule forbids.

    Scenario Outline: POST with <what>
      When the client creates the user "A" with
        """json
        <document>
        """
      Then the answer is 400 with scimType invalidSyntax

      Examples:
        | what                          | document                                                   |
        | an attribute                  | {"sduoUndefined": "{marker}"}                              |
        | a part of a complex attribute | {"name": {"familyName": "Lovelace", "sduoUndefined": "x"}} |

    Example: POST with the URI of an undefined schema
      When the client creates the user "A" from
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:example:params:scim:schemas:extension:sduo:2.0:User"],
         "userName": "{user}"}
        """
      Then the answer is 400 with scimType invalidSyntax

    @requires.patch
    Scenario Outline: PATCH with <what>
      Given a user "A"
      When the client patches "A" with
        """json
        [<operation>]
        """
      Then the answer is 400 with scimType invalidSyntax

      Examples:
        | what                   | operation                                                                                                    |
        | an attribute           | {"op": "add", "path": "sduoUndefined", "value": "x"}                                                         |
        | a part within a value  | {"op": "replace", "path": "name", "value": {"familyName": "Lovelace", "sduoUndefined": "x"}}                 |
        | an undefined extension | {"op": "add", "path": "urn:example:params:scim:schemas:extension:sduo:2.0:User:sduoUndefined", "value": "x"} |

  @INTEROP01-5.4-01 @MUST
  Rule: Where values have a type, the schema lists the types that are accepted
    RFC 7643 section 7 leaves canonicalValues to the server, and its own schemas have none for roles, entitlements and
    certificates. An empty list declares nothing.

    Example: canonicalValues of each type
      When the client sends GET /Schemas
      Then each multi-valued complex attribute whose values have a "type" lists "canonicalValues" for it
