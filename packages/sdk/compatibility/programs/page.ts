/** For pages: a test calls `takeTour` in the browser. */
import { tour } from "./tour.js";

Object.assign(globalThis, { takeTour: tour });
