// Asks the org as the vendor's own tools do; prints what it heard as JSON.
'use strict';

const [modules, instanceUrl, accessToken] = process.argv.slice(2);
const { Connection } = require(`${modules}/@jsforce/jsforce-node`);

async function main() {
  const connection = new Connection({ instanceUrl, accessToken, version: '66.0' });
  connection.bulk2.pollInterval = 1;
  const heard = {};
  heard.counted = (await connection.query('SELECT COUNT() FROM Lead WHERE Email != null')).totalSize;
  heard.parents = (await connection.query("SELECT LastName, Account.Name FROM Lead WHERE Account.Name = 'Beta'")).records.map(
    (row) => [row.LastName, row.Account.Name],
  );
  heard.grouped = (await connection.query('SELECT Region__c, COUNT(Id) n FROM Lead GROUP BY Region__c ORDER BY Region__c')).records.map(
    (row) => [row.Region__c, row.n],
  );
  const pages = await connection.query('SELECT N__c FROM Row__c', { autoFetch: true, maxFetch: 10000 });
  heard.rows = pages.records.map((row) => row.N__c);
  const described = await connection.sobject('Lead').describe();
  heard.types = Object.fromEntries(described.fields.map((field) => [field.name, field.type]));
  heard.objects = (await connection.describeGlobal()).sobjects.map((one) => one.name);
  heard.identity = (await connection.request('/services/oauth2/userinfo')).organization_id;
  heard.limits = (await connection.limits()).DailyApiRequests.Max;
  heard.usage = connection.limitInfo.apiUsage;
  heard.refused = await connection.query('SELECT Nothing FROM Lead').catch((error) => [error.errorCode, error.name]);
  const stream = await connection.bulk2.query('SELECT LastName, Email FROM Lead ORDER BY LastName', { pollInterval: 1 });
  heard.bulk = await stream.toArray();
  heard.bulkRefused = await connection.bulk2.query('SELECT COUNT(Id) FROM Lead').then(() => 'taken', (error) => error.errorCode ?? error.name);
  process.stdout.write(JSON.stringify(heard));
}

main().catch((error) => {
  process.stderr.write(String(error.stack ?? error));
  process.exit(1);
});
