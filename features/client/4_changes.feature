Feature: Changes of a client
  How a client writes PATCH requests, and what it does about versions.

  @CLIENT-PATCH-01 @MUST
  Rule: A PATCH names the schema of its message
    Source: RFC 7644 section 3.5.2.

    Example: every PATCH
      When the client sends PATCH requests
      Then each names the schema PatchOp

  @CLIENT-PATCH-02 @MUST
  Rule: A PATCH has at least one operation, each add, remove or replace
    In any case: the standard does not say that the words are case-exact, and Entra ID capitalises them.
    Source: RFC 7644 section 3.5.2.

    Example: every PATCH
      When the client sends PATCH requests
      Then each has operations that add, remove or replace

  @CLIENT-PATCH-03 @MUST
  Rule: The path of an operation follows the grammar and names an attribute
    Source: RFC 7644 section 3.5.2.

    Example: every PATCH
      When the client sends PATCH requests
      Then each has paths that follow the grammar and name attributes

  @CLIENT-PATCH-04 @MUST
  Rule: add and replace have a value, remove has a path
    Without a path the value is an object of attributes. What a remove has beside its path is not judged.
    Source: RFC 7644 sections 3.5.2.1, 3.5.2.2 and 3.5.2.3.

    Example: every PATCH
      When the client sends PATCH requests
      Then each has a value where it adds or replaces, and a path where it removes

  @CLIENT-PATCH-05 @MUST
  Rule: An operation gives an attribute a value of its type
    The text "False" switches nobody off: it is no boolean.
    Source: RFC 7644 section 3.5.2, RFC 7643 section 2.3.

    Example: every PATCH
      When the client sends PATCH requests
      Then each gives values of the right types

  @CLIENT-PATCH-06 @MUST-NOT
  Rule: An operation changes nothing that is readOnly
    A value without a path may have it: clients send whole resources, and endpoints ignore it.
    Source: RFC 7644 section 3.5.2.

    Example: every PATCH
      When the client sends PATCH requests
      Then none names what is readOnly as its path

  @CLIENT-VERSION-01 @IMPLIED
  Rule: A precondition names a version that the target has given
    Source: RFC 7644 section 3.14, RFC 9110 section 13.1.

    Example: every precondition
      When the client sends versions
      Then each was given by the target

  @CLIENT-VERSION-02 @MAY
  Rule: Who reads a resource and writes it back whole sends the version that was read
    What somebody else has changed meanwhile is lost otherwise.
    Source: RFC 7644 section 3.14.

    Example: every PUT after a read of the same resource
      When the client sends replacements of what it has read
      Then each has the version in If-Match
