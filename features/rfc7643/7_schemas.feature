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
    own schemas.

    Scenario Outline: <characteristic>
      Then it holds that every attribute definition says <characteristic>

      Examples:
        | characteristic |
        | name           |
        | type           |
        | multiValued    |
        | required       |
        | mutability     |
        | returned       |
        | uniqueness     |
        | caseExact      |

    Example: descriptions are texts
      Then it holds that every attribute has a description or none that is no text

    Example: canonicalValues and referenceTypes are lists of texts
      When the client sends GET /Schemas
      Then every "Resources[].attributes[].canonicalValues" of the answer is an array, if there
      And every "Resources[].attributes[].subAttributes[].canonicalValues" of the answer is an array, if there
      And every "Resources[].attributes[].canonicalValues[]" of the answer is a text
      And every "Resources[].attributes[].subAttributes[].canonicalValues[]" of the answer is a text
      And every "Resources[].attributes[].referenceTypes" of the answer is an array, if there

    Example: no attribute twice
      Then it holds that no attribute is declared twice

  @RFC7643-7-03 @SHOULD
  Rule: A complex attribute lists its parts

    Example: subAttributes
      Then it holds that every complex attribute lists its parts

  @RFC7643-7-04 @IMPLIED
  Rule: A reference says what it refers to

    Example: referenceTypes
      Then it holds that every reference says what it refers to

  @RFC7643-7-05 @IMPLIED
  Rule: The published core schemas do not contradict the standard's
    A target may declare less, may make attributes readOnly and may call a reference a string. It may not change
    what an attribute is: its type, its plurality, what has to be secret.

    Example: User, Group and EnterpriseUser
      Given a target that publishes its schemas
      Then it holds that no word of the standard's schemas is contradicted

  @RFC7643-7-26 @IMPLIED
  Rule: Every schema that a resource uses is published

    Example: of a user
      Given a user "A"
      Then it holds that the schemas of users and groups are published

    @requires.groups
    Example: of a group
      Given a group "G"
      Then it holds that the schemas of users and groups are published
