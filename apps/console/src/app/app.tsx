import { Spin } from 'antd';
import { Navigate, Route, Routes } from 'react-router';
import { CasesPage } from '../features/cases/components/cases-page';
import { NamesPage } from '../features/names/components/names-page';
import { OverviewPage } from '../features/overview/components/overview-page';
import { AccountPage } from '../features/policy/components/account-page';
import { RulesPage } from '../features/rules/components/rules-page';
import { SignIn } from '../features/session/components/sign-in';
import { useSession } from '../features/session/hooks/use-session';
import { ProblemNotice } from './problem-notice';
import { Shell } from './shell';

export function App() {
  const session = useSession();
  if (session.state === 'loading') return <Spin fullscreen delay={300} />;
  if (session.state === 'unreachable') {
    return (
      <main className="centre">
        <ProblemNotice problem={session.problem} onRetry={session.retry} />
      </main>
    );
  }
  if (session.state === 'signed-out') return <SignIn />;
  return (
    <Shell name={session.name}>
      <Routes>
        <Route path="/" element={<OverviewPage />} />
        <Route path="/drifts/:driftId" element={<OverviewPage />} />
        <Route path="/cards/:listingId" element={<OverviewPage />} />
        <Route path="/accounts/:accountId" element={<AccountPage />} />
        <Route path="/accounts/:accountId/names" element={<NamesPage />} />
        <Route path="/cases" element={<CasesPage />} />
        <Route path="/rules" element={<RulesPage />} />
        <Route path="*" element={<Navigate to="/" replace />} />
      </Routes>
    </Shell>
  );
}
