import { testKeyScreens } from '../support/key-screens.js';

testKeyScreens('zh-CN');
