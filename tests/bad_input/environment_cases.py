"""Environments that cannot be meant, or that lead where nothing may be read or written."""

SQL = "kind: Environment\nname: {name}\nprovider: sql\n"
SALESFORCE = "kind: Environment\nname: sandbox\nprovider: salesforce\n"
LEDGER = "ledger: sqlite:///.crmgov/ledger.db\n"


def _sql(url: str, more: str = LEDGER, name: str = "sandbox") -> str:
    return f"{SQL.format(name=name)}connection: {{url: {url}}}\n{more}"


def _project(path: str) -> str:
    return f"{SALESFORCE}connection: {{project: {path}}}\n{LEDGER}"


_GOOD = "'sqlite:///.crmgov/sandbox.db'"

DOCUMENTS: dict[str, str] = {
    "url_leads_out": _sql("'sqlite:///../x.db'"),
    "url_is_absolute": _sql("'sqlite:////etc/passwd'"),
    "url_leads_out_by_a_link": _sql("'sqlite:///link/x.db'"),
    "url_is_the_root": _sql("'sqlite:///.'"),
    "url_in_memory": _sql("'sqlite://'"),
    "url_is_a_file_uri": _sql("'sqlite:///file:x.db?mode=rwc'"),
    "url_with_options": _sql("'sqlite:///x.db?vfs=unix'"),
    "url_with_nul": _sql('"sqlite:///a\\0b.db"'),
    "url_too_long": _sql(f"'sqlite:///{'a' * 5_000}.db'"),
    "url_into_git": _sql("'sqlite:///.git/config'"),
    "url_is_a_folder": _sql("'sqlite:///config'"),
    "url_is_a_configuration_file": _sql("'sqlite:///config/lead.yaml'"),
    "url_of_a_drive": _sql("'sqlite:///C:/x.db'"),
    "url_of_an_unknown_database": _sql("'oracle://scott:tiger@db/x'"),
    "url_of_an_unknown_driver": _sql("'postgresql+pg8000://ana:secret@localhost/x'"),
    "url_with_a_bad_port": _sql("'postgresql://ana:secret@localhost:port/x'"),
    "url_with_an_open_bracket": _sql("'postgresql://[::1/x'"),
    "url_is_no_url": _sql("'the sandbox'"),
    "url_empty": _sql("''"),
    "url_missing": f"{SQL.format(name='sandbox')}connection: {{}}\n{LEDGER}",
    "url_of_a_missing_variable": _sql("'sqlite:///${CRMGOV_TEST_MISSING}'"),
    "url_is_a_missing_variable": _sql("'${CRMGOV_TEST_MISSING}'"),
    "url_of_variables_with_odd_names": _sql("'sqlite:///${}x${A B}.db'"),
    "url_from_a_variable_leads_out": _sql("'${CRMGOV_TEST_OUT}'"),
    "schema_where_there_is_none": _sql("'sqlite:///x.db', schema: crm"),
    "project_leads_out": _project("../x"),
    "project_is_absolute": _project("/etc"),
    "project_with_nul": _project('"a\\0b"'),
    "project_too_long": _project("a" * 5_000),
    "project_is_a_link_out": _project("link"),
    "project_is_nowhere": _project("nowhere"),
    "project_is_a_file": _project("config/lead.yaml"),
    "org_of_another_provider": _sql(f"{_GOOD}, org: 'https://acme.my.salesforce.com', copies: true"),
    "login_of_two_ways": (
        f"{SALESFORCE}connection: {{project: project, login: {{token: '${{A}}', client: b, secret: '${{C}}'}}}}\n{LEDGER}"
    ),
    "login_with_a_token_written": (
        f"{SALESFORCE}connection: {{project: project, login: {{token: 00Dsecret!word}}}}\n{LEDGER}"
    ),
    "project_missing": f"{SALESFORCE}connection: {{}}\n{LEDGER}",
    "ledger_leads_out": _sql(_GOOD, "ledger: sqlite:///../ledger.db\n"),
    "ledger_is_absolute": _sql(_GOOD, "ledger: sqlite:////tmp/ledger.db\n"),
    "ledger_leads_out_by_a_link": _sql(_GOOD, "ledger: sqlite:///link/ledger.db\n"),
    "ledger_with_nul": _sql(_GOOD, 'ledger: "sqlite:///a\\0"\n'),
    "ledger_in_an_unknown_database": _sql(_GOOD, "ledger: mysql://ana:secret@db/x\n"),
    "ledger_somewhere": _sql(_GOOD, "ledger: somewhere\n"),
    "ledger_of_a_missing_variable": _sql(_GOOD, "ledger: '${CRMGOV_TEST_MISSING}'\n"),
    "ledger_is_a_folder": _sql(_GOOD, "ledger: sqlite:///config\n"),
    "ledger_is_a_configuration_file": _sql(_GOOD, "ledger: sqlite:///config/lead.yaml\n"),
    "ledger_in_no_repository": _sql(_GOOD, ""),
    "provider_unknown": "kind: Environment\nname: sandbox\nprovider: hubspot\nconnection: {}\n",
    "name_with_slashes": _sql(_GOOD, name="a/../sandbox"),
    "exports_lead_out": _sql(_GOOD, f"exports: {{store: ../out}}\n{LEDGER}"),
    "records_lead_out": _sql(_GOOD, f"records: {{Lead: ../../leads.csv, Account: live}}\n{LEDGER}"),
    "signers_lead_out": _sql(_GOOD, f"protection: {{approvals: {{count: 1, signers: /etc/passwd}}}}\n{LEDGER}"),
    "freeze_without_times": _sql(
        _GOOD,
        "protection: {freezes: [{name: A, from: soon, to: 2025-99-99}, {name: B, from: 2026-02-01, to: 2026-01-01}]}\n"
        + LEDGER,
    ),
    "promotes_from_itself": _sql(_GOOD, f"promotes_from: sandbox\n{LEDGER}"),
    "two_with_one_identity": "---\n".join(
        _sql(f"'sqlite:///{name}.db'", f"expects: {{instance: abc, kind: sandbox}}\nledger: sqlite:///{name}.l\n", name)
        for name in ("sandbox", "staging")
    ),
    "two_with_one_database": _sql("'sqlite:///x.db'") + "---\n" + _sql("'sqlite:///./y/..//x.db'", LEDGER, "staging"),
    "two_that_differ_in_case": _sql("'sqlite:///x.db'") + "---\n" + _sql("'sqlite:///y.db'", LEDGER, "Sandbox"),
}
