Feature: Bodies of a client
  What creations, replacements and lists of members have to say. PATCH has a file of its own.

  @CLIENT-BODY-01 @MUST
  Rule: A resource names its schema
    Source: RFC 7643 section 3.

    Example: every creation and replacement
      When the client sends creations and replacements
      Then each names the schema of its resource type

  @CLIENT-BODY-02 @MUST
  Rule: A resource names only schemas that its type has
    Source: RFC 7643 section 3.

    Example: every creation and replacement
      When the client sends creations and replacements
      Then each names no other schemas than its resource type has

  @CLIENT-BODY-03 @IMPLIED
  Rule: Attributes of an extension stand below its name, and the resource names it
    An attribute that stands elsewhere is none of the resource's, and an endpoint may drop it.
    Source: RFC 7643 sections 3 and 3.3.

    Example: every creation and replacement
      When the client sends creations and replacements
      Then each has no other attributes than the schemas that it names

  @CLIENT-BODY-04 @IMPLIED
  Rule: Values have the types of their attributes
    "active" is true or false and no text, and an attribute of several values is an array.
    Source: RFC 7643 sections 2.3 and 2.4.

    Example: every creation and replacement
      When the client sends creations and replacements
      Then each has values of the right types

  @CLIENT-BODY-05 @MUST
  Rule: A resource has what its schema requires
    Source: RFC 7643 sections 4.1.1 and 4.2, RFC 7644 section 3.5.1.

    Example: every creation and replacement
      When the client sends creations and replacements
      Then each has the required attributes

  @CLIENT-BODY-06 @MUST-NOT
  Rule: A creation says no id
    The endpoint gives it.
    Source: RFC 7643 section 3.1.

    Example: every creation
      When the client sends creations
      Then none says an id

  @CLIENT-BODY-07 @IMPLIED
  Rule: A member is named by the id that the target gave
    Source: RFC 7643 section 4.2.

    Example: every list of members
      When the client sends members
      Then each member is named by an id of the target
