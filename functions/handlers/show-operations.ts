import { pictureOf } from '../../statemachines/shipped-pictures.ts';
import { answer, orFailedPage, queryOf, timeOf } from '../aws/http-pages.ts';
import { onLambda, stack } from '../aws/lambda-stack.ts';
import { operationsBoardPage, readBoardQuery } from '../pages/operations/operations-board.ts';
import { noHandoffPage, operationsHandoffPage } from '../pages/operations/operations-handoff.ts';
import { showBoard, showBoardUses, showHandoff, showHandoffUses } from '../verbs/show-operations.ts';

const uses = [...showBoardUses, ...showHandoffUses] as const;

/** `GET /operations`, `GET /operations/handoffs/{id}`: the human view for whoever runs the system. They change nothing. */
export const showOperationsHandler = stack('show-operations', uses, (world) => {
  const [board, handoff, { site }] = [showBoard(world), showHandoff(world), world];
  return orFailedPage(site, async (event) => {
    const [at, query, id] = [timeOf(event), queryOf(event), event.pathParameters?.['id']];
    if (id === undefined) return answer(operationsBoardPage(await board({ ...readBoardQuery(query), at }), site, at));
    const found = await handoff({ id, at });
    return answer(found ? operationsHandoffPage(found, { site, at, query, pictureOf }) : noHandoffPage(site));
  });
});

export const handler = onLambda(showOperationsHandler);
