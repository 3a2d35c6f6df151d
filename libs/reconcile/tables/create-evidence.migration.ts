import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The evidence ledger. Accounts and listings may be deleted; what was recorded about them stays, so nothing here refers to them. */
export class CreateEvidence1790000000400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE evidence (
        account_id bigint NOT NULL,
        seq bigint NOT NULL,
        at timestamptz NOT NULL,
        recorded_at timestamptz NOT NULL,
        kind text NOT NULL,
        listing_id bigint,
        drift_id bigint,
        intent_id bigint,
        facet text,
        digest bytea NOT NULL,
        previous bytea NOT NULL,
        hash bytea NOT NULL,
        PRIMARY KEY (account_id, seq)
      );
      CREATE INDEX evidence_listing ON evidence (listing_id, seq);
      CREATE INDEX evidence_drift ON evidence (drift_id, seq);
      CREATE TABLE evidence_body (
        account_id bigint NOT NULL,
        seq bigint NOT NULL,
        body text NOT NULL,
        PRIMARY KEY (account_id, seq),
        CONSTRAINT evidence_body_entry FOREIGN KEY (account_id, seq) REFERENCES evidence (account_id, seq)
      );
      CREATE TABLE evidence_head (
        account_id bigint PRIMARY KEY,
        seq bigint NOT NULL,
        hash bytea NOT NULL
      );

      CREATE FUNCTION refuse_evidence_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'evidence is append-only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
      END $$;
      CREATE TRIGGER evidence_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON evidence
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_evidence_change();
      -- Bodies may be deleted when they are pruned, but never rewritten.
      CREATE TRIGGER evidence_body_unchanged BEFORE UPDATE OR TRUNCATE ON evidence_body
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_evidence_change();
      CREATE TRIGGER evidence_head_stays BEFORE DELETE OR TRUNCATE ON evidence_head
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_evidence_change();
      CREATE FUNCTION refuse_evidence_head_back() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.seq <= OLD.seq OR NEW.account_id <> OLD.account_id THEN
          RAISE EXCEPTION 'the evidence head never goes back' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER evidence_head_forward BEFORE UPDATE ON evidence_head
        FOR EACH ROW EXECUTE FUNCTION refuse_evidence_head_back();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE evidence_head, evidence_body, evidence;
      DROP FUNCTION refuse_evidence_head_back, refuse_evidence_change;
    `);
  }
}
