import type { FaultCode, FaultParams } from '../faults/fault-texts.js';
import { issueOf, type ValidationIssue } from '../faults/validation-issue.js';

/** A file, or the rest of it, cannot be read. The issue tells why in any language; `where` is the place at which reading stopped. */
export class UnreadableFile extends Error {
  override readonly name: string = 'UnreadableFile';
  readonly issue: ValidationIssue;

  /** `rows`: how many rows it has, where all of them are refused for one reason. */
  constructor(
    code: FaultCode,
    params: FaultParams = {},
    where?: string,
    readonly rows = 0,
  ) {
    const issue = issueOf('file', where, code, params);
    super(`${where === undefined ? '' : `${where}: `}${issue.reason}; ${issue.remedy}`);
    this.issue = issue;
  }
}
