import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { errorFacts } from './error-facts.ts';
import type { Settings } from './settings.ts';
import type { Observer } from './watch.ts';

/** The metrics' namespace; their one dimension is `service`, the name of the deployment. */
const namespace = 'Handoff';

/**
 * Logs as JSON and counts as CloudWatch's embedded metrics, for one invocation at a time, as Lambda gives them: one INFO line
 * each at most, a WARN line `step-late` when one is said to be late, an ERROR line when it fails.
 */
export function lambdaWatch(name: string, settings: Pick<Settings, 'LOG_LEVEL' | 'POWERTOOLS_SERVICE_NAME'>): Observer {
  const serviceName = settings.POWERTOOLS_SERVICE_NAME ?? 'handoff';
  const logger = new Logger({
    serviceName,
    persistentKeys: { function: name },
    ...(settings.LOG_LEVEL && { logLevel: settings.LOG_LEVEL }),
  });
  const metrics = new Metrics({ namespace, serviceName });
  let late = new Set<string>();
  const publish = (): void => {
    // It would complain about an invocation that had nothing to count.
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  };
  return {
    count: (what) => {
      metrics.addMetric(what, MetricUnit.Count, 1);
    },
    about: (handoffId) => logger.appendKeys({ handoffId }),
    late: (step) => {
      const key = JSON.stringify(step);
      // A rung has several readers; it is one rung.
      if (late.has(key)) return;
      late.add(key);
      metrics.addMetric('StepLate', MetricUnit.Count, 1);
      logger.warn('step-late', step);
    },
    began: (requestId) => {
      late = new Set();
      logger.resetKeys();
      if (requestId) logger.appendKeys({ requestId });
    },
    ended: (facts) => {
      logger.info('done', { ...facts });
      publish();
    },
    failed: (error) => {
      logger.error('failed', { ...errorFacts(error) });
      publish();
    },
  };
}
