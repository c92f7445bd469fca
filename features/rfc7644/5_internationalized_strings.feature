Feature: RFC 7644, 5 Preparation and comparison of internationalized strings

  @RFC7644-5-01 @MUST
  Rule: A userName is compared as people read it
    Section 5, by the rules of RFC 7613, section 3.2: without regard to case, width and the way in which accents are
    encoded. A target that takes ASCII names only has nothing to compare.

    Scenario Outline: the same name <how>
      Given a user "A" with
        """json
        {"userName": "zoë-ångström-{user a}", "externalId": "{marker}-a"}
        """
      When the client creates the user "B" with
        """json
        {"userName": "<written>-{user a}", "externalId": "{marker}-b"}
        """
      Then the answer is a refusal

      Examples:
        | how                      | written                         |
        | letter by letter         | zoë-ångström                    |
        | in capital letters       | ZOË-ÅNGSTRÖM                    |
        | with combining accents   | zoë-ångström|
        | in full-width letters    | ｚｏë-åｎｇｓｔｒöｍ                    |

    @requires.filter
    Scenario Outline: a filter with the name <how>
      Given a user "A" with
        """json
        {"userName": "zoë-ångström-{user a}", "externalId": "{marker}-a"}
        """
      When the client sends GET /Users with the query
        | filter | userName eq "<written>-{user a}" |
      Then exactly "A" is found

      Examples:
        | how                      | written                         |
        | letter by letter         | zoë-ångström                    |
        | in capital letters       | ZOË-ÅNGSTRÖM                    |
        | with combining accents   | zoë-ångström|

    Example: two different names stay different
      Given a user "A" with
        """json
        {"userName": "zoë-{user a}", "externalId": "{marker}-a"}
        """
      When the client creates the user "B" with
        """json
        {"userName": "zoe-{user a}", "externalId": "{marker}-b"}
        """
      Then the answer is a success
