Feature: RFC 7644, 3.11 The alias /Me
  The user of each example shows that somebody serves here at all: a refusal of /Me is an answer then.

  @RFC7644-3.11-01 @SHOULD
  Rule: A server without the alias answers 501
    A server with it answers with the subject's resource, or redirects to it.

    Example: /Me is read
      Given a user "A"
      When the client sends GET /Me
      Then the answer is 200 or 308 or 501

  @RFC7644-3.11-02 @MAY
  Rule: The alias leads to a resource, if to anything
    Directly, or by 308. Where there is no alias, any refusal is an answer.

    Example: /Me is read
      Given a user "A"
      When the client sends GET /Me
      Then the answer, before any redirect, is a resource with an "id", or 308, or a refusal

  @RFC7644-3.11-03 @MUST
  Rule: An answer by the alias carries the permanent location of the resource
    An answer that leads to nothing carries none.

    Example: /Me is read
      Given a user "A"
      When the client sends GET /Me
      Then the answer, before any redirect, is a refusal, or has the address of a resource other than /Me in the header Location
