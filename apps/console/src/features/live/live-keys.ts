export const STATUS = ['status'] as const;
export const DRIFT_SUMMARY = ['drift-summary'] as const;
export const SWEEPS = ['sweeps'] as const;
