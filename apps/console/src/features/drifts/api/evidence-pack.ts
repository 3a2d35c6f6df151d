import { send } from '../../../app/http';

const NAME = /filename="([^"]+)"/;

/** Saves the evidence pack of one drift through the browser. @throws HubProblem */
export async function downloadPack(account: string, driftId: string): Promise<void> {
  const response = await send('POST', '/api/evidence/pack', { account, drifts: [driftId] });
  const name = NAME.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? `etalon-${driftId}.zip`;
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
