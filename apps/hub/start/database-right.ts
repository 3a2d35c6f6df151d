import { errorCode, FatalStartError } from '#platform';

/** PostgreSQL's code for "permission denied". */
const NO_RIGHT = '42501';

function chainOf(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let one = error; one !== undefined && !chain.includes(one) && chain.length < 10; one = one instanceof Error ? one.cause : undefined) chain.push(one);
  return chain;
}

/** A start on a database whose user may not make tables fails at the first of them; this says why. Undefined for any other failure. */
export function databaseRight(cause: unknown): FatalStartError | undefined {
  if (!chainOf(cause).some((error) => errorCode(error) === NO_RIGHT)) return undefined;
  return new FatalStartError(
    'The user of DATABASE_URL may not make tables in that database.',
    'Make it the owner (ALTER DATABASE <database> OWNER TO <user>), or grant it CREATE on the database and on the schema public.',
    { cause, told: { code: 'database-right' } },
  );
}
