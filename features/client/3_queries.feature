Feature: Queries of a client
  How a client looks for users and groups.

  @CLIENT-FILTER-01 @MUST
  Rule: A filter follows the grammar
    Texts are JSON strings in quotes, with quotes and backslashes in them escaped.
    Source: RFC 7644 section 3.4.2.2.

    Example: every filter
      When the client sends filters
      Then each follows the grammar

  @CLIENT-FILTER-02 @IMPLIED
  Rule: A filter asks for attributes that the resource type has
    Source: RFC 7644 section 3.4.2.2.

    Example: every filter
      When the client sends filters
      Then each asks for attributes that the resource type has

  @CLIENT-FILTER-03 @IMPLIED
  Rule: A name that is looked for arrives as it is
    A plus sign, an ampersand or a quote that is escaped wrongly makes another name of it, and a
    second account after it.
    Source: RFC 7644 sections 1.1 and 3.4.2.2.

    Example: the name of a user
      When the client is asked to create a user whose name and id have to be escaped
      Then the userName that it looks for is that of "Zoë"

    Example: the name of a group
      When the client is asked to provision a group whose name has to be escaped
      Then the displayName that it looks for is that of the group with odd characters

  @CLIENT-PAGE-01 @IMPLIED
  Rule: A list is read to its end
    Somebody on the last page would be created a second time.
    Source: RFC 7644 section 3.4.2.4.

    Example: the user is on the last page
      When the client is asked to provision a user whom the target has
      Then a list without a filter is read until "Bob" is found or it ends

  @CLIENT-PAGE-02 @IMPLIED
  Rule: The next page begins behind the last resource that came
    An endpoint may give fewer than were asked for.
    Source: RFC 7644 section 3.4.2.4.

    Example: pages that are smaller than asked for
      When the client is asked to provision a user whom the target has
      Then the next page of a list begins behind the one before

  @CLIENT-PAGE-03 @IMPLIED
  Rule: startIndex and count are whole numbers
    Source: RFC 7644 section 3.4.2.4.

    Example: every page
      When the client sends page parameters
      Then each has whole numbers

  @CLIENT-PAGE-04 @MUST
  Rule: A cursor is sent as it was given, with all parameters of the first request
    Source: RFC 9865 section 2.

    Example: every cursor
      When the client sends cursors
      Then each was given by the target for the same query

  @CLIENT-QUERY-01 @IMPLIED
  Rule: attributes and excludedAttributes are not sent together
    They exclude each other.
    Source: RFC 7644 section 3.9.

    Example: every selection
      When the client sends selections of attributes
      Then none has both attributes and excludedAttributes
