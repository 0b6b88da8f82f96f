export type ProviderKey = string;
export interface ProviderLimits {
  messagesPerMinute: number;
}
