import { parseObject } from './json.ts';
import { bodyText, type Service, type WireHandler } from './message.ts';
import { queryParameters, restProtocol } from './rest.ts';

/** EventBridge Scheduler's REST API over `service`. */
export function schedulerProtocol(service: Service, newId: () => string): WireHandler {
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
      run: async ({ parts, query }) => ({
        body: await service.call('GetSchedule', { ...queryParameters(query), ...parts }),
      }),
    },
    {
      method: 'DELETE',
      path: '/schedules/{Name}',
      run: async ({ parts, query }) => ({
        body: await service.call('DeleteSchedule', { ...queryParameters(query), ...parts }),
      }),
    },
    {
      method: 'GET',
      path: '/schedules',
      run: async ({ query }) => {
        const { ScheduleGroup, ...asked } = queryParameters(query);
        const group = ScheduleGroup === undefined ? {} : { GroupName: ScheduleGroup };
        return { body: await service.call('ListSchedules', { ...asked, ...group }) };
      },
    },
  ]);
}
