import { render } from 'preact';
import { lazy, LocationProvider, Route, Router } from 'preact-iso';
import { answer, api } from './api/client';
import { MeContext } from './api/me';
import { useAnswer } from './api/useAnswer';
import { ErrorBox, Loading } from './parts/States';
import { NotFound } from './shell/NotFound';
import { Shell } from './shell/Shell';
import { SignIn } from './shell/SignIn';
import './styles/all.css';

const Today = lazy(() => import('./pages/today/Today'));
const Runs = lazy(() => import('./pages/runs/Runs'));
const RunPage = lazy(() => import('./pages/run/RunPage'));
const Unmatched = lazy(() => import('./pages/unmatched/Unmatched'));
const Import = lazy(() => import('./pages/import/Import'));
const Wizard = lazy(() => import('./pages/import/Wizard'));
const Accounts = lazy(() => import('./pages/accounts/Accounts'));
const AccountPage = lazy(() => import('./pages/account/AccountPage'));

function App() {
  const me = useAnswer('me', () => answer(api.GET('/me')));
  if (me.problem?.status === 401) return <SignIn problem={me.problem} again={me.again} />;
  if (me.problem) return <main id="main" class="signin"><h1>Usage</h1><ErrorBox problem={me.problem} again={me.again} /></main>;
  if (!me.data) return me.slow ? <main id="main" class="signin"><h1>Usage</h1><Loading /></main> : null;
  return (
    <MeContext.Provider value={me.data}>
      <Shell>
        <Router>
          <Route path="/ui" component={Today} />
          <Route path="/ui/runs" component={Runs} />
          <Route path="/ui/runs/:run" component={RunPage} />
          <Route path="/ui/runs/:run/:part" component={RunPage} />
          <Route path="/ui/unmatched" component={Unmatched} />
          <Route path="/ui/import" component={Import} />
          <Route path="/ui/import/:upload/:step" component={Wizard} />
          <Route path="/ui/accounts" component={Accounts} />
          <Route path="/ui/accounts/:account" component={AccountPage} />
          <Route default component={NotFound} />
        </Router>
      </Shell>
    </MeContext.Provider>
  );
}

// A newer version was installed: files of this one are gone, and the page itself has the new names.
addEventListener('vite:preloadError', () => location.reload());

const place = document.getElementById('app');
if (place) render(<LocationProvider scope="/ui"><App /></LocationProvider>, place);
