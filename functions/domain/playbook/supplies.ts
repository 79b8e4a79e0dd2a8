/**
 * What an answer is used for in later steps. `personalLine`: the account executive's words in the introduction.
 * `meetingQuestions`: what the reviewer wants answered in the internal meeting (S3). `successPlan`: the plan as it stands from
 * then on. `planReviewer`: who has reviewed the plan internally (S4).
 */
export type Supply = 'personalLine' | 'meetingQuestions' | 'successPlan' | 'planReviewer';
