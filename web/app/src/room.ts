/** The page at `/r/ROOM`. */
import './elements/tutti-room.js';
