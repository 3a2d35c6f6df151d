import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** A person who signs in. Names are stored in lower case. */
@Entity('app_user')
@Check('app_user_role_known', `role IN ('admin', 'operator', 'viewer')`)
@Index('app_user_name', ['name'], { unique: true })
class AppUser {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT', primaryKeyConstraintName: 'app_user_pk' }) id!: string;
  @Column('text') name!: string;
  @Column('text', { name: 'password_hash' }) passwordHash!: string;
  @Column('text') role!: string;
  @Column('boolean', { default: false }) disabled!: boolean;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
  @Column('timestamptz', { name: 'password_changed_at', default: () => 'now()' }) passwordChangedAt!: Date;
}

/** A browser that is signed in; only the digest of its token is kept. */
@Entity('app_session')
@Index('app_session_token', ['tokenHash'], { unique: true })
@Index('app_session_user', ['userId'])
class AppSession {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT', primaryKeyConstraintName: 'app_session_pk' }) id!: string;
  @Column('bytea', { name: 'token_hash' }) tokenHash!: Buffer;
  @Column('bigint', { name: 'user_id' }) userId!: string;
  @ManyToOne(() => AppUser, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'app_session_user_fk' })
  user?: AppUser;
  @Column('text') address!: string;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
  @Column('timestamptz', { name: 'seen_at', default: () => 'now()' }) seenAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
}

/** A token of a program; only its digest is kept. */
@Entity('api_token')
@Index('api_token_hash', ['tokenHash'], { unique: true })
class ApiToken {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT', primaryKeyConstraintName: 'api_token_pk' }) id!: string;
  @Column('text') name!: string;
  @Column('bytea', { name: 'token_hash' }) tokenHash!: Buffer;
  @Column('text', { array: true }) scopes!: string[];
  @Column('text') author!: string;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
  @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt!: Date | null;
}

/** One password check, counted against its account and its address. */
@Entity('login_attempt')
@Index('login_attempt_account', ['account', 'at'])
@Index('login_attempt_address', ['address', 'at'])
class LoginAttempt {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT', primaryKeyConstraintName: 'login_attempt_pk' }) id!: string;
  @Column('text') account!: string;
  @Column('text') address!: string;
  @Column('boolean', { default: false }) succeeded!: boolean;
  @Column('timestamptz', { default: () => 'now()' }) at!: Date;
}

/** A write that was answered, kept for a day so that its repetition is answered the same. */
@Entity('idempotency_key')
@Index('idempotency_key_created', ['createdAt'])
class IdempotencyKey {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'idempotency_key_pk' }) principal!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'idempotency_key_pk' }) key!: string;
  @Column('bytea', { name: 'request_hash' }) requestHash!: Buffer;
  @Column('integer', { nullable: true }) status!: number | null;
  @Column('jsonb', { nullable: true }) answer!: unknown;
  @Column('jsonb', { nullable: true }) headers!: unknown;
  @Column('timestamptz', { name: 'locked_until' }) lockedUntil!: Date;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
}

/** A fact the hub keeps about itself, by name. */
@Entity('hub_fact')
class HubFact {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'hub_fact_pk' }) name!: string;
  @Column('jsonb') value!: unknown;
}

export const authEntities = [AppUser, AppSession, ApiToken, LoginAttempt, IdempotencyKey, HubFact];
