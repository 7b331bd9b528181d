// node socketio.js PORT STORE: Socket.IO, and a commit for every vote.
import http from 'node:http';
import { Server } from 'socket.io';
import { CHANGE_BYTES, LISTEN_BACKLOG, SNAPSHOT_BYTES, open, padded } from './votes.js';

const [, , port, store] = process.argv;
const votes = open(store);
const snapshot = padded({ t: 's' }, SNAPSHOT_BYTES);
const change = padded({ t: 'b' }, CHANGE_BYTES);
const server = http.createServer();
const io = new Server(server, { perMessageDeflate: false });
io.on('connection', (socket) => {
  socket.emit('s', snapshot);
  socket.on('v', (vote, done) => {
    votes.put(vote.q, socket.id, vote.c);
    done({ ok: 1 });
  });
  socket.on('B', () => io.emit('b', change));
});
server.listen(Number(port), '127.0.0.1', LISTEN_BACKLOG);
