import type { Pool, PoolClient } from 'pg';
import { InvalidDeclaration } from '../catalog-error.js';
import { category as categoryCheck, isText } from '../document/value-checks.js';
import { issueOf, type ValidationIssue } from '../faults/validation-issue.js';
import { inTransaction } from '../write/in-transaction.js';
import { type AttributeDeclaration, ATTRIBUTE_TYPES, pathAndAbove, widens } from './attribute-declaration.js';

interface Row {
  category: string;
  name: string;
  type: AttributeDeclaration['type'];
  unit: string | null;
  options: string[] | null;
  multiple: boolean;
  required: boolean;
}

const COLUMNS = 'category, name, type, unit, options, multiple, required';

function declarationOf({ unit, options, ...row }: Row): AttributeDeclaration {
  return { ...row, ...(unit !== null && { unit }), ...(options !== null && { options }) };
}

/** Declarations that speak for any of these categories: their own and those above. */
export async function declarationsFor(db: Pool | PoolClient, categories: Iterable<string>): Promise<AttributeDeclaration[]> {
  const paths = [...new Set([...categories].flatMap(pathAndAbove))];
  const { rows } = await db.query<Row>({ name: 'catalog-declarations', text: `SELECT ${COLUMNS} FROM attribute_declaration WHERE category = ANY ($1::text[])`, values: [paths] });
  return rows.map(declarationOf);
}

/** Every declaration of one attribute, in whatever category. */
export async function declarationsOf(db: Pool | PoolClient, name: string): Promise<AttributeDeclaration[]> {
  const { rows } = await db.query<Row>(`SELECT ${COLUMNS} FROM attribute_declaration WHERE name = $1`, [name]);
  return rows.map(declarationOf);
}

/** Reads and changes what attributes have to look like. */
export class DeclarationStore {
  constructor(private readonly pool: Pool) {}

  /** What holds in a category, its own declarations and the inherited ones. */
  for(category: string): Promise<AttributeDeclaration[]> {
    return declarationsFor(this.pool, [category]);
  }

  /**
   * Declares an attribute, or changes its declaration. Products are judged by it at their next change.
   * @throws InvalidDeclaration when it has a fault, or is wider than one above it or narrower than one under it
   */
  async declare(declaration: AttributeDeclaration, author: string): Promise<void> {
    await inTransaction(this.pool, async (client) => {
      // Two declarations of one name in one tree are judged against each other, so they come one by one.
      await client.query(`SELECT pg_advisory_xact_lock(hashtext('attribute_declaration'))`);
      await this.check(declaration, client);
      const { category, name, type, unit, options, multiple, required } = declaration;
      if (category !== '') await addCategories(client, category);
      await client.query(
        `INSERT INTO attribute_declaration (category, name, type, unit, options, multiple, required, author) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (category, name) DO UPDATE SET type = excluded.type, unit = excluded.unit, options = excluded.options,
           multiple = excluded.multiple, required = excluded.required, author = excluded.author, updated_at = now()`,
        [category, name, type, unit ?? null, options ?? null, multiple, required, author],
      );
    });
  }

  /** @throws InvalidDeclaration when it has a fault, or is wider than one above it or narrower than one under it */
  async check(declaration: AttributeDeclaration, db: Pool | PoolClient = this.pool): Promise<void> {
    const faults = declarationFaults(declaration);
    if (faults.length > 0) throw new InvalidDeclaration(declaration.name, faults);
    const clash = await this.clash(db, declaration);
    if (clash) throw new InvalidDeclaration(declaration.name, [clash]);
  }

  /** Answers false when there was none. */
  async withdraw(category: string, name: string): Promise<boolean> {
    const { rowCount } = await this.pool.query('DELETE FROM attribute_declaration WHERE category = $1 AND name = $2', [category, name]);
    return rowCount === 1;
  }

  private async clash(client: Pool | PoolClient, declaration: AttributeDeclaration): Promise<ValidationIssue | undefined> {
    const { category, name } = declaration;
    const { rows } = await client.query<Row>(
      `SELECT ${COLUMNS} FROM attribute_declaration
       WHERE name = $1 AND category <> $2 AND (category = ANY ($3::text[]) OR $2 = '' OR starts_with(category, $2 || ' / '))`,
      [name, category, pathAndAbove(category)],
    );
    for (const other of rows.map(declarationOf)) {
      const isAbove = category === '' ? false : other.category === '' || category.startsWith(`${other.category} / `);
      const field = isAbove ? widens(other, declaration) : widens(declaration, other);
      if (field) return issueOf(field, declaration[field], isAbove ? 'declaration-wider' : 'declaration-narrower', { category: other.category || '/' });
    }
    return undefined;
  }
}

async function addCategories(client: PoolClient, category: string): Promise<void> {
  const paths = pathAndAbove(category).slice(1);
  await client.query(`INSERT INTO category (path, parent) SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT (path) DO NOTHING`, [
    paths,
    paths.map((_, at) => paths[at - 1] ?? null),
  ]);
}

function declarationFaults(declaration: AttributeDeclaration): ValidationIssue[] {
  const { category, name, type, unit, options, multiple } = declaration;
  const faults: ValidationIssue[] = [];
  if (categoryCheck(category)) faults.push(issueOf('category', category, 'category'));
  if (!isText(name, 200, 1)) faults.push(issueOf('name', name, 'key'));
  if (!ATTRIBUTE_TYPES.includes(type)) faults.push(issueOf('type', type, 'declaration-type', { types: ATTRIBUTE_TYPES.join(', ') }));
  if (unit !== undefined && (type !== 'number' || !isText(unit, 30, 1))) faults.push(issueOf('unit', unit, 'declaration-unit'));
  const needsOptions = type === 'option';
  const goodOptions = options !== undefined && options.length > 0 && options.length <= 1000 && options.every((option) => isText(option, 200, 1));
  if (needsOptions ? !goodOptions : options !== undefined) faults.push(issueOf('options', options, 'declaration-options'));
  if (multiple && (type === 'number' || type === 'yes-no')) faults.push(issueOf('multiple', multiple, 'declaration-multiple'));
  return faults;
}
