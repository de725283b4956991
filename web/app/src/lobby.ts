/** The page at `/`. */
import './elements/tutti-lobby.js';
