Feature: RFC 7644, 3.7.4 Limits of bulk requests

  @RFC7644-3.7.4-01 @MUST @requires.bulk
  Rule: The target defines how many operations and bytes it takes
    Section 3.7.4 and RFC 7643 section 5.

    Scenario Outline: <limit>
      When the client sends GET /ServiceProviderConfig
      Then its "bulk.<limit>" is an integer
      And its "bulk.<limit>" is not "0"

      Examples:
        | limit          |
        | maxOperations  |
        | maxPayloadSize |

  @RFC7644-3.7.4-02 @MUST @requires.bulk @abuse
  Rule: More operations than the target takes are answered 413
    Section 3.7.4.

    Example: one operation more than maxOperations
      When the client sends a bulk request beyond maxOperations
      Then the answer is 413

  @RFC7644-3.7.4-03 @MUST @requires.bulk @abuse
  Rule: More bytes than the target takes are answered 413
    Section 3.7.4.

    Example: one byte more than maxPayloadSize
      When the client sends a bulk request beyond maxPayloadSize
      Then the answer is 413

  @RFC7644-3.7.4-04 @MUST @requires.bulk @abuse
  Rule: The refusal names the limit that was exceeded
    Section 3.7.4: by its name or by its value.

    Scenario Outline: <limit>
      When the client sends a bulk request beyond <limit>
      Then the answer is 413
      And the "detail" of the error names "<limit>" or its value

      Examples:
        | limit          |
        | maxOperations  |
        | maxPayloadSize |

  @RFC7644-3.7.4-05 @IMPLIED @requires.bulk
  Rule: A request within the limits is processed
    Follows from section 3.7.4: only what exceeds a limit is refused for it.

    Example: as many operations as maxOperations
      When the client sends a bulk request within maxOperations
      Then the answer is 200

    Example: hardly less than maxPayloadSize
      When the client sends a bulk request within maxPayloadSize
      Then the answer is 200
