import { Head } from '../parts/Head';

export const NotFound = () => (
  <>
    <Head title="There is no such page" />
    <p class="lead">The address may be mistyped. <a href="/ui/runs">All runs</a> and <a href="/ui/accounts">all accounts</a> are listed.</p>
  </>
);
