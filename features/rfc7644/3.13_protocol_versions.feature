Feature: RFC 7644, 3.13 Versions of the protocol

  @RFC7644-3.13-01 @MUST
  Rule: A version in the URL is the one that is used, or the request is refused
    Section 3.13. A version that nobody has written yet cannot be used.

    Example: version 99
      When the client with the base URL of version v99 sends GET /Users?count=1
      Then each answer is a refusal

    Example: version 0
      When the client with the base URL of version v0 sends GET /Users?count=1
      Then each answer is a refusal

    Example: version 2, where the server knows versions
      When the client with the base URL of version v2 sends GET /Users?count=1
      Then each answer is a list or a refusal

    Example: a version behind the base URL
      When the client sends GET /v99/Users
      Then each answer is a refusal
