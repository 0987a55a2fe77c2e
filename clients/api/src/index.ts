export {
  type ApiClient,
  type CallInput,
  createApiClient,
} from './api-client.ts';
export { ApiError } from './api-error.ts';
export { ConnectionError } from './connection-error.ts';
export type { StreamMessage } from './tail.ts';
export { UnexpectedAnswerError } from './unexpected-answer-error.ts';
