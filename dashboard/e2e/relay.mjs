/** A TCP relay between the browser and the server, so that a test can cut the connection of either kind of server. */
import { connect, createServer } from 'node:net';

export async function openRelay(host, port) {
  const sockets = new Set();
  let cut = false;

  const relay = createServer((near) => {
    if (cut) return near.destroy();
    const far = connect(port, host);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ]) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise((done) => relay.listen(0, '127.0.0.1', done));

  return {
    port: relay.address().port,
    cut() {
      cut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend() {
      cut = false;
    },
    close() {
      this.cut();
      relay.close();
    },
  };
}
