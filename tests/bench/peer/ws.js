// node ws.js PORT STORE: plain sockets, and one commit for what came in one turn of the loop.
import http from 'node:http';
import { WebSocketServer } from 'ws';
import { CHANGE_BYTES, LISTEN_BACKLOG, SNAPSHOT_BYTES, open, padded } from './votes.js';

const [, , port, store] = process.argv;
const votes = open(store);
const snapshot = JSON.stringify(padded({ t: 's' }, SNAPSHOT_BYTES));
const change = Buffer.from(JSON.stringify(padded({ t: 'b' }, CHANGE_BYTES)));
let waiting = [];
const commit = () => {
  const batch = waiting;
  waiting = [];
  votes.putAll(batch);
  for (const v of batch) v.socket.send(`{"t":"a","n":${v.round}}`);
};
const server = http.createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
let members = 0;
sockets.on('connection', (socket) => {
  const member = String(members++);
  socket.on('error', () => {});
  socket.send(snapshot);
  socket.on('message', (data) => {
    const said = JSON.parse(data);
    if (said.t === 'v') {
      if (waiting.length === 0) setImmediate(commit);
      waiting.push({ socket, round: said.q, member, choice: said.c });
    } else if (said.t === 'B') {
      for (const each of sockets.clients) each.send(change, { binary: false });
    }
  });
});
server.listen(Number(port), '127.0.0.1', LISTEN_BACKLOG);
