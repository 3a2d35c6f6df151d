import { Alert, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Brand, LookControls } from '../../../app/shell';
import { useProblemText } from '../../../app/use-problem-text';
import { useSignIn } from '../hooks/use-session';

export function SignIn() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const { mutate, isPending, error } = useSignIn();
  const problem = error === null ? undefined : problemText(error);
  return (
    <div className="sign-in">
      <div className="sign-in-tools">
        <LookControls />
      </div>
      <main className="sign-in-card">
        <Brand />
        <h1>{t('session.title')}</h1>
        <p className="quiet">{t('session.lead')}</p>
        <Form layout="vertical" requiredMark={false} initialValues={{ name: 'admin' }} onFinish={(values: { name: string; password: string }) => mutate(values)}>
          <Form.Item name="name" label={t('session.name')} rules={[{ required: true, message: t('session.nameMissing') }]}>
            <Input autoComplete="username" size="large" />
          </Form.Item>
          <Form.Item name="password" label={t('session.password')} rules={[{ required: true, message: t('session.passwordMissing') }]}>
            <Input.Password autoComplete="current-password" size="large" autoFocus />
          </Form.Item>
          {problem === undefined ? null : <Alert className="sign-in-problem" type="error" showIcon title={problem.title} description={problem.next} />}
          <Button type="primary" htmlType="submit" size="large" block loading={isPending}>
            {t('session.signIn')}
          </Button>
        </Form>
        <p className="quiet small">{t('session.where')}</p>
      </main>
    </div>
  );
}
