import { answer, api } from '../../api/client';

const product = 'sample';
const integration = 'sample';

const accounts = [
  ['sample-acme', 'Acme (sample)', 'SAMPLE001'],
  ['sample-globex', 'Globex (sample)', 'SAMPLE002'],
  ['sample-initech', 'Initech (sample)', 'SAMPLE003'],
] as const;

const file = `customer_id,mau,api_calls,plan_type,is_active
SAMPLE001,500,25000,Enterprise,true
SAMPLE002,150,N/A,Professional,true
SAMPLE009,25,1200,Starter,false
`;

/** Makes all that the sample file needs and sends it: one row is whole, one has a bad cell, one finds nobody. */
export async function sendSample(): Promise<string> {
  await answer(api.PUT('/products/{product}', {
    params: { path: { product } },
    body: { name: 'Sample product', snapshotPeriod: 'monthly' },
  }));
  await Promise.all(accounts.map(([account, name, crmId]) => answer(api.PUT('/accounts/{account}', {
    params: { path: { account } },
    body: { name, crmId },
  }))));
  await answer(api.PUT('/integrations/{integration}', {
    params: { path: { integration } },
    body: {
      name: 'Sample usage',
      match: [{ by: 'crmId', column: 'customer_id' }],
      products: [{
        product,
        dimensions: [
          { column: 'mau', dimension: 'monthly_active_users', create: { name: 'Monthly active users', dataType: 'numeric' } },
          { column: 'api_calls', dimension: 'api_requests', create: { name: 'API requests', dataType: 'numeric' } },
          { column: 'plan_type', dimension: 'plan', create: { name: 'Plan', dataType: 'text' } },
          { column: 'is_active', dimension: 'active', create: { name: 'Active', dataType: 'boolean' } },
        ],
      }],
    },
  }));
  const made = await answer(api.POST('/integrations/{integration}/files', {
    params: { path: { integration }, query: { name: 'sample.csv' } },
    body: file,
    bodySerializer: body => body,
    headers: { 'Content-Type': 'text/csv' },
  }));
  return made.runId;
}
