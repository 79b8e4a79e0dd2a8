import { capitalized } from '../../../functions/domain/fields/words.ts';
import { readLocalTime } from '../../../functions/domain/time/local-time.ts';
import { counted, lengthText, timeText } from '../../../functions/pages/operations/wording.ts';
import type { Actions, Done } from './action.ts';
import { isSpeed, speeds } from './autoplay.ts';
import { comeToRest, isMove, moveClock } from './clock-moves.ts';
import { ownPath } from './own-path.ts';

/** Moves the clock as a button of its bar says: at once, to a date, or by itself from now on. */
export async function moveTheClock({ system, autoplay }: Actions, form: URLSearchParams): Promise<Done> {
  const { clock, account } = system;
  const move = form.get('move') ?? '';
  const path = ownPath(form.get('back'));
  const bad = (line: string): Done => ({ said: { tone: 'bad', lines: [line] }, path });
  const good = (line: string): Done => ({ said: { tone: 'good', lines: [line] }, path });
  // Whoever moves the clock by hand has it stand where they leave it.
  await autoplay.pause();
  if (move === 'pause') {
    clock.realTime(false);
    return good('Clock paused.');
  }
  if (move === 'play') {
    const speed = form.get('speed') ?? '';
    if (speed !== 'real' && !isSpeed(speed)) return bad(`There is no speed called "${speed}".`);
    clock.realTime(speed === 'real');
    if (speed === 'real') return good('The clock runs at real speed.');
    autoplay.play(speeds[speed]);
    return good(`The clock plays, ${speeds[speed].title}.`);
  }
  const [from, mails] = [clock.now(), account.inbox.mails.length];
  if (move === 'date') {
    const typed = readLocalTime(form.get('to') ?? '', 'UTC');
    if ('problem' in typed) return bad(typed.problem);
    const to = Date.parse(typed.at);
    if (to < from) return bad(`It is ${timeText(from)} already: virtual time only goes forward. Enter a later time.`);
    if (to - from > longestJump) return bad('That is more than 5 years away. Enter an earlier time.');
    await clock.advanceTo(to);
  } else if (isMove(move)) await moveClock(clock, move, () => isRunning(system));
  else return bad(`There is no way to move the clock called "${move}".`);
  await comeToRest(clock);
  const gone = clock.now() - from;
  if (gone === 0 && move === 'end') return good('No handoff is running, so the clock stays where it is.');
  const sent = account.inbox.mails.length - mails;
  const still = move === 'end' && isRunning(system) ? ' Handoffs are still running: press again to go on.' : '';
  return good(
    `${capitalized(lengthText(gone))} went by. ${sent === 0 ? 'No email' : counted(sent, 'email')} went out.${still}`,
  );
}

const longestJump = 5 * 366 * 24 * 3_600_000;

const isRunning = ({ account, stateMachineArn }: Actions['system']): boolean =>
  account.stepFunctions
    .executions()
    .some((execution) => execution.stateMachineArn === stateMachineArn && execution.status === 'RUNNING');
