import { testEveryScreen } from '../support/every-screen.js';

const ENGLISH_SENTENCE = /[A-Za-z]{3,} [A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}/;
/** Words that the glossary forbids: a wrong sense of an English one, or the wording of another product. */
const AVOIDED =
  /战役|反弹|信使|硬弹|软弹|跳出率|网络钩子|合并标签|选择加入|从地址|追踪域名|回报滥发|视图|仪表盘|黑名单|订阅者/;

testEveryScreen(
  'zh-CN',
  (text) => AVOIDED.test(text) || (ENGLISH_SENTENCE.test(text) && !/\p{Script=Han}/u.test(text)),
);
