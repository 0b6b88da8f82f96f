import { testEveryScreen } from '../support/every-screen.js';

/** The name of the product and the names of languages are what they are in every language. */
const EVERYWHERE = /^(鸿雁|鸿雁 Hongyan|中文|Sandbox 测试收件箱|\[测试 Test\].*|退订 Unsubscribe)$/;

testEveryScreen('en', (text) => /\p{Script=Han}/u.test(text) && !EVERYWHERE.test(text));
