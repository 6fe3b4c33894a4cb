from crmgov.providers.salesforce.manifest import Component, listed, manifests, version_of
from tests.providers.salesforce_write.test_splice import HEAD

FIELD = Component("CustomField", "Lead.Region__c")
OTHER = Component("CustomField", "Account.Tier__c")
ROLE = Component("Role", "R&D")

PACKAGE = (
    HEAD
    + """<Package xmlns="http://soap.sforce.com/2006/04/metadata">
    <types>
        <members>Account.Tier__c</members>
        <members>Lead.Region__c</members>
        <name>CustomField</name>
    </types>
    <types>
        <members>R&amp;D</members>
        <name>Role</name>
    </types>
    <version>66.0</version>
</Package>
"""
)


def test_a_plan_has_sorted_manifests() -> None:
    gone = Component("CustomField", "Lead.Old__c")
    files = manifests([ROLE, FIELD, OTHER, FIELD, gone], [gone], "66.0")
    assert files["package.xml"].decode() == PACKAGE
    assert files["destructiveChangesPost.xml"].decode() == (
        HEAD + '<Package xmlns="http://soap.sforce.com/2006/04/metadata">\n    <types>\n'
        "        <members>Lead.Old__c</members>\n        <name>CustomField</name>\n    </types>\n</Package>\n"
    )


def test_a_plan_without_deletions_has_one_manifest_and_an_empty_plan_a_valid_one() -> None:
    assert list(manifests([FIELD], [], "66.0")) == ["package.xml"]
    assert version_of(manifests([], [], "65.0")["package.xml"]) == "65.0"


def test_the_projects_own_list_changes_by_the_lines_it_must() -> None:
    both = PACKAGE.encode()
    without = listed(both, [], [FIELD, ROLE])
    assert without.decode() == PACKAGE.replace("        <members>Lead.Region__c</members>\n", "").replace(
        "    <types>\n        <members>R&amp;D</members>\n        <name>Role</name>\n    </types>\n", ""
    )
    assert listed(without, [ROLE, FIELD], []) == both
    assert listed(both, [ROLE, FIELD], []) == both
    star = both.replace(b"R&amp;D", b"*")
    assert listed(star, [ROLE], []) == star
