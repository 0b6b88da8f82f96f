import { testKeyScreens } from '../support/key-screens.js';

testKeyScreens('en');
