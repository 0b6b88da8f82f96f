/** Appended to content that does not always offer a way out; both languages, since the sender knows the list. */
export const UNSUBSCRIBE_FOOTER = {
  html: `<div style="margin:24px auto 0;max-width:600px;padding:16px;font:12px/1.6 Arial,'PingFang SC','Microsoft YaHei',sans-serif;color:#595959;text-align:center">{{workspace.name}}{{#if workspace.postalAddress}} · {{workspace.postalAddress}}{{/if}}<br><a href="{{unsubscribeUrl}}" style="color:#595959">退订 Unsubscribe</a> · <a href="{{preferencesUrl}}" style="color:#595959">订阅偏好 Preferences</a></div>`,
  text: `\n--\n{{workspace.name}}{{#if workspace.postalAddress}} · {{workspace.postalAddress}}{{/if}}\n退订 Unsubscribe: {{unsubscribeUrl}}\n`,
};
