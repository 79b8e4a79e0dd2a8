/** A question that is kept in Athena. */
interface FactQuery {
  readonly title: string;
  readonly why: string;
  readonly sql: string;
}

/** All but the first one read the view that the first one makes. */
export const factQueries: readonly FactQuery[] = [
  {
    title: '1 Create the view facts (run once)',
    why: 'Facts that stand: of each key the last revision.',
    sql: `create or replace view facts as
select *
from (
  select *, row_number() over (partition by "handoff", "key" order by "revision" desc, "recordedat" desc) as "newest"
  from "recorded"
)
where "newest" = 1`,
  },
  {
    title: '2 Steps on time, by week',
    why: 'Of the steps due in a week (UTC), the share that their owners had on time. Steps still open are in no fact: the reports count those that are overdue, too.',
    sql: `select date_trunc('week', from_iso8601_timestamp("dueat")) as "week",
       "step",
       count(*) as "counted",
       avg(if("timeliness" in ('on time', 'reported late'), 1.0, 0.0)) as "on_time"
from facts
where "kind" = 'step' and "timeliness" in ('on time', 'reported late', 'late', 'unanswered')
group by 1, 2
order by 1 desc, 4`,
  },
  {
    title: '3 Time to each moment, by month of signature',
    why: 'Median days and 90th percentile from signature to package, meeting, introduction, kickoff, sign-off and first value.',
    sql: `select date_trunc('month', from_iso8601_timestamp(b."signedat")) as "signed",
       b."segment",
       r."anchor",
       count(*) as "handoffs",
       approx_percentile(r."days", 0.5) as "median_days",
       approx_percentile(r."days", 0.9) as "p90_days"
from facts r
join facts b on b."handoff" = r."handoff" and b."kind" = 'begun'
where r."kind" = 'reached'
group by 1, 2, 3
order by 1 desc, 2, 3`,
  },
  {
    title: '4 What became of customers, by score of their handoff',
    why: 'Renewed, expanded and churned by the score of the handoff, in bands of twenty.',
    sql: `select floor(e."handoffscore" / 20) * 20 as "score_from",
       count(*) as "handoffs",
       count_if(o."renewed") as "renewed",
       count_if(o."expanded") as "expanded",
       count_if(o."churned") as "churned"
from facts e
left join (
  select "handoff",
         bool_or("outcome" = 'renewed') as "renewed",
         bool_or("outcome" = 'expanded') as "expanded",
         bool_or("outcome" = 'churned') as "churned"
  from facts
  where "kind" = 'outcome'
  group by 1
) o on o."handoff" = e."handoff"
where e."kind" = 'ended' and e."handoffscore" is not null
group by 1
order by 1`,
  },
  {
    title: '5 Before and after a playbook change',
    why: 'The share of promises kept, by step and version of the playbook.',
    sql: `select b."playbook",
       b."playbookhash",
       min(b."signedat") as "since",
       s."step",
       count(*) as "promises",
       avg(if(s."promise" = 'kept', 1.0, 0.0)) as "kept"
from facts s
join facts b on b."handoff" = s."handoff" and b."kind" = 'begun'
where s."kind" = 'step' and s."promise" is not null
group by 1, 2, 4
order by 4, 3`,
  },
];
