Feature: Provision Users and Groups to Secure Access via DUO
  Cisco guide 225885, "Configure" and "Verify", clicked in a browser, step by step and in its words.

  Scenario: The guide from an empty lab to both verifications
    Given the lab is open

    # Configure Cisco Secure Access, steps 2 to 6
    When the administrator navigates to "Connect > Users, Groups and Endpoint Devices"
    And clicks "Configuration management"
    And clicks "Integrate Directory"
    And under "Provision Method" clicks "Identity Provider"
    And enters "DUO Integration" as "IdP directory name"
    And chooses "Duo" as "Choose Identity Provider (IdP)"
    And clicks "Next"
    And clicks "Generate token"
    And saves the "Generated token" and the "Provisioning URL"
    And clicks "Done"

    # Configure Provisioning in Cisco DUO, steps 2 to 5
    And navigates to "Applications > Applications"
    And clicks "Add application"
    And enters "Cisco Secure Access" as "Search applications"
    And clicks "Search"
    And clicks "Add Cisco Secure Access"
    And clicks "Provisioning"
    Then the page shows "Duo Verified" and "Disabled"
    When the administrator pastes the "Provisioning URL" as "Base URL *"
    And pastes the "Generated token" as "Token *"
    And clicks "Connect to application"
    Then the page shows "Successfully connected to the application" and "Finish setting up this connection"

    # Step 6
    When the administrator clicks "Edit mappings"
    And under "Optional attributes" clicks "displayName"
    And under "Optional attributes" clicks "emails"
    And under "Optional attributes" clicks "name.familyName"
    And under "Optional attributes" clicks "name.givenName"
    Then the page shows "Selected (5 items)"
    When the administrator clicks "Apply"
    Then the attribute mapping is
      | Username      | userName        |
      | Display Name  | displayName     |
      | Email Address | emails          |
      | Last Name     | name.familyName |
      | First Name    | name.givenName  |

    # Groups, and what happens to users who leave
    When under "Groups" the administrator clicks "DUO - Users"
    And under "User deprovisioning behavior" clicks "Deactivate Users"
    And clicks "Save"
    Then the page shows "Saved. users: 1 created; groups: 1 created" and "Enabled"

    # Verify in Cisco Secure Access
    When the administrator navigates to "Connect > Users, Groups and Endpoint Devices"
    And clicks "Users 1"
    Then the table "Users" has the row
      | Josue | - | josue@example.com | josue@example.com | Duo | DUO Integration |
    When the administrator clicks "Groups and Organizational Units 1"
    Then the table "Groups and Organizational Units" has the row
      | DUO - Users | Groups | Duo | DUO Integration |

    # Verify in DUO
    When the administrator navigates to "Reports > Activity Log"
    And chooses "Cisco Secure Access - Single Sign-On" as "Application"
    And clicks "Filter"
    Then the activity log is, newest first
      | Group provisioning succeeded        | Automated Provisioning Integration System | DUO - Users Outbound SCIM Sync                         | Cisco Secure Access - Single Sign-On |
      | Group provisioning succeeded        | Automated Provisioning Integration System | DUO - Users Outbound SCIM Sync                         | Cisco Secure Access - Single Sign-On |
      | User provisioning succeeded         | Automated Provisioning Integration System | josue@example.com Outbound SCIM Sync                   | Cisco Secure Access - Single Sign-On |
      | Provisioning successfully connected | Administrator Administrator               | Cisco Secure Access - Single Sign-On Outbound SCIM Sync | Cisco Secure Access - Single Sign-On |
      | Enabled provisioning                | Administrator Administrator               | Cisco Secure Access - Single Sign-On Outbound SCIM Sync | Cisco Secure Access - Single Sign-On |
    And the guide is done

  Scenario Outline: The same against <an endpoint>
    Given the lab is open with <an endpoint>
    When the administrator navigates to "Applications > Applications"
    And clicks "Add application"
    And clicks "Add Generic SAML Service Provider"
    And clicks "Provisioning"
    And clicks "Connect to application"
    Then the page shows "Successfully connected to the application" and "Finish setting up this connection"
    When under "Groups" the administrator clicks "DUO - Users"
    And clicks "Save"
    Then the page shows "Saved. users: 1 created; groups: 1 created" and "Enabled"
    When the administrator navigates to "Connect > Users, Groups and Endpoint Devices"
    Then the table "Users" has the row
      | josue@example.com | - | josue@example.com | josue@example.com | — | — |
    When the administrator navigates to "Wire"
    Then each request below has its answer
      | GET   | /Users?startIndex=1&count=1                 | 200 |
      | GET   | /Users?filter=userName eq "josue@example.com" | 200 |
      | POST  | /Users                                      | 201 |
      | POST  | /Groups                                     | 201 |

    Examples:
      | an endpoint           |
      | an endpoint at a URL  |
      | an independent server |
