Feature: RFC 7643, 7 Schema definition: caseExact in filters
  Background:
    Given the 12 users and 3 groups of "fixtures/population/people.yaml"

  @RFC7643-7-06 @SHALL @requires.filter
  Rule: A filter regards case exactly where the schema says so
    What is expected follows the schema that the target publishes, attribute by attribute.

    Scenario Outline: <attribute> <operator> <value>
      When the client looks for users where userName sw "{population}-" and <attribute> <operator> "<value>"
      Then exactly "<found>" are found

      Examples:
        | attribute       | operator | value                   | found |
        | displayName     | eq       | HAL                     | Hal |
        | displayName     | sw       | ADA L                   | Ada |
        | displayName     | co       | A LOVE                  | Ada |
        | displayName     | ew       | LOVELACE                | Ada |
        | title           | eq       | analyst ii              | Ian |
        | userType        | eq       | CONTRACTOR              | Bob, Ian, Lee |
        | nickName        | eq       | evie                    | Eve |
        | name.givenName  | eq       | KIM                     | Kim |
        | name.familyName | co       | OST                     | Kim, Lee |
        | emails.type     | eq       | WORK                    | Ada, Cy, Dee, Eve, Joy |
        | emails.value    | ew       | HOME                    |     |
        | externalId      | ew       | -EXT-A                  |     |
        | externalId      | ew       | -Ext-A                  | Ada |
        | externalId      | co       | EXT-                    |     |

    Example: within square brackets
      When the client looks for users where userName sw "{population}-" and emails[type eq "OTHER"]
      Then exactly "Eve, Hal" are found, or the filter is refused

    @requires.enterprise
    Example: in an extension
      When the client looks for users where urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "tools" and userName sw "{population}-"
      Then exactly "Bob, Cy" are found
