import { parseObject } from './json.ts';
import { bodyText, type Service, type WireHandler } from './message.ts';
import { restProtocol } from './rest.ts';

/** EventBridge Scheduler's REST API over `service`. */
export function schedulerProtocol(service: Service, newId: () => string): WireHandler {
  const grouped = (query: URLSearchParams): Readonly<Record<string, string>> => {
    const group = query.get('groupName') ?? query.get('ScheduleGroup');
    return group === null ? {} : { GroupName: group };
  };
  return restProtocol('Scheduler', newId, [
    {
      method: 'POST',
      path: '/schedules/{Name}',
      run: async ({ parts, request }) => ({
        body: await service.call('CreateSchedule', { ...parseObject(bodyText(request.body)), ...parts }),
      }),
    },
    {
      method: 'PUT',
      path: '/schedules/{Name}',
      run: async ({ parts, request }) => ({
        body: await service.call('UpdateSchedule', { ...parseObject(bodyText(request.body)), ...parts }),
      }),
    },
    {
      method: 'GET',
      path: '/schedules/{Name}',
      run: async ({ parts, query }) => ({ body: await service.call('GetSchedule', { ...parts, ...grouped(query) }) }),
    },
    {
      method: 'DELETE',
      path: '/schedules/{Name}',
      run: async ({ parts, query }) => ({
        body: await service.call('DeleteSchedule', { ...parts, ...grouped(query) }),
      }),
    },
    {
      method: 'GET',
      path: '/schedules',
      run: async ({ query }) => ({ body: await service.call('ListSchedules', grouped(query)) }),
    },
  ]);
}
