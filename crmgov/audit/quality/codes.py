"""What the audit finds about values: spellings, lists that do not fit, formats, and records made twice."""

from crmgov.model.diagnostics import CodeInfo, declare

declare(CodeInfo(
    code="VALUES002", severity="warning",
    summary="Records hold declared aliases instead of the value they mean",
    why="Reports, routing and automations compare with the value itself and pass its other spellings by.",
    mend="Set these records to the value: the aliases already say which.",
))  # fmt: skip
declare(CodeInfo(
    code="VALUES003", severity="warning",
    summary="Records spell a listed value otherwise",
    why="One thing is counted as several, and conditions on the listed spelling miss the others.",
    mend="Set these records to the listed spelling, or list the other one under the value's aliases so that imports know it.",
))  # fmt: skip
declare(CodeInfo(
    code="VALUES004", severity="note",
    summary="Records still hold a value that is no longer offered",
    why="Nobody can choose it again, and yet reports and conditions must know it as long as records hold it.",
    mend="Set these records to the value under replaced_by, or name one there.",
))  # fmt: skip
declare(CodeInfo(
    code="VALUES005", severity="note",
    summary="A value is offered that no record holds",
    why="Each value more makes choosing slower and wrong choices likelier.",
    mend="Set active: false for values nobody needs. A value kept for rare cases is best said so in its description.",
))  # fmt: skip
declare(CodeInfo(
    code="VALUES006", severity="note",
    summary="A value that records hold is no longer chosen",
    why="It may have been overtaken by another value, or it is filled by something that has stopped.",
    mend="Look whether what fills it still runs; otherwise set active: false and say replaced_by.",
))  # fmt: skip
declare(CodeInfo(
    code="VALUES007", severity="note",
    summary="A text field holds a few values again and again",
    why="Typed by hand, each value comes in several spellings, and nothing can rely on any of them.",
    mend="Make it a picklist: the same one as elsewhere where there is one, with the spellings in use as aliases.",
))  # fmt: skip
declare(CodeInfo(
    code="VALUES008", severity="note",
    summary="Records with some values of a list are won far less often",
    why="Time and money go where little comes back, or the value is chosen when all is lost anyway.",
    mend="Look at what these records have in common before more is spent on them. This is a figure, not a fault.",
))  # fmt: skip
declare(CodeInfo(
    code="TWINS001", severity="warning",
    summary="Two fields of an object hold the same values",
    why="The same thing is typed, mapped and reported twice, and one day the two will differ.",
    mend="Keep one: point layouts, automations and integrations at it, then deprecate the other.",
))  # fmt: skip
declare(CodeInfo(
    code="TWINS002", severity="note",
    summary="Two fields that look the same hold different values",
    why="Nobody knows which of them is right, and each report takes the one its author found first.",
    mend="Say in the description of each what it is for, or merge them and settle which value counts.",
))  # fmt: skip
declare(CodeInfo(
    code="TWINS003", severity="note",
    summary="Of two fields that look the same, each record fills only one",
    why="One seems to have followed the other: what is known is split over two places.",
    mend="Copy the values of the older into the newer (a rename keeps them), then deprecate the older. Nothing is overwritten.",
))  # fmt: skip
declare(CodeInfo(
    code="FORMAT001", severity="warning",
    summary="A field of e-mail addresses holds what is none",
    why="Mail to these records bounces or is never sent, and bounces harm the sender's standing.",
    mend="Correct or empty them, and reject such input: a field of type email, or a validation that looks at the form.",
))  # fmt: skip
declare(CodeInfo(
    code="FORMAT002", severity="warning",
    summary="E-mail addresses are made up or misspelt",
    why="They look right, reach nobody, and bounce: enough of them put the sender on a blocklist.",
    mend="Empty them, and let people leave the field blank rather than invent an address to get past it.",
))  # fmt: skip
declare(CodeInfo(
    code="FORMAT003", severity="warning",
    summary="Telephone numbers are written in several forms",
    why="Dialling, matching and routing by country need one form, and a number without country code says too little.",
    mend="Bring them into the form +15551234567, and convert what is typed or imported on the way in.",
))  # fmt: skip
declare(CodeInfo(
    code="FORMAT004", severity="warning",
    summary="Telephone numbers cannot be dialled",
    why="Whoever is to call finds out one by one.",
    mend="Correct or empty them; the numbering plan of each country says how many digits a number has.",
))  # fmt: skip
declare(CodeInfo(
    code="FORMAT005", severity="warning",
    summary="Countries stand in several spellings",
    why="One country counts as several in every report, and routing by country misses the others.",
    mend="Make it a picklist of countries with the other spellings as aliases, and set the records to one spelling.",
))  # fmt: skip
declare(CodeInfo(
    code="FORMAT006", severity="warning",
    summary="Postal codes do not fit the country of their record",
    why="Post does not arrive, and territories by postal code go wrong: either the code or the country is not right.",
    mend="Correct them; a validation per country keeps them right.",
))  # fmt: skip
declare(CodeInfo(
    code="FORMAT007", severity="warning",
    summary="A field of web addresses holds what is none",
    why="Links lead nowhere, and matching by domain finds nothing.",
    mend="Correct or empty them, and reject such input with a validation.",
))  # fmt: skip
declare(CodeInfo(
    code="FORMAT008", severity="warning",
    summary="Dates are kept as text",
    why="They cannot be compared, sorted or waited for, and 03/04 is March to one reader and April to another.",
    mend="Add a date field, copy the values once their form is settled, and deprecate the text.",
))  # fmt: skip
declare(CodeInfo(
    code="DUPES001", severity="warning",
    summary="Records are the same by a matching rule of their object",
    why="One customer is counted, called and mailed twice, and each record knows half of what is known.",
    mend="Merge them, and let the rule block or alert when a record is made, so that they do not come back.",
))  # fmt: skip
declare(CodeInfo(
    code="DUPES002", severity="note",
    summary="Records are nearly the same by a matching rule",
    why="A slip of the pen keeps an exact comparison from finding them.",
    mend="Look at these pairs one by one: likeness is no proof. The CRM's own duplicate report lists them.",
))  # fmt: skip
declare(CodeInfo(
    code="DUPES003", severity="warning",
    summary="One e-mail address is on several people",
    why="A mail goes out twice, an opt-out counts for one of them only, and an answer is filed with the wrong one.",
    mend="Merge those that are one person; give the others their own address. A matching rule on the field finds new ones.",
))  # fmt: skip
declare(CodeInfo(
    code="KEYS001", severity="error",
    summary="Records share a key that no two may share",
    why="Whatever finds records by this key updates the wrong one, or fails.",
    mend="Merge the records or correct their keys. If the key need not be unique, take unique or external_id off the field.",
))  # fmt: skip
declare(CodeInfo(
    code="KEYS002", severity="note",
    summary="Records lack the key by which another system finds them",
    why="They are left out of the exchange, or made anew with each run.",
    mend="Fill the key, or say in the integration's description which records it is for.",
))  # fmt: skip
