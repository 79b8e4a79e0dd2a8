import { dealEventSchema } from '../../functions/domain/deal/event-schema.ts';
import { playbook } from '../../statemachines/playbooks/default.ts';

// npm run schema: the JSON Schema of the event that starts a handoff, for those who connect a CRM.
process.stdout.write(`${JSON.stringify(dealEventSchema(Object.keys(playbook.segments)), null, 2)}\n`);
