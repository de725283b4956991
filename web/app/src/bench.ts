/** The page at `/bench`. */
import './elements/tutti-bench.js';
