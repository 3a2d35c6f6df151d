import { explainFault, type RefusalReason, type ValidationIssue } from '#catalog';
import type { Language } from './language.js';

/** Faults of values with their sentences in the reader's language. */
export function spokenIssues(issues: readonly ValidationIssue[], language: Language): readonly ValidationIssue[] {
  return issues.map((issue) => ({ ...issue, ...explainFault(issue, language) }));
}

/** Answers of items, where each may hold issues. */
export function withSpokenIssues<T extends object>(items: readonly T[], language: Language): readonly T[] {
  return items.map((item) => ('issues' in item && Array.isArray(item.issues) ? { ...item, issues: spokenIssues(item.issues as readonly ValidationIssue[], language) } : item));
}

/** Reasons of refusals as an answer. */
export function spokenReasons(reasons: readonly RefusalReason[], language: Language): readonly object[] {
  return reasons.map(({ field, products, skus, issue }) => ({ field, products, skus, code: issue.code, ...explainFault(issue, language) }));
}
