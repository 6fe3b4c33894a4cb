"""Codes of what can be wrong with a Salesforce project, its files, and what is asked of it."""

from crmgov.model.diagnostics import CodeInfo, declare

declare(
    CodeInfo(
        code="SFFILE001",
        summary="A metadata file is not well-formed XML.",
        why="Nothing can be read from it, so nothing is planned from the kinds it holds.",
        mend="Mend the file at the place named, or take it from version control again.",
    ),
    CodeInfo(
        code="SFFILE002",
        summary="A metadata file declares a document type or entities.",
        why="Salesforce never writes these, and they can make a reader fetch files or fill the memory.",
        mend="Remove the <!DOCTYPE ...> part.",
    ),
    CodeInfo(
        code="SFFILE003",
        summary="A metadata file is nested too deep or too large.",
        why="More than 256 levels, a text over 10 MB or a file over 40 MB is no Salesforce metadata; it is not read.",
        mend="Take the file from version control again.",
    ),
    CodeInfo(
        code="SFFILE004",
        summary="A metadata file is not UTF-8.",
        why="Salesforce writes UTF-8 only; another encoding would change letters silently.",
        mend="Save the file as UTF-8.",
    ),
    CodeInfo(
        code="SFFILE005",
        summary="A file cannot be read.",
        why="What it holds is unknown, so nothing is planned from the kinds it holds.",
        mend="See that it is a regular file inside the project and that it may be read.",
    ),
    CodeInfo(
        code="SFFILE006",
        summary="A file holds another metadata type than its name says.",
        why="Salesforce goes by the file's name and refuses the file.",
        mend="Rename the file, or put right what it holds.",
    ),
    CodeInfo(
        code="SFFILE007",
        summary="One thing is defined in two files.",
        why="Which of them Salesforce takes depends on the order of deployment.",
        mend="Remove one of the two.",
    ),
    CodeInfo(
        code="SFFILE008",
        summary="Two things of different types share a name.",
        why="crmgov keeps both types as one kind, so one of them is shown with its type after its name.",
        mend="Nothing has to be done; rename one of them if the longer name disturbs.",
        severity="warning",
    ),
    CodeInfo(
        code="SFFILE009",
        summary="Things stand in a package directory and in a Metadata API folder beside it.",
        why="The package directories are the project; the copy beside them is not read.",
        mend="Hide the folder in .forceignore if it is a copy.",
        severity="warning",
    ),
    CodeInfo(
        code="SFFILE010",
        summary="A file holds another thing than its name says.",
        why="Salesforce takes one of the two names, and crmgov would plan for the other.",
        mend="Make fullName and the file's name the same.",
    ),
    CodeInfo(
        code="SFPROJ001",
        summary="There is no Salesforce project at this path.",
        why="A project is a folder with sfdx-project.json, a folder with package.xml, or a zip of such a folder.",
        mend="Put the right path into the environment's connection.project.",
    ),
    CodeInfo(
        code="SFPROJ002",
        summary="A project file cannot be understood.",
        why="Without it crmgov does not know which folders belong to the project.",
        mend="Mend sfdx-project.json: an object with packageDirectories, a list of objects with a path each.",
    ),
    CodeInfo(
        code="SFPROJ003",
        summary="A package directory is missing or lies outside the project.",
        why="Its metadata is not read.",
        mend="Mend packageDirectories in sfdx-project.json.",
    ),
    CodeInfo(
        code="SFPROJ004",
        summary="A zip file is not fit to be read.",
        why="It is damaged, or holds members that leave the folder, links, or far more data than its size allows.",
        mend="Make the zip again from the project's folder.",
    ),
    CodeInfo(
        code="SFPROJ005",
        summary="A link leads out of the project.",
        why="crmgov reads nothing outside the project's folder.",
        mend="Put the file itself into the project.",
    ),
    CodeInfo(
        code="SFPROJ006",
        summary="A rule in .forceignore is not followed.",
        why="It is no rule, or has so many wildcards that one path could take hours; what it was to hide is read.",
        mend="Write it with fewer wildcards: at most three ** in one rule.",
    ),
    CodeInfo(
        code="SFNAME001",
        summary="Two names become one Salesforce name.",
        why="Salesforce ignores case and allows letters, digits and underscores only, so both would be one thing.",
        mend="Rename one of them, or give it a name of its own under native.salesforce.name.",
    ),
    CodeInfo(
        code="SFHOLD001",
        summary="Salesforce cannot hold this.",
        why="It would be lost on the way, so it is not planned.",
        mend="Take the fallback named, or leave the attribute out for this environment with an overlay.",
    ),
    CodeInfo(
        code="SFLIMIT001",
        summary="A Salesforce limit is exceeded.",
        why="Salesforce refuses the deployment.",
        mend="Stay within the limit.",
    ),
    CodeInfo(
        code="SFLIMIT002",
        summary="A name breaks Salesforce's rules for names.",
        why="Salesforce refuses the deployment.",
        mend="Rename it, or give it a name under native.salesforce.name.",
    ),
    CodeInfo(
        code="SFLIMIT003",
        summary="Something Salesforce requires is missing.",
        why="Salesforce refuses the deployment.",
        mend="Add what is named.",
    ),
    CodeInfo(
        code="SFLIMIT004",
        summary="Permissions contradict each other.",
        why="Salesforce refuses permissions that lack the ones they rest on.",
        mend="Grant what is named too, or take the grant back.",
    ),
)
