Feature: RFC 7643, 3.1 Common attributes: the case of ids
  @RFC7643-3.1-08 @IMPLIED
  Rule: An id is compared with regard to case
    In the URL and in filters. An id without letters has no case, and is not judged.

    Example: in the URL as it is
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client reads "Ada"
      Then the answer is 200

    Example: in the URL in other letters
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client reads "Ada" by its id in other letters
      Then the answer is 404

    @requires.groups
    Example: a group in the URL in other letters
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client reads "Red" by its id in other letters
      Then the answer is 404

    @requires.filter
    Example: in a filter as it is
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client looks for users where id eq "{Ada.id}"
      Then exactly "Ada" is found

    @requires.filter
    Example: in a filter in other letters
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client looks for users where id eq "{Ada.id in other case}"
      Then nothing is found

    @requires.filter @requires.groups
    Example: in a filter on members in other letters
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client looks for groups where id eq "{Red.id in other case}"
      Then nothing is found

  @RFC7643-3.1-10 @IMPLIED
  Rule: externalId is kept as it was given and compared with regard to case
    It belongs to the client, who has to recognise it.

    Scenario Outline: kept, <externalId>
      When the client creates the user "A" with
        """json
        {"externalId": "<externalId>"}
        """
      Then the answer is 201
      And "A" now has
        """json
        {"externalId": "<externalId>"}
        """

      Examples:
        | externalId                  |
        | {marker}-MixedCase-ID       |
        | {marker} /with%20 & + = ; # |
        | {marker}-Größe-日本         |
        | 00{marker}00                |
        | CN={marker},OU=Users,DC=x   |

    @requires.filter
    Example: found as it is
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      And the target keeps "externalId" of "Ada"
      When the client looks for users where externalId eq "{population}-Ext-A"
      Then exactly "Ada" is found

    @requires.filter
    Example: not found in other letters
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      And the target keeps "externalId" of "Ada"
      When the client looks for users where externalId eq "{Ada.externalId in other case}"
      Then nothing is found

    @requires.filter
    Example: not found by other letters at its beginning
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      And the target keeps "externalId" of "Ada"
      When the client looks for users where externalId sw "{population}-EXT"
      Then nothing is found

    @requires.filter
    Example: what differs in letters only
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      And the target keeps "externalId" of "Ada"
      When the client looks for users where externalId sw "{population}-Ext"
      Then exactly "Ada" is found
