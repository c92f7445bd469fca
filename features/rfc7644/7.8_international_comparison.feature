Feature: RFC 7644, 7.8 Case-insensitive comparison and international languages

  @RFC7644-7.8-01 @MUST @requires.filter
  Rule: Texts are prepared before they are compared
    Section 7.8: what is the same text for a reader is the same for a filter.

    Scenario Outline: a filter with a name <how>
      Given a user "A" with
        """json
        {"displayName": "Zoë Ångström"}
        """
      And a user "B" with
        """json
        {"displayName": "Zoe Angstrom"}
        """
      When the client sends GET /Users with the query
        | filter | displayName <operator> "<written>" and userName eq "{A.userName}" |
      Then exactly "A" is found, or the request is refused
      When the client sends GET /Users with the query
        | filter | displayName <operator> "<written>" and userName eq "{B.userName}" |
      Then nothing is found, or the request is refused

      Examples:
        | how                    | operator | written                       |
        | letter by letter       | eq       | Zoë Ångström                  |
        | in capital letters     | eq       | ZOË ÅNGSTRÖM                  |
        | with combining accents | eq       | Zoë Ångström |
        | in part                | co       | ånGSTRÖ                       |
        | from its beginning     | sw       | ZOË                           |

    Scenario Outline: a filter with nothing but a name <how>
      Given a user "A" with
        """json
        {"displayName": "{marker} Zoë Ångström"}
        """
      And a user "B" with
        """json
        {"displayName": "{marker} Zoe Angstrom"}
        """
      When the client sends GET /Users with the query
        | filter | displayName eq "{marker} <written>" |
      Then exactly "A" is found, or the request is refused

      Examples:
        | how                    | written      |
        | letter by letter       | Zoë Ångström |
        | in capital letters     | ZOË ÅNGSTRÖM |
        | with combining accents | Zoë Ångström |
