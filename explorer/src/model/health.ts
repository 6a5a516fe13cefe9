import { INSTANCE_HEALTHS, type Health, type HealthCounts, type Service } from './types';

/** No check configured is not the same as healthy: nobody looked. */
export function healthOf(counts: HealthCounts): Health {
  if (counts.UNHEALTHY) return 'unhealthy';
  if (counts.UNKNOWN) return 'unknown';
  if (counts.HEALTHY) return 'healthy';
  return counts.NO_CHECK ? 'no-check' : 'no-instance';
}

export function healthOfService(service: Service): Health {
  return healthOf(service.healths);
}

export const HEALTH_NAMES: Readonly<Record<Health, string>> = {
  unhealthy: 'unhealthy',
  unknown: 'unknown',
  healthy: 'healthy',
  'no-check': 'no check configured',
  'no-instance': 'no instance',
};

const COUNT_NAMES = { HEALTHY: 'healthy', UNHEALTHY: 'unhealthy', UNKNOWN: 'unknown', NO_CHECK: 'no check' } as const;

export function describeCounts(counts: HealthCounts): string {
  const parts = INSTANCE_HEALTHS.filter((health) => counts[health]).map((health) => `${counts[health]} ${COUNT_NAMES[health]}`);
  return parts.length === 0 ? 'no instance' : parts.join(', ');
}

export function addCounts(left: HealthCounts, right: HealthCounts): HealthCounts {
  const sum: Partial<Record<keyof typeof COUNT_NAMES, number>> = { ...left };
  for (const health of INSTANCE_HEALTHS) {
    if (right[health]) sum[health] = (sum[health] ?? 0) + right[health];
  }
  return sum;
}
