Feature: RFC 7644, 3.13 Versions of the protocol

  @RFC7644-3.13-01 @MUST
  Rule: A version in the URL is the one that is used, or the request is refused
    Section 3.13. A version that nobody has written yet cannot be used.

    Example: version 99
      When the client with "v99" as the version in its base URL sends GET /Users?count=1
      Then the answer is a refusal

    Example: version 0
      When the client with "v0" as the version in its base URL sends GET /Users?count=1
      Then the answer is a refusal

    Example: version 2, where the server knows versions
      When the client with "v2" as the version in its base URL sends GET /Users?count=1
      Then the answer is a list or a refusal

    Example: a version behind the base URL
      When the client sends GET /v99/Users
      Then the answer is a refusal
