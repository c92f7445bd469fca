Feature: RFC 7643, 7 Schema definition

  @RFC7643-7-01 @MUST
  Rule: A schema has a URI for its id
    Name and description are texts where they are there.

    Example: the ids
      When the client sends GET /Schemas
      Then every "Resources[].id" of the answer is an absolute URI

    Example: the names and descriptions
      When the client sends GET /Schemas
      Then its "Resources[0]" is present
      And every "Resources[].name" of the answer is a string, if there
      And every "Resources[].description" of the answer is a string, if there

  @RFC7643-7-02 @IMPLIED
  Rule: An attribute definition says what a client has to know, in the standard's words
    Case and uniqueness mean nothing for some types: their definitions may go without them, as in the standard's
    own schemas. Elsewhere a definition without them says the defaults of section 2.2, which section 8.7.2 lets it:
    that is wrong only where the standard says something else of the attribute.

    Scenario Outline: <characteristic>
      When the client sends GET /Schemas
      Then each attribute definition has "<characteristic>" with <value>

      Examples:
        | characteristic | value                                                                                    |
        | name           | a text                                                                                   |
        | type           | one of "string, boolean, decimal, integer, dateTime, reference, complex, binary"         |
        | multiValued    | true or false                                                                            |
        | required       | true or false                                                                            |
        | mutability     | one of "readOnly, readWrite, immutable, writeOnly"                                       |
        | returned       | one of "always, never, default, request"                                                 |
        | uniqueness     | one of "none, server, global", unless its type is "boolean, complex"                     |
        | caseExact      | true or false, unless its type is "boolean, decimal, integer, dateTime, complex, binary" |

    Example: descriptions are texts
      When the client sends GET /Schemas
      Then each "description" of an attribute definition is a string, if there is any

    Example: canonicalValues and referenceTypes are lists of texts
      When the client sends GET /Schemas
      Then every "Resources[].attributes[].canonicalValues" of the answer is an array, if there
      And every "Resources[].attributes[].subAttributes[].canonicalValues" of the answer is an array, if there
      And every "Resources[].attributes[].canonicalValues[]" of the answer is a text
      And every "Resources[].attributes[].subAttributes[].canonicalValues[]" of the answer is a text
      And every "Resources[].attributes[].referenceTypes" of the answer is an array, if there

    Example: no attribute twice
      When the client sends GET /Schemas
      Then no schema defines an attribute twice

  @RFC7643-7-03 @SHOULD
  Rule: A complex attribute lists its parts

    Example: subAttributes
      When the client sends GET /Schemas
      Then each definition of a complex attribute has "subAttributes"

  @RFC7643-7-04 @IMPLIED
  Rule: A reference says what it refers to

    Example: referenceTypes
      When the client sends GET /Schemas
      Then each definition of a reference has "referenceTypes"

  @RFC7643-7-05 @IMPLIED
  Rule: The published core schemas do not contradict the standard's
    A target may declare less, may make attributes readOnly and may call a reference a string. It may not change
    what an attribute is: its type, its plurality, what has to be secret.

    Example: User, Group and EnterpriseUser
      Given the target publishes its schemas
      When the client sends GET /Schemas
      Then no definition of an attribute contradicts RFC 7643 section 8.7

  @RFC7643-7-26 @IMPLIED
  Rule: Every schema that a resource uses is published

    Example: of a user
      Given a user "A"
      When the client sends GET /Schemas
      Then the list has each schema that "A" names

    @requires.groups
    Example: of a group
      Given a group "G"
      When the client sends GET /Schemas
      Then the list has each schema that "G" names
